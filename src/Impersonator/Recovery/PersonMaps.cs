using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Recovery;

/// <summary>What the network says about every place of a window.</summary>
/// <param name="MatteSide">M, cells a side of the matte.</param>
/// <param name="Matte">[M, M] alpha, 0..1.</param>
/// <param name="Side">G, cells a side of the other maps.</param>
/// <param name="Parts">[15, G, G] probabilities; 0 = none, then <see cref="BodyPart"/>.</param>
/// <param name="Surface">[3, G, G] place on the average body in its T-pose, fractions of the canonical box; where there is a part.</param>
/// <param name="Depth">[G, G] metres behind the pelvis along the camera's z; where there is a part.</param>
public sealed record PersonMaps(int MatteSide, float[] Matte, int Side, float[] Parts, float[] Surface, float[] Depth)
{
    /// <summary>The matte at a place of the window, between its cells; 0 beyond.</summary>
    /// <param name="fraction">0..1 to the right and down.</param>
    public float MatteAt(Vector2 fraction)
    {
        float x = (fraction.X * MatteSide) - 0.5f, y = (fraction.Y * MatteSide) - 0.5f;
        int x0 = (int)MathF.Floor(x), y0 = (int)MathF.Floor(y);
        float At(int i, int j) => (uint)i < (uint)MatteSide && (uint)j < (uint)MatteSide ? Matte[(j * MatteSide) + i] : 0;
        (float a, float b) = (x - x0, y - y0);
        return (((At(x0, y0) * (1 - a)) + (At(x0 + 1, y0) * a)) * (1 - b)) + (((At(x0, y0 + 1) * (1 - a)) + (At(x0 + 1, y0 + 1) * a)) * b);
    }
}
