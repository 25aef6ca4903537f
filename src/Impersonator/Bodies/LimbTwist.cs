using System.Collections.Immutable;
using System.Numerics;

namespace Impersonator.Bodies;

/// <summary>Spreads twist along limbs: skin at a limb's upper end does not twist with it, at the lower end it twists with what follows; tells where elbows and knees bend.</summary>
/// <remarks>Limbs are SMPL-H's: in the T-pose arms lie along X and legs along Y.</remarks>
internal sealed class LimbTwist
{
    /// <summary>Joint of each limb, the joint at its lower end, the axis, and whether that joint's twist begins on this limb.</summary>
    internal static readonly Limb[] Limbs =
    [
        new(Joint.LeftShoulder, Joint.LeftElbow, Vector3.UnitX, false), new(Joint.RightShoulder, Joint.RightElbow, Vector3.UnitX, false),
        new(Joint.LeftElbow, Joint.LeftWrist, Vector3.UnitX, true), new(Joint.RightElbow, Joint.RightWrist, Vector3.UnitX, true),
        new(Joint.LeftHip, Joint.LeftKnee, Vector3.UnitY, false), new(Joint.RightHip, Joint.RightKnee, Vector3.UnitY, false),
        new(Joint.LeftKnee, Joint.LeftAnkle, Vector3.UnitY, true), new(Joint.RightKnee, Joint.RightAnkle, Vector3.UnitY, true),
    ];

    /// <summary>Between a round bend (0), which swells a knee, and a cut corner (1), which makes it pointed.</summary>
    internal const float Corner = 0.5f;

    private readonly (Vector3 Upper, Vector3 Lower)?[] _ends = new (Vector3, Vector3)?[Limbs.Length];

    /// <summary>Finds the limbs of a mesh: an end lies in the middle of the skin that both its joints move.</summary>
    /// <param name="mesh">At rest.</param>
    /// <param name="weights">Of the mesh's weights.</param>
    public LimbTwist(SkinnedMesh mesh, LimbWeights weights)
    {
        Shares = new Vector4[mesh.VertexCount];
        Middles = new Vector4[mesh.VertexCount];
        Vector3[] rest = mesh.RestPositions;
        var ends = new (Vector3 Sum, float Weight)[Joint.Count];
        foreach (LimbWeights.End end in weights.Ends) ends[end.Joint] = (ends[end.Joint].Sum + (rest[end.Vertex] * end.Weight), ends[end.Joint].Weight + end.Weight);
        for (int l = 0; l < Limbs.Length; l++)
        {
            Limb limb = Limbs[l];
            if (ends[limb.Upper].Weight < 1e-3f || ends[limb.Lower].Weight < 1e-3f) continue;
            Vector3 upper = ends[limb.Upper].Sum / ends[limb.Upper].Weight, along = (ends[limb.Lower].Sum / ends[limb.Lower].Weight) - upper;
            if (along.LengthSquared() >= 1e-6f) _ends[l] = (upper, upper + along);
        }
        foreach (LimbWeights.Use use in weights.Uses)
        {
            if (_ends[use.Limb] is not var (upper, lower)) continue;
            Vector3 along = lower - upper;
            float share = Math.Clamp(Vector3.Dot(rest[use.Vertex] - upper, along) / along.LengthSquared(), 0, 1);
            Shares[use.Vertex][use.Influence] = share;
            if (use.Bends) Middles[use.Vertex] = new Vector4(upper + (along * share), Corner);
        }
    }

    /// <summary>The limbs of a mesh for some of its vertices.</summary>
    public LimbTwist(LimbTwist full, ImmutableArray<int> vertices)
        => (_ends, Shares, Middles) = (full._ends, [.. vertices.Select(v => full.Shares[v])], [.. vertices.Select(v => full.Middles[v])]);

    /// <summary>[V] for each of a vertex's joints: 0 at the limb's upper end, 1 at its lower end.</summary>
    public Vector4[] Shares { get; }

    /// <summary>[V] the nearest point of the limb's axis, and how far it cuts the corner where an elbow or a knee bends the skin; 0 elsewhere.</summary>
    public Vector4[] Middles { get; }

    /// <summary>Changes the transforms at the limbs' upper and lower ends from the joints' own; both turn about the limb's axis.</summary>
    /// <param name="joints">[52] posedFromRest of the joints.</param>
    /// <param name="upper">[52] receives those for share 0; holds the joints' own before.</param>
    /// <param name="lower">[52] receives those for share 1; holds the joints' own before.</param>
    public void Spread(ReadOnlySpan<Matrix4x4> joints, Span<Matrix4x4> upper, Span<Matrix4x4> lower) => Spread(_ends, joints, upper, lower);

    /// <summary>The same for limbs whose ends are known; null where a mesh lacks a limb.</summary>
    internal static void Spread(ReadOnlySpan<(Vector3 Upper, Vector3 Lower)?> ends, ReadOnlySpan<Matrix4x4> joints, Span<Matrix4x4> upper, Span<Matrix4x4> lower)
    {
        for (int l = 0; l < Limbs.Length; l++)
        {
            if (ends[l] is not var (from, to)) continue;
            Limb limb = Limbs[l];
            Matrix4x4 own = joints[limb.Upper];
            upper[limb.Upper] = TurnAbout(from, Quaternion.Conjugate(Twist(joints, limb.Upper, limb.Axis))) * own;
            if (limb.CarriesLower) lower[limb.Upper] = TurnAbout(to, Twist(joints, limb.Lower, limb.Axis)) * own;
        }
    }

    /// <summary>A vertex of a limb that the elbow or knee at one of its ends bends.</summary>
    internal static bool BendsWithNext(JointWeights w, Limb limb)
    {
        // The elbow or knee: the lower joint of an upper limb, the upper joint of a lower one.
        int bend = limb.CarriesLower ? limb.Upper : limb.Lower;
        float below = 0, above = 0;
        for (int k = 0; k < JointWeights.Count; k++)
        {
            if (w.Joint(k) == bend) below += w.Weight(k);
            if (w.Joint(k) == Skeleton.SmplH.Parents[bend]) above += w.Weight(k);
        }
        return below > 0 && above > 0;
    }

    private static Matrix4x4 TurnAbout(Vector3 point, Quaternion turn)
    {
        Matrix4x4 matrix = Matrix4x4.CreateFromQuaternion(turn);
        matrix.Translation = point - Vector3.Transform(point, turn);
        return matrix;
    }

    /// <summary>The part of a joint's local rotation that turns about an axis; less than half a turn.</summary>
    private static Quaternion Twist(ReadOnlySpan<Matrix4x4> joints, int joint, Vector3 axis)
    {
        var parent = Quaternion.CreateFromRotationMatrix(joints[Skeleton.SmplH.Parents[joint]]);
        Quaternion local = Quaternion.Conjugate(parent) * Quaternion.CreateFromRotationMatrix(joints[joint]);
        float along = Vector3.Dot(new Vector3(local.X, local.Y, local.Z), axis);
        float length = MathF.Sqrt((along * along) + (local.W * local.W));
        // A half turn of swing leaves twist undefined.
        if (length < 1e-4f) return Quaternion.Identity;
        float sign = local.W < 0 ? -1 : 1;
        return new Quaternion(axis * (sign * along / length), sign * local.W / length);
    }

    internal readonly record struct Limb(int Upper, int Lower, Vector3 Axis, bool CarriesLower);
}
