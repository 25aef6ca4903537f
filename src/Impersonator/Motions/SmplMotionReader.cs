using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Files;

namespace Impersonator.Motions;

/// <summary>Reads motions that already speak of SMPL's joints: AMASS and SMPL-X <c>.npz</c>, AIST++ and HMR <c>.pkl</c>.</summary>
/// <remarks>
/// Known keys: <c>poses</c> (or <c>pose</c>, <c>smpl_poses</c>) with 66, 72, 156 or 165 numbers a frame, axis times angle; or
/// <c>root_orient</c>, <c>pose_body</c>, <c>pose_hand</c>; <c>trans</c> (or <c>smpl_trans</c>), metres; the frame rate as
/// <c>mocap_framerate</c>, <c>mocap_frame_rate</c> or <c>fps</c>. The original's pickles have <c>cams</c> (scale, x, y of a weak
/// perspective camera with y down) instead of a translation.
/// </remarks>
public static class SmplMotionReader
{
    /// <summary>The pelvis of SMPL's mean body in SMPL's own axes, metres: what AMASS' translation does not contain.</summary>
    internal static readonly Vector3 SmplPelvis = new(0, -0.2233f, 0.0282f);

    /// <summary>Our own key: the hip height the motion was made for; files with it come back untouched.</summary>
    internal const string HipHeightKey = "hip_height";

    private const float DefaultRate = 30;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">Missing, damaged, or without poses of SMPL's joints.</exception>
    public static Motion Read(string path, InputLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        limits ??= InputLimits.Default;
        string name = Path.GetFileNameWithoutExtension(path);
        if (Path.GetExtension(path).Equals(".pkl", StringComparison.OrdinalIgnoreCase))
        {
            var values = PickleReader.Read(path, limits) as IReadOnlyDictionary<string, object?>
                ?? throw new InputException($"{path}: holds no dictionary of arrays; a motion has pose and trans or cams.");
            return From(name, path, key => values.GetValueOrDefault(key), limits);
        }
        using NpzReader arrays = NpzReader.Open(path, limits);
        return From(name, path, key => arrays.Contains(key) ? arrays.Read(key) : null, limits);
    }

    private static Motion From(string name, string path, Func<string, object?> find, InputLimits limits)
    {
        (float[] poses, int width) = Poses(path, find);
        int frames = poses.Length / width;
        if (frames > limits.MaxFrames) throw new InputException($"{path}: {frames} frames are more than the limit of {limits.MaxFrames}; cut the motion or raise InputLimits.MaxFrames.");
        float[]? trans = First(find, "trans", "smpl_trans", "transl") is { } array ? Numbers(path, "trans", array, 3, frames) : null;
        float unit = First(find, "smpl_scaling") is NpyArray { Count: > 0 } scaling ? 1 / scaling.ToSingles()[0] : 1;
        float[]? cameras = trans is null && First(find, "cams") is { } cams ? Numbers(path, "cams", cams, 3, frames) : null;

        var rotations = new Quaternion[frames][];
        var roots = new Vector3[frames];
        for (int f = 0; f < frames; f++)
        {
            rotations[f] = Rotations(poses.AsSpan(f * width, width));
            roots[f] = trans is not null ? (new Vector3(trans[3 * f], trans[(3 * f) + 1], trans[(3 * f) + 2]) * unit) + SmplPelvis
                : cameras is not null ? new Vector3(cameras[(3 * f) + 1], cameras[(3 * f) + 2], 0) : default;
        }
        float? ownHipHeight = First(find, HipHeightKey) is NpyArray { Count: 1 } own ? own.ToSingles()[0] : null;
        Quaternion upright = Turning.Swing(ownHipHeight is null ? FindUp(rotations) : Vector3.UnitZ, Vector3.UnitY);
        var result = new Pose[frames];
        for (int f = 0; f < frames; f++)
        {
            rotations[f][0] = Quaternion.Normalize(upright * rotations[f][0]);
            result[f] = new Pose([.. rotations[f]], Vector3.Transform(roots[f], upright));
        }
        float rate = First(find, "mocap_framerate", "mocap_frame_rate", "fps") is { } value ? Rate(path, value) : DefaultRate;
        if (ownHipHeight is > 0) return new Motion(name, rate, ownHipHeight.Value, result);
        Body body = BodyModel.Default.Create(Shape.Average);
        FootContacts contacts = FootContacts.Of(result, body.RestJoints, rate);
        return new Motion(name, rate, body.HipHeight, FootLock.Apply(GroundContact.Grounded(result, body.RestJoints, rate, feetBend: true), contacts, body.RestJoints, rate)).FromOrigin();
    }

