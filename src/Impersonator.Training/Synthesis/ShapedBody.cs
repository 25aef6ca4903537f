using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Impersonator.Bodies;

namespace Impersonator.Training.Synthesis;

/// <summary>The library's body in one shape with the helper vertices that clothes hang on: rest places, joints, limbs. Reused from person to person.</summary>
internal sealed class ShapedBody
{
    private static readonly (int Vertex, float Weight)[][] LimbEnds = FindLimbEnds();
    private readonly HelperBasis _helpers;

    public ShapedBody(HelperBasis helpers)
    {
        _helpers = helpers;
        Rest = new Vector3[SkinCount + helpers.Count];
    }

    /// <summary>Vertices of the library's body; helpers follow.</summary>
    public static int SkinCount { get; } = BodyModel.Default.Template.VertexCount;

    /// <summary>[V + H] rest places in the T-pose, metres, lowest skin at y = 0.</summary>
    public Vector3[] Rest { get; }

    /// <summary>[52] rest joints.</summary>
    public Vector3[] Joints { get; } = new Vector3[Joint.Count];

    /// <summary>[8] limbs' ends as <see cref="LimbTwist"/> finds them.</summary>
    public (Vector3 Upper, Vector3 Lower)?[] Limbs { get; } = new (Vector3, Vector3)?[LimbTwist.Limbs.Length];

    /// <summary>Half the width of the hips with their flesh, metres: how far hands must stay out.</summary>
    public float HipReach { get; private set; }

    /// <summary>How far belly or chest stand out before the middle of the shoulders.</summary>
    public float BellyReach { get; private set; }

    /// <summary>1 for a head of 14.8 cm from its joint to its top.</summary>
    public float HeadScale { get; private set; }

    /// <summary>Takes a shape.</summary>
    /// <param name="shape">[32] coefficients.</param>
    public void Take(ReadOnlySpan<float> shape)
    {
        BodyModel model = BodyModel.Default;
        Span<float> skin = MemoryMarshal.Cast<Vector3, float>(Rest.AsSpan(0, SkinCount)), helpers = MemoryMarshal.Cast<Vector3, float>(Rest.AsSpan(SkinCount));
        MemoryMarshal.Cast<Vector3, float>(model.Template.RestPositions).CopyTo(skin);
        _helpers.Mean.CopyTo(helpers);
        for (int k = 0; k < shape.Length; k++)
        {
            if (shape[k] == 0) continue;
            TensorPrimitives.MultiplyAdd(MemoryMarshal.Cast<Vector3, float>(model.Components[k]), shape[k], skin, skin);
            if (k < _helpers.Components.Length) TensorPrimitives.MultiplyAdd(_helpers.Components[k], shape[k], helpers, helpers);
        }
        float lowest = float.MaxValue;
        for (int v = 0; v < SkinCount; v++) lowest = MathF.Min(lowest, Rest[v].Y);
        for (int v = 0; v < Rest.Length; v++) Rest[v].Y -= lowest;
        for (int j = 0; j < Joints.Length; j++) Joints[j] = model.JointRegressors[j].Of(Rest);
        for (int l = 0; l < Limbs.Length; l++) Limbs[l] = (End(2 * l), End((2 * l) + 1));
        Measure(model);
    }

    private Vector3 End(int end)
    {
        Vector3 sum = Vector3.Zero;
        float weight = 0;
        foreach ((int v, float w) in LimbEnds[end])
        {
            sum += Rest[v] * w;
            weight += w;
        }
        return sum / weight;
    }

    private void Measure(BodyModel model)
    {
        (HipReach, BellyReach) = (0, 0);
        float hips = Joints[Joint.LeftHip].Y, shoulders = Joints[Joint.LeftShoulder].Y, depth = Joints[Joint.LeftShoulder].Z, top = 0;
        BodyPart[] parts = model.Template.Parts;
        for (int v = 0; v < SkinCount; v++)
        {
            Vector3 p = Rest[v];
            top = MathF.Max(top, p.Y);
            if (parts[v] is BodyPart.Torso or BodyPart.LeftUpperLeg && MathF.Abs(p.Y - hips) < 0.12f) HipReach = MathF.Max(HipReach, p.X);
            if (parts[v] is BodyPart.Torso && p.Y > hips && p.Y < shoulders - 0.08f) BellyReach = MathF.Max(BellyReach, p.Z - depth);
        }
        HeadScale = (top - Joints[Joint.Head].Y) / 0.148f;
    }

    /// <summary>[16] upper and lower end of each limb: the vertices that two joints share there, and by how much.</summary>
    private static (int Vertex, float Weight)[][] FindLimbEnds()
    {
        JointWeights[] weights = BodyModel.Default.Template.Weights;
        (int Vertex, float Weight)[] Around(int joint)
        {
            int parent = Skeleton.SmplH.Parents[joint];
            var found = new List<(int, float)>();
            for (int v = 0; v < weights.Length; v++)
                for (int a = 0; a < JointWeights.Count; a++)
                    for (int b = 0; b < JointWeights.Count; b++)
                        if (weights[v].Joint(a) == joint && weights[v].Joint(b) == parent && weights[v].Weight(a) * weights[v].Weight(b) is > 0 and var both) found.Add((v, both));
            return [.. found];
        }
        return [.. LimbTwist.Limbs.SelectMany(l => ((int, float)[][])[Around(l.Upper), Around(l.Lower)])];
    }
}
