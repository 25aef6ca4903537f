using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Motions;

/// <summary>Where a posed body comes nearest to the ground: soles as points, the rest of the body as balls about its joints.</summary>
internal sealed class GroundContact
{
    /// <summary>Distance from joint to skin of what may touch the ground besides the soles, metres; from an adult of average build.</summary>
    private static readonly (int Joint, float Radius)[] Balls =
    [
        (Joint.Pelvis, 0.11f), (Joint.Spine3, 0.11f), (Joint.Head, 0.1f), (Joint.LeftKnee, 0.055f), (Joint.RightKnee, 0.055f),
        (Joint.LeftShoulder, 0.06f), (Joint.RightShoulder, 0.06f), (Joint.LeftElbow, 0.04f), (Joint.RightElbow, 0.04f), (Joint.LeftWrist, 0.03f), (Joint.RightWrist, 0.03f),
    ];

    /// <summary>Share of frames that may lie below the ground: a few frames of noise must not lift the others.</summary>
    private const float GroundQuantile = 0.1f;

    /// <summary>Cosine between a pelvis and the vertical above which a body is upright.</summary>
    private const float UprightCosine = 0.6f;

    /// <summary>What may sink into the ground, metres: soles give way.</summary>
    private const float Tolerance = 0.01f;

    private readonly Vector3[] _rest;
    private readonly Quaternion[] _rotations = new Quaternion[Joint.Count];

    /// <param name="restJoints">[52] rest places; the sole lies at y = 0.</param>
    public GroundContact(Vector3[] restJoints) => _rest = restJoints;

    /// <summary>[52] places of the joints in the pose set last.</summary>
    public Vector3[] Places { get; } = new Vector3[Joint.Count];

    /// <summary>Takes a pose.</summary>
    public void Set(Pose pose) => Kinematics.Forward(Skeleton.SmplH, _rest, pose, _rotations, Places);

    /// <summary>The heel (0), ball (1) and toe tip (2) of a foot's sole.</summary>
    public Vector3 Sole(int side, int point)
    {
        int ankle = Joint.LeftAnkle + side, foot = Joint.LeftFoot + side;
        return point switch
        {
            0 => Under(ankle, _rest[ankle] with { Z = _rest[ankle].Z - 0.04f }),
            1 => Under(ankle, _rest[foot]),
            _ => Under(foot, _rest[foot] with { Z = _rest[foot].Z + 0.06f }),
        };
    }

    /// <summary>The lowest point of a foot, metres.</summary>
    public float LowestOf(int side) => MathF.Min(Sole(side, 0).Y, MathF.Min(Sole(side, 1).Y, Sole(side, 2).Y));

    /// <summary>The lowest point of the body, metres.</summary>
    public float Lowest()
    {
        float lowest = MathF.Min(LowestOf(0), LowestOf(1));
        foreach ((int joint, float radius) in Balls) lowest = MathF.Min(lowest, Places[joint].Y - radius);
        return lowest;
    }

    /// <summary>The poses with the ground put under what comes lowest while the body is upright; nothing sinks deeper than a centimetre.</summary>
    /// <remarks>
    /// A body of other proportions cannot both stand and lie on the file's ground. It stands (that is where a hand's breadth
    /// of air shows); where it lies, frames are lifted as far as they sink, which is continuous because sinking is.
    /// </remarks>
    public static Pose[] Grounded(Pose[] poses, Vector3[] rest)
    {
        var contact = new GroundContact(rest);
        var lowest = new float[poses.Length];
        var upright = new List<float>();
        for (int f = 0; f < poses.Length; f++)
        {
            contact.Set(poses[f]);
            lowest[f] = contact.Lowest();
            if (Vector3.Transform(Vector3.UnitY, poses[f].Rotations[0]).Y > UprightCosine) upright.Add(lowest[f]);
        }
        float[] deciding = upright.Count > GroundQuantile * poses.Length ? [.. upright] : [.. lowest];
        Array.Sort(deciding);
        float ground = deciding[(int)(GroundQuantile * (deciding.Length - 1))];
        return [.. poses.Select((p, f) => p with { Root = p.Root + new Vector3(0, MathF.Max(-ground, -Tolerance - lowest[f]), 0) })];
    }

    private Vector3 Under(int joint, Vector3 place) => Places[joint] + Vector3.Transform((place with { Y = 0 }) - _rest[joint], _rotations[joint]);
}