    private static (float[] Poses, int Width) Poses(string path, Func<string, object?> find)
    {
        if (First(find, "poses", "pose", "smpl_poses", "full_pose") is NpyArray whole && whole.IsNumeric)
        {
            int width = Width(whole);
            if (width is not (66 or 72 or 156 or 165)) throw new InputException($"{path}: its poses have {width} numbers a frame ({whole.ShapeText}); 66, 72 (SMPL), 156 (SMPL-H) or 165 (SMPL-X) were expected.");
            return (Finite(path, "poses", whole.ToSingles()), width);
        }
        if (First(find, "root_orient") is NpyArray root && First(find, "pose_body") is NpyArray body && Width(root) == 3 && Width(body) == 63 && body.Count == root.Count * 21)
        {
            float[] r = Finite(path, "root_orient", root.ToSingles()), b = Finite(path, "pose_body", body.ToSingles());
            float[]? h = First(find, "pose_hand") is NpyArray hand && hand.Count == root.Count * 30 ? Finite(path, "pose_hand", hand.ToSingles()) : null;
            int width = h is null ? 66 : 156;
            var poses = new float[r.Length / 3 * width];
            for (int f = 0; f < r.Length / 3; f++)
            {
                r.AsSpan(3 * f, 3).CopyTo(poses.AsSpan(f * width));
                b.AsSpan(63 * f, 63).CopyTo(poses.AsSpan((f * width) + 3));
                h?.AsSpan(90 * f, 90).CopyTo(poses.AsSpan((f * width) + 66));
            }
            return (poses, width);
        }
        throw new InputException($"{path}: has no poses of SMPL's joints; a motion has poses (or pose, smpl_poses, or root_orient with pose_body).");
    }

    private static int Width(NpyArray array) => array.Shape.IsEmpty || array.Shape[0] == 0 ? 0 : array.Count / array.Shape[0];

    private static object? First(Func<string, object?> find, params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
            if (find(key) is { } value) return value;
        return null;
    }

    private static float[] Numbers(string path, string key, object value, int width, int frames)
        => value is NpyArray { IsNumeric: true } array && array.Count == frames * width ? Finite(path, key, array.ToSingles())
            : throw new InputException($"{path}: {key} is {(value as NpyArray)?.ShapeText ?? "no array"} for {frames} poses, {frames}×{width} was expected.");

    private static float[] Finite(string path, string key, float[] values)
    {
        if (values.Length == 0) throw new InputException($"{path}: {key} is empty; a motion has at least one frame.");
        int bad = Array.FindIndex(values, v => !float.IsFinite(v));
        return bad < 0 ? values : throw new InputException($"{path}: {key} holds {values[bad]} at place {bad}; export the motion again.");
    }

    private static float Rate(string path, object value)
    {
        float rate = value switch { NpyArray { Count: 1, IsNumeric: true } array => array.ToSingles()[0], double d => (float)d, long l => l, _ => float.NaN };
        return rate is > 0 and < 100_000 ? rate : throw new InputException($"{path}: a frame rate of {rate}; a positive number was expected.");
    }

    private static Quaternion[] Rotations(ReadOnlySpan<float> pose)
    {
        var rotations = new Quaternion[Joint.Count];
        for (int j = 0; j < rotations.Length; j++)
        {
            // SMPL has 24 joints, the last two stand for whole hands; SMPL-X has jaw and eyes before the hands.
            int at = 3 * (j < Joint.LeftHand ? j : pose.Length == 165 ? j + 3 : j);
            rotations[j] = j >= Joint.LeftHand && pose.Length < 156 ? Quaternion.Identity : Turning.Rotation(new Vector3(pose[at..(at + 3)]));
        }
        return rotations;
    }

    /// <summary>The axis along which the body stands most of the time: +Z in AMASS, −Y in a camera's space.</summary>
    private static Vector3 FindUp(Quaternion[][] rotations)
    {
        Vector3 mean = default;
        foreach (Quaternion[] frame in rotations) mean += Vector3.Transform(Vector3.UnitY, frame[0]) / rotations.Length;
        return mean.Length() < 0.2f ? Vector3.UnitZ : Turning.NearestAxis(mean);
    }
}
