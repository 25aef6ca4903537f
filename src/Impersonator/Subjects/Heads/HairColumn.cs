using System.Numerics;

namespace Impersonator.Subjects.Heads;

/// <summary>A strip of hair from the crown down: what lies under it, its outside, and the row where it ends.</summary>
/// <param name="Under">[rows] the skin, world space.</param>
/// <param name="Over">[rows] the outside, world space.</param>
/// <param name="End">The row of its last hair.</param>
/// <param name="Rim">The row from which it hangs.</param>
internal sealed record HairColumn(List<Vector3> Under, List<Vector3> Over, float End, int Rim)
{
    /// <summary>The outside at a row, drawn in to the skin towards the end as a quarter of a circle.</summary>
    /// <param name="row">Between rows too; what the column has not follows from its last row.</param>
    /// <param name="end">Where it ends.</param>
    public Vector3 At(float row, float end)
    {
        int i = Math.Clamp((int)row, 0, Over.Count - 2);
        float f = Math.Clamp(row - i, 0, 1);
        Vector3 under = Vector3.Lerp(Under[i], Under[i + 1], f), over = Vector3.Lerp(Over[i], Over[i + 1], f);
        // Tips hang; only the last of them turns in, so that one does not look into the hair from below.
        float rows = Math.Clamp(Vector3.Distance(under, over) / 0.012f, 1.5f, end > Rim + 2 ? 2.5f : 6), away = 1 - Math.Clamp((end - row) / rows, 0, 1);
        return Vector3.Lerp(under, over, MathF.Sqrt(1 - (away * away)));
    }
}
