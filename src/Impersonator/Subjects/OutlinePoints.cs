using System.Numerics;
using Impersonator.Imaging;

namespace Impersonator.Subjects;

/// <summary>The outlines of a figure, holes included, as points with outward normals.</summary>
internal sealed class OutlinePoints
{
    /// <summary>Over how many pixels the normal is smoothed.</summary>
    private const int Reach = 2;

    private OutlinePoints(Matte figure, int[] pixels, Vector2[] places, Vector2[] normals)
        => (Figure, Pixels, Places, Normals) = (figure, pixels, places, normals);

    /// <summary>Whose outlines.</summary>
    public Matte Figure { get; }

    /// <summary>[N] index of the figure's pixel within each point.</summary>
    public int[] Pixels { get; }

    /// <summary>[N] where alpha is one half, pixels.</summary>
    public Vector2[] Places { get; }

    /// <summary>[N] unit.</summary>
    public Vector2[] Normals { get; }

    /// <summary>The outlines of the pixels of which half or more belongs to the figure.</summary>
    public static OutlinePoints Of(Matte figure)
    {
        bool[] mask = Outline.Of(figure, holes: true).Mask;
        Matte smooth = figure.Box(Reach);
        var (pixels, places, normals) = (new List<int>(), new List<Vector2>(), new List<Vector2>());
        for (int i = 0; i < mask.Length; i++)
        {
            if (!mask[i]) continue;
            int x = i % figure.Width, y = i / figure.Width;
            Vector2 normal = -new Vector2(smooth[x + 1, y] - smooth[x - 1, y], smooth[x, y + 1] - smooth[x, y - 1]);
            if (normal.LengthSquared() < 1e-6f) continue;
            normal = Vector2.Normalize(normal);
            float inside = figure[x, y], outside = figure[x + Math.Sign(MathF.Round(normal.X)), y + Math.Sign(MathF.Round(normal.Y))];
            float reach = outside < 0.5f ? (inside - 0.5f) / (inside - outside) : 0.5f;
            pixels.Add(i);
            places.Add(new Vector2(x + 0.5f, y + 0.5f) + (normal * reach));
            normals.Add(normal);
        }
        return new OutlinePoints(figure, [.. pixels], [.. places], [.. normals]);
    }

    /// <summary>For each point the point of another figure's outline that it belongs to, −1 where there is none.</summary>
    /// <remarks>The nearest whose normal looks the same way, if what lies between belongs to one of the two figures only.</remarks>
    /// <param name="other">Outlines in a picture of the same size.</param>
    /// <param name="reach">How far away at most, pixels.</param>
    public int[] Match(OutlinePoints other, float reach)
    {
        var matches = new int[Places.Length];
        Parallel.For(0, matches.Length, i =>
        {
            (matches[i], float best) = (-1, reach * reach);
            // Points lie in the order of their pixels' rows, at most two pixels from them.
            float within = reach + 2;
            for (int j = other.FirstBelow(Places[i].Y - within), end = other.FirstBelow(Places[i].Y + within + 1); j < end; j++)
            {
                float alike = Vector2.Dot(Normals[i], other.Normals[j]), far = Vector2.DistanceSquared(Places[i], other.Places[j]);
                // A right angle costs as much as twice the distance.
                float cost = far * (1 + (3 * (1 - alike)));
                if (alike > 0.3f && cost < best && IsBetween(other, Places[i], other.Places[j])) (matches[i], best) = (j, cost);
            }
        });
        return matches;
    }

    /// <summary>The first point whose pixel lies in a row or below it.</summary>
    private int FirstBelow(float row)
    {
        int place = Array.BinarySearch(Pixels, Math.Clamp((int)MathF.Floor(row), 0, Figure.Height) * Figure.Width);
        return place < 0 ? ~place : place;
    }

    /// <summary>How far from a point along its normal this figure goes on, if all on the way belongs to the other figure; NaN where it does not.</summary>
    /// <param name="i">The point.</param>
    /// <param name="other">A figure in a picture of the same size.</param>
    /// <param name="reach">How far away at most, pixels.</param>
    public float Across(int i, Matte other, float reach)
    {
        for (float d = 1; d <= reach; d++)
        {
            Vector2 p = Places[i] + (Normals[i] * d);
            if (d > 1.5f && IsInside(Figure, p)) return d;
            if (!IsInside(other, p)) return float.NaN;
        }
        return float.NaN;
    }

    /// <summary>Whether the way from a point of one outline to one of the other runs through one of the two figures only.</summary>
    private bool IsBetween(OutlinePoints other, Vector2 from, Vector2 to)
    {
        if (Vector2.DistanceSquared(from, to) < 9) return true;
        for (float share = 0.25f; share < 0.8f; share += 0.25f)
        {
            Vector2 p = Vector2.Lerp(from, to, share);
            if (IsInside(Figure, p) == IsInside(other.Figure, p)) return false;
        }
        return true;
    }

    private static bool IsInside(Matte figure, Vector2 p)
        => figure[Math.Clamp((int)p.X, 0, figure.Width - 1), Math.Clamp((int)p.Y, 0, figure.Height - 1)] >= 0.5f;
}
