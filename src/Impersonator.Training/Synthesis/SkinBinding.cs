using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Training.Synthesis;

/// <summary>How the vertices of a mesh follow the joints, in the form that <see cref="Skinner"/> runs through.</summary>
internal sealed class SkinBinding
{
    /// <summary>[4·V] joints, the strongest first.</summary>
    public readonly byte[] Joints;

    /// <summary>[4·V] their weights.</summary>
    public readonly float[] Weights;

    /// <summary>[V] the limb whose elbow or knee bends a vertex, −1 for none.</summary>
    public readonly sbyte[] BendLimb;

    /// <summary>Influences that twist along a limb: vertex, which of its four, limb.</summary>
    public readonly (int Vertex, int Influence, int Limb)[] Twisting;

    /// <summary>Prepares weights.</summary>
    public SkinBinding(byte[] joints, float[] weights)
    {
        (Joints, Weights) = (joints, weights);
        int count = joints.Length / 4;
        BendLimb = new sbyte[count];
        Array.Fill(BendLimb, (sbyte)-1);
        var twisting = new List<(int, int, int)>();
        for (int v = 0; v < count; v++)
        {
            JointWeights w = At(v);
            for (int l = 0; l < LimbTwist.Limbs.Length; l++)
                for (int k = 0; k < JointWeights.Count; k++)
                {
                    if (w.Joint(k) != LimbTwist.Limbs[l].Upper || w.Weight(k) <= 0) continue;
                    twisting.Add((v, k, l));
                    if (k == 0 && LimbTwist.BendsWithNext(w, LimbTwist.Limbs[l])) BendLimb[v] = (sbyte)l;
                }
        }
        Twisting = [.. twisting];
    }

    /// <summary>The body model's own weights.</summary>
    public static SkinBinding Of(JointWeights[] weights) => new(
        [.. weights.SelectMany(w => (byte[])[(byte)w.Joint0, (byte)w.Joint1, (byte)w.Joint2, (byte)w.Joint3])],
        [.. weights.SelectMany(w => (float[])[w.Weight0, w.Weight1, w.Weight2, w.Weight3])]);

    /// <summary>Weights kept as bytes that sum to 255.</summary>
    public static SkinBinding Of(byte[] joints, byte[] weights) => new(joints, Array.ConvertAll(weights, w => w / 255f));

    /// <summary>One vertex's weights.</summary>
    public JointWeights At(int v) => new(Joints[4 * v], Joints[(4 * v) + 1], Joints[(4 * v) + 2], Joints[(4 * v) + 3], Weights[4 * v], Weights[(4 * v) + 1], Weights[(4 * v) + 2], Weights[(4 * v) + 3]);

    /// <summary>Writes how far down its limb each influence lies.</summary>
    /// <param name="rest">[V] fitted rest places.</param>
    /// <param name="limbs">[8] ends of the body's limbs.</param>
    /// <param name="shares">[4·V] receives 0 at a limb's upper end … 1 at its lower.</param>
    public void Shares(ReadOnlySpan<Vector3> rest, ReadOnlySpan<(Vector3 Upper, Vector3 Lower)?> limbs, Span<float> shares)
    {
        shares[..Joints.Length].Clear();
        foreach ((int v, int k, int l) in Twisting)
        {
            if (limbs[l] is not var (upper, lower)) continue;
            Vector3 along = lower - upper;
            shares[(4 * v) + k] = Math.Clamp(Vector3.Dot(rest[v] - upper, along) / along.LengthSquared(), 0, 1);
        }
    }
}
