using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Files;

namespace Impersonator.Motions;

/// <summary>Writes motions as AMASS does: SMPL-H's 52 joints as axis times angle, Z up, metres.</summary>
public static class SmplMotionWriter
{
    /// <summary>Writes a motion as <c>.npz</c>: poses [F, 156], trans [F, 3], betas, gender, mocap_framerate.</summary>
    /// <param name="stream">Takes the archive; left open.</param>
    /// <param name="motion">What to write.</param>
    public static void Write(Stream stream, Motion motion)
    {
        ArgumentNullException.ThrowIfNull(motion);
        Quaternion zUp = Quaternion.CreateFromAxisAngle(Vector3.UnitX, MathF.PI / 2);
        const int Width = 3 * Joint.Count;
        var poses = new float[motion.FrameCount * Width];
        var trans = new float[motion.FrameCount * 3];
        for (int f = 0; f < motion.FrameCount; f++)
        {
            Pose pose = motion.Poses[f];
            for (int j = 0; j < Joint.Count; j++) ToAxisAngle(j == 0 ? zUp * pose.Rotations[0] : pose.Rotations[j]).CopyTo(poses.AsSpan((f * Width) + (3 * j)));
            (Vector3.Transform(pose.Root, zUp) - SmplMotionReader.SmplPelvis).CopyTo(trans.AsSpan(3 * f));
        }
        using var writer = new NpzWriter(stream);
        writer.Add<float>("poses", poses, motion.FrameCount, Width);
        writer.Add<float>("trans", trans, motion.FrameCount, 3);
        writer.Add<float>("betas", new float[16], 16);
        writer.Add("gender", "neutral");
        writer.Add<double>("mocap_framerate", [motion.FramesPerSecond]);
        writer.Add<float>(SmplMotionReader.HipHeightKey, [motion.HipHeight]);
    }

    private static Vector3 ToAxisAngle(Quaternion q)
    {
        if (q.W < 0) q = -q;
        var axis = new Vector3(q.X, q.Y, q.Z);
        float sine = axis.Length();
        return sine < 1e-9f ? 2 * axis : axis * (2 * MathF.Atan2(sine, q.W) / sine);
    }
}
