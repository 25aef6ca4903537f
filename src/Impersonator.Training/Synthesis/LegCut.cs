using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Training.Synthesis;

/// <summary>Something about the lower legs, up from the ankles: socks, stockings, gaiters, boots.</summary>
internal sealed class LegCut : Cut
{
    /// <summary>How far up, 0 ankle … 1 hip.</summary>
    public float Top;

    /// <summary>0 both legs, 1 the left, 2 the right.</summary>
    public int Only;

    /// <inheritdoc/>
    public override float Depth(Vector3 p, BodyPart part, ShapedBody body)
    {
        if (part < BodyPart.LeftUpperLeg || (Only == 1 && !IsLeft(part)) || (Only == 2 && IsLeft(part))) return -0.1f;
        float hip = Middle(body.Joints, Joint.LeftHip), ankle = Middle(body.Joints, Joint.LeftAnkle);
        return ankle + (Top * (hip - ankle)) - p.Y;
    }

    /// <inheritdoc/>
    public override float Ease(Vector3 p, BodyPart part, ShapedBody body) => Loose;
}
