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

    /// <summary>Share of frames that are no more than glitches.</summary>
    private const float GlitchQuantile = 0.02f;

    /// <summary>Cosine between a pelvis and the vertical above which a body is upright.</summary>
    private const float UprightCosine = 0.6f;

    /// <summary>What may sink into the ground, metres: soles and flesh give way.</summary>
    internal const float Tolerance = 0.015f;

    /// <summary>A flight is shorter, seconds; what lies higher above the ground for longer hovers, metres.</summary>
    private const float LongestFlight = 1, Hover = 0.03f;

    /// <summary>A standing foot's ball is slower than this, metres per second, and at most this high above the first guess of the ground, metres.</summary>
    private const float StillSpeed = 0.25f, HighestSole = 0.08f;

    private readonly Vector3[] _rest;
    private readonly Quaternion[] _rotations = new Quaternion[Joint.Count];

    /// <param name="restJoints">[52] rest places; the sole lies at y = 0.</param>
    public GroundContact(Vector3[] restJoints) => _rest = restJoints;

    /// <summary>[52] places of the joints in the pose set last.</summary>
    public Vector3[] Places { get; } = new Vector3[Joint.Count];

    /// <summary>[52] rotations of the joints in the pose set last, world space.</summary>
    public Quaternion[] Rotations => _rotations;

    /// <summary>Takes a pose.</summary>
    public void Set(Pose pose) => Kinematics.Forward(Skeleton.SmplH, _rest, pose, _rotations, Places);

    /// <summary>The heel (0), ball (1) and toe tip (2) of a foot's sole.</summary>
    public Vector3 Sole(int side, int point)
    {
        int joint = point < 2 ? Joint.LeftAnkle + side : Joint.LeftFoot + side;
        return Places[joint] + Vector3.Transform(RestSole(side, point) - _rest[joint], _rotations[joint]);
    }

    /// <summary>The same at rest; y = 0.</summary>
    public Vector3 RestSole(int side, int point)
    {
        Vector3 ankle = _rest[Joint.LeftAnkle + side], foot = _rest[Joint.LeftFoot + side];
        return point switch { 0 => new Vector3(ankle.X, 0, ankle.Z - 0.04f), 1 => foot with { Y = 0 }, _ => new Vector3(foot.X, 0, foot.Z + 0.06f) };
    }

    /// <summary>A foot's heel, ball (the joint of its toes) and tip.</summary>
    public FootContacts.Foot Foot(int side)
        => new(Sole(side, 0), Places[Joint.LeftFoot + side], MathF.Asin(Math.Clamp(-Vector3.Transform(Vector3.UnitZ, _rotations[Joint.LeftAnkle + side]).Y, -1, 1)));

    /// <summary>The lowest point of a foot, metres.</summary>
    public float LowestOf(int side) => MathF.Min(Sole(side, 0).Y, MathF.Min(Sole(side, 1).Y, Sole(side, 2).Y));

    /// <summary>The lowest point of the body, metres.</summary>
    public float Lowest() => MathF.Min(MathF.Min(LowestOf(0), LowestOf(1)), LowestBesidesFeet());

    /// <summary>The lowest point of the body without its feet, metres.</summary>
    public float LowestBesidesFeet()
    {
        float lowest = float.PositiveInfinity;
        foreach ((int joint, float radius) in Balls) lowest = MathF.Min(lowest, Places[joint].Y - radius);
        return lowest;
    }

    /// <summary>The poses with the ground put under the soles of feet that stand; nothing sinks deeper than a finger's breadth.</summary>
    /// <param name="poses">The poses.</param>
    /// <param name="rest">[52] rest places of the body.</param>
    /// <param name="framesPerSecond">Their rate.</param>
    /// <param name="feetBend">Feet may sink: somebody plants them later.</param>
    /// <remarks>
    /// A body of other proportions cannot stand, roll over its toes and lie on the file's ground at once. It stands, as air
    /// under a standing foot shows most; other frames are lifted as far as they sink, which is continuous because sinking is.
    /// </remarks>
    public static Pose[] Grounded(Pose[] poses, Vector3[] rest, float framesPerSecond, bool feetBend = false)
    {
        var contact = new GroundContact(rest);
        float[] lowest = new float[poses.Length], sinking = new float[poses.Length];
        var upright = new List<float>();
        var still = new List<float>();
        Span<Vector3> before = stackalloc Vector3[2];
        for (int f = 0; f < poses.Length; f++)
        {
            contact.Set(poses[f]);
            lowest[f] = contact.Lowest();
            sinking[f] = feetBend ? contact.LowestBesidesFeet() : lowest[f];
            bool stands = Vector3.Transform(Vector3.UnitY, poses[f].Rotations[0]).Y > UprightCosine;
            if (stands) upright.Add(lowest[f]);
            for (int side = 0; side < 2; side++)
            {
                Vector3 heel = contact.Sole(side, 0), ball = contact.Sole(side, 1);
                if (stands && f > 0 && Vector3.Distance(ball, before[side]) * framesPerSecond < StillSpeed) still.Add(MathF.Min(heel.Y, ball.Y));
                before[side] = ball;
            }
        }
        float ground = Quantile(upright.Count > GroundQuantile * poses.Length ? upright : [.. lowest], GroundQuantile);
        // A foot held still in the air is not the ground.
        still.RemoveAll(y => y > ground + HighestSole);
        if (still.Count > GroundQuantile * poses.Length) ground = Quantile(still, 0.5f);
        return [.. poses.Select((p, f) => p with { Root = p.Root + new Vector3(0, MathF.Max(-ground, -Tolerance - sinking[f]), 0) })];
    }

    /// <summary>How far a body hovers: nobody stays in the air for a second, but the vertical of inertial suits drifts.</summary>
    /// <returns>[F] by how much each pose is to be lowered, metres; smooth.</returns>
    public static float[] Hovering(Pose[] poses, Vector3[] rest, float framesPerSecond)
    {
        var contact = new GroundContact(rest);
        var lowest = new float[poses.Length];
        for (int f = 0; f < poses.Length; f++)
        {
            contact.Set(poses[f]);
            lowest[f] = contact.Lowest();
        }
        float ground = Quantile([.. lowest], GlitchQuantile);
        int reach = (int)MathF.Ceiling(LongestFlight / 2 * framesPerSecond), blur = reach / 2;
        // The lowest of the frames around is not above any of them, nor is the mean of such values over half as many.
        float[] level = [.. lowest.Select((_, f) => MathF.Max(0, lowest[Math.Max(0, f - reach)..Math.Min(lowest.Length, f + reach + 1)].Min() - ground - Hover))];
        return [.. level.Select((_, f) => level[Math.Max(0, f - blur)..Math.Min(level.Length, f + blur + 1)].Average())];
    }

    private static float Quantile(List<float> values, float share)
    {
        values.Sort();
        return values[(int)(share * (values.Count - 1))];
    }
}
