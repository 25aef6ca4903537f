using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Training.Synthesis;

/// <summary>A band round the trunk: belts, sashes, waist bags' straps.</summary>
internal sealed class BandCut : Cut
{
    /// <summary>Half its width, metres.</summary>
    public float Half = 0.02f;

    /// <summary>How much it slants, metres a metre.</summary>
    public float Slant;

    /// <inheritdoc/>
    public override float Depth(Vector3 p, BodyPart part, ShapedBody body)
        => part is BodyPart.Torso or BodyPart.LeftUpperLeg or BodyPart.RightUpperLeg ? Half - MathF.Abs(p.Y - (Middle(body.Joints, Joint.LeftHip) + Waist + (Slant * p.X))) : -0.1f;

    /// <inheritdoc/>
    public override float Ease(Vector3 p, BodyPart part, ShapedBody body) => Loose;
}
