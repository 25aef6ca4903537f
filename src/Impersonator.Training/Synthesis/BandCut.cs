using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Training.Synthesis;

/// <summary>Bands round or over the trunk: belts, sashes, straps of bags.</summary>
internal sealed class BandCut : Cut
{
    /// <summary>Half its width, metres.</summary>
    public float Half = 0.02f;

    /// <summary>How much it slants, metres a metre.</summary>
    public float Slant;

    /// <summary>Two straps over the shoulders instead, this far from the middle; 0 for none.</summary>
    public float Straps;

    /// <inheritdoc/>
    public override float Depth(Vector3 p, BodyPart part, ShapedBody body)
        => Straps > 0 ? part == BodyPart.Torso ? MathF.Min(Half - MathF.Abs(MathF.Abs(p.X) - Straps), p.Y - body.Joints[Joint.Spine2].Y) : -0.1f : part is BodyPart.Torso or BodyPart.LeftUpperLeg or BodyPart.RightUpperLeg ? Half - MathF.Abs(p.Y - (Middle(body.Joints, Joint.LeftHip) + Waist + (Slant * p.X))) : -0.1f;

    /// <inheritdoc/>
    public override float Ease(Vector3 p, BodyPart part, ShapedBody body) => Loose;
}
