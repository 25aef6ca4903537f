using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Training.Synthesis;

/// <summary>Something soft about the head, cut out of the head's own skin: a knitted cap, a hood, a headscarf, a muffler, close hair, curls, a beard.</summary>
internal sealed class HeadCut : Cut
{
    /// <summary>What it is.</summary>
    public enum Kind { Cap, Hood, Scarf, Muffler, CloseHair, Beard }

    /// <summary>What it is.</summary>
    public Kind What;

    /// <summary>Radius that it keeps off the middle of the head; how far the rim is moved.</summary>
    public float Round = 0.11f, Edge;

    /// <summary>Of hair and beard: raggedness of the rim, metres.</summary>
    public float Ragged;

    /// <inheritdoc/>
    public override float Depth(Vector3 p, BodyPart part, ShapedBody body)
    {
        Vector3 q = OnHead(p, body);
        float rag = Ragged > 0 ? Ragged * (Wave.Sin(140 * q.X) + Wave.Sin((170 * q.Y) + (90 * q.Z))) : 0;
        if (What == Kind.Muffler) return 0.06f + Edge - MathF.Abs(q.Y + 0.125f + (0.5f * MathF.Max(0, 0.03f - q.Z)));
        if (What == Kind.Cap) return q.Y - (0.05f + Edge + (0.25f * q.Z));
        // From the forehead past the ears to the nape; the ears stay free.
        if (What == Kind.CloseHair) return MathF.Min(MathF.Min(q.Y - 0.01f - Edge - (0.9f * q.Z), q.Y + 0.05f) + rag, 0.079f - MathF.Abs(q.X));
        if (What == Kind.Beard)
        {
            float lips = (MathF.Sqrt((q.X * q.X / 0.0009f) + ((q.Y + 0.037f) * (q.Y + 0.037f) / 0.00012f)) - 1) * 0.01f;
            return MathF.Min(MathF.Min(Edge - 0.018f + (0.9f * MathF.Max(0, MathF.Abs(q.X) - 0.045f)) - q.Y, q.Z) + rag, MathF.Min(q.Y + 0.085f, lips));
        }
        float y = (q.Y - 0.005f) / (0.085f + Edge), x = q.X / (0.062f + Edge);
        float face = q.Z > 0.02f ? (MathF.Sqrt((x * x) + (y * y)) - 1) * 0.07f : 0.1f;
        return MathF.Min(face, q.Y + (What == Kind.Hood ? 0.17f : 0.2f));
    }

    /// <inheritdoc/>
    public override float Ease(Vector3 p, BodyPart part, ShapedBody body) => Loose + (What >= Kind.Muffler ? 0 : 0.12f * Math.Clamp(-0.08f - OnHead(p, body).Y, 0, 0.15f));

    /// <inheritdoc/>
    public override Vector3 Hang(Vector3 p, BodyPart part, ShapedBody body)
    {
        if (What is Kind.Beard or Kind.Muffler || (What == Kind.CloseHair && Round <= 0)) return p;
        Vector3 middle = body.Joints[Joint.Head] + (new Vector3(0, 0.05f, 0.02f) * body.HeadScale);
        float distance = Vector3.Distance(p, middle), radius = Round * body.HeadScale, amount = Math.Clamp((OnHead(p, body).Y + 0.07f) / 0.06f, 0, 1);
        return distance >= radius || distance < 1e-4f ? p : p + ((p - middle) * (((radius / distance) - 1) * amount));
    }

    /// <summary>Relative to the head's joint, in an adult's metres: chin near y −0.05, nose 0, brows 0.055, top 0.148.</summary>
    private static Vector3 OnHead(Vector3 p, ShapedBody body) => (p - body.Joints[Joint.Head]) / body.HeadScale;
}
