using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Networks;

namespace Impersonator.Recovery;

/// <summary>Places of keypoints from their distributions over cells.</summary>
/// <remarks>
/// Where it is in doubt which ankle is the left one, both distributions have two hills, and the higher one may be the same for both. Two ankles
/// seldom lie in one place, so the ends of limbs are placed in pairs: both on one hill must be likelier by far than one on each.
/// </remarks>
internal static class HeatPeaks
{
    /// <summary>Cells to each side of the highest heat that make up a keypoint's place.</summary>
    private const int Radius = 3;

    /// <summary>Keypoints nearer than this lie in one place, cells.</summary>
    private const float OnePlace = 2.5f;

    /// <summary>How likely it is that both of a pair lie in one place.</summary>
    private const float BothInOne = 0.5f;

    /// <summary>Share that makes a second hill, and how far off it begins, cells.</summary>
    private const float LeastShare = 0.15f, HillsApart = 5;

    /// <summary>The first of each pair placed together: right elbow, wrist, knee, ankle, toe, then the knuckles, finger tips, small toes and heels.</summary>
    private static readonly int[] Paired =
        [(int)Keypoint.RightElbow, (int)Keypoint.RightWrist, (int)Keypoint.RightKnee, (int)Keypoint.RightAnkle, (int)Keypoint.RightToe, 23, 25, 27, 29, 31];

    /// <summary>Place and share of every keypoint.</summary>
    /// <param name="heat">[33, G, G] distributions.</param>
    /// <param name="grid">G.</param>
    public static (Vector2 Place, float Share)[] Of(ReadOnlySpan<float> heat, int grid)
    {
        int cells = grid * grid;
        var peaks = new (Vector2 Place, float Share)[heat.Length / cells];
        for (int k = 0; k < peaks.Length; k++) peaks[k] = Highest(heat.Slice(k * cells, cells), grid);
        foreach (int k in Paired)
        {
            int other = PersonNet.Mirror[k];
            if (Vector2.Distance(peaks[k].Place, peaks[other].Place) > OnePlace) continue;
            (Vector2 Place, float Share) second = Highest(heat.Slice(k * cells, cells), grid, peaks[k].Place), otherSecond = Highest(heat.Slice(other * cells, cells), grid, peaks[other].Place);
            float both = BothInOne * peaks[k].Share * peaks[other].Share, first = second.Share * peaks[other].Share, last = peaks[k].Share * otherSecond.Share;
            if (MathF.Max(first, last) <= both) continue;
            if (first > last && second.Share > LeastShare) peaks[k] = second;
            else if (last >= first && otherSecond.Share > LeastShare) peaks[other] = otherSecond;
        }
        return peaks;
    }

    /// <summary>Where a distribution is highest (sum of 3 × 3), the mean around there, and how much of it lies there.</summary>
    /// <param name="heat">[G, G].</param>
    /// <param name="grid">G.</param>
    /// <param name="except">A hill that does not count.</param>
    internal static (Vector2 Place, float Share) Highest(ReadOnlySpan<float> heat, int grid, Vector2? except = null)
    {
        (int best, float most) = (0, -1f);
        for (int i = 0; i < heat.Length; i++)
        {
            if (except is { } hill && Vector2.Distance(hill, new Vector2((i % grid) + 0.5f, (i / grid) + 0.5f)) < HillsApart) continue;
            float sum = 0;
            for (int y = Math.Max(0, (i / grid) - 1); y <= Math.Min(grid - 1, (i / grid) + 1); y++)
                for (int x = Math.Max(0, (i % grid) - 1); x <= Math.Min(grid - 1, (i % grid) + 1); x++) sum += heat[(y * grid) + x];
            if (sum > most) (best, most) = (i, sum);
        }
        (Vector2 mean, float total) = (default, 1e-12f);
        for (int y = Math.Max(0, (best / grid) - Radius); y <= Math.Min(grid - 1, (best / grid) + Radius); y++)
        {
            for (int x = Math.Max(0, (best % grid) - Radius); x <= Math.Min(grid - 1, (best % grid) + Radius); x++)
            {
                float p = heat[(y * grid) + x];
                mean += p * new Vector2(x + 0.5f, y + 0.5f);
                total += p;
            }
        }
        return (mean / total, total);
    }
}
