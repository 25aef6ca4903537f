using System.Numerics;

namespace Impersonator.Bodies;

/// <summary>The box around the average body in its T-pose, in which surface coordinates are counted.</summary>
/// <remarks>A surface point's canonical coordinates are its place on <see cref="BodyModel.Default"/>'s template, metres, whoever's body it lies on.</remarks>
public static class CanonicalBox
{
    /// <summary>Where coordinates are 0: right, below and behind, metres.</summary>
    public static readonly Vector3 Min = new(-0.95f, -0.05f, -0.2f);

    /// <summary>Where coordinates are 65535: left, above and before, metres.</summary>
    public static readonly Vector3 Max = new(0.95f, 1.75f, 0.25f);

    /// <summary>A place in the box as fractions, 0 … 1 per axis.</summary>
    public static Vector3 Fraction(Vector3 metres) => (metres - Min) / (Max - Min);

    /// <summary>The place of fractions, metres.</summary>
    public static Vector3 Metres(Vector3 fraction) => Min + (fraction * (Max - Min));
}
