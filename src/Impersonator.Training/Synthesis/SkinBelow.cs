using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Training.Synthesis;

/// <summary>Finds the skin that a place of cloth or hair lies over.</summary>
internal static class SkinBelow
{
    private const float Reach = 0.06f;

    /// <summary>The nearest of some skin vertices on the same side of the body.</summary>
    /// <param name="place">In the fitted rest pose.</param>
    /// <param name="body">The body.</param>
    /// <param name="among">Vertices to choose from.</param>
    /// <returns>Its place on the average body, and its part.</returns>
    public static (Vector3 Canonical, byte Part) Nearest(Vector3 place, ShapedBody body, ushort[] among)
    {
        (int nearest, float distance) = (among[0], float.MaxValue);
        foreach (ushort skin in among)
        {
            Vector3 off = body.Rest[skin] - place;
            if (MathF.Abs(off.Y) > Reach || place.X > 0 != body.Rest[skin].X > 0) continue;
            float d = off.LengthSquared();
            if (d < distance) (nearest, distance) = (skin, d);
        }
        return (BodyModel.Default.Template.RestPositions[nearest], (byte)BodyModel.Default.Template.Parts[nearest]);
    }
}
