using System.Numerics;
using Impersonator.Imaging;
using Impersonator.Networks;

namespace Impersonator.Recovery;

/// <summary>Draws the matte of a look anew from closer looks at parts of the person, which overlap.</summary>
/// <remarks>
/// A look at a whole person is too coarse for heels, fingers and gaps between legs; a look at a part sees less of what makes it a person.
/// So both are weighed together, as logarithms of odds: where the part is sure it decides. On a real cut-out before 16 backgrounds the overlap rises from 0.933 to 0.980.
/// But a part is asked for edges: where the whole sees the person all around and not a doubt of a gap, as in the middle of a printed skirt that from close by looks like a hedge, it is the person.
/// </remarks>
internal static class CloseMatte
{
    /// <summary>Cells a side of the result, about as fine as those of the closest parts.</summary>
    private const int Side = 384;

    /// <summary>Layout: how many parts, their least side and their margin in longer sides of the person, their overlap in sides.</summary>
    private const int MostParts = 4;
    private const float LeastSide = 0.4f, Margin = 0.05f, Overlap = 0.25f;

    /// <summary>Of two layouts as close the one with fewer parts is taken.</summary>
    private const float Closer = 0.98f;

    /// <summary>What the whole counts where a part was looked at, over which share of its side a part fades in, and the most that odds count.</summary>
    private const float WholeWeight = 0.2f, Fade = 0.12f, MostOdds = 4.6f;

    /// <summary>How far around a place the whole must be sure to overrule a part, cells of the look at the whole.</summary>
    private const int Depth = 2;

    /// <summary>Odds from which on the whole is sure of what a part may not deny, and how fast its say grows from there.</summary>
    private const float DeepOdds = 2.2f, DeepSay = 2;

    /// <summary>Odds below which a part is unsure.</summary>
    private const float UnsureOdds = 2;

    /// <summary>Alpha from which on something may be drawn.</summary>
    private const float Shown = 0.35f;

    /// <summary>The look with a matte of more cells.</summary>
    /// <param name="look">At the whole person.</param>
    /// <param name="photo">That it saw.</param>
    /// <param name="engine">The network.</param>
    /// <param name="size">Side of the network's input, pixels.</param>
    /// <param name="token">Cancels.</param>
    public static PersonLook Of(PersonLook look, PhotoPyramid photo, OnnxEngine engine, int size, CancellationToken token)
    {
        PhotoWindow[] parts = Parts(look);
        int plane = 3 * size * size;
        var input = new float[parts.Length * plane];
        for (int i = 0; i < parts.Length; i++) photo.Cut(new LookView(parts[i]), size, input.AsSpan(i * plane, plane));
        token.ThrowIfCancellationRequested();
        NetworkArray odds = engine.Run(new NetworkArray(input, parts.Length, 3, size, size))["matte"];
        int side = odds.Shape[3], cells = side * side;

        // What a hole of a few cells would have made the whole doubt.
        PersonMaps deep = look.Maps with { Matte = Least(look.Maps.Matte, look.Maps.MatteSide) };
        var matte = new float[Side * Side];
        Parallel.For(0, Side, y =>
        {
            for (int x = 0; x < Side; x++)
            {
                Vector2 fraction = new Vector2(x + 0.5f, y + 0.5f) / Side, place = look.Window.ToPhoto(fraction);
                (float sum, float weight) = (0, 0);
                for (int i = 0; i < parts.Length; i++)
                {
                    Vector2 at = parts[i].FromPhoto(place);
                    float inside = MathF.Min(MathF.Min(at.X, 1 - at.X), MathF.Min(at.Y, 1 - at.Y)) / Fade;
                    if (inside <= 0) continue;
                    float share = MathF.Min(1, inside);
                    sum += share * At(odds.Values.AsSpan(i * cells, cells), side, at);
                    weight += share;
                }
                float covered = MathF.Min(1, weight);
                float whole = OddsOf(look.Maps.MatteAt(fraction)), part = sum / MathF.Max(weight, 1e-6f);
                float total = (float.Lerp(1, WholeWeight, covered) * whole) + (covered * part);
                // Where the part does not know, the whole is asked again if it is sure.
                total += covered * MathF.Max(0, 1 - (MathF.Abs(part) / UnsureOdds)) * MathF.CopySign(MathF.Max(0, MathF.Abs(whole) - DeepOdds), whole);
                total = MathF.Max(total, DeepSay * (OddsOf(deep.MatteAt(fraction)) - DeepOdds));
                matte[(y * Side) + x] = 1 / (1 + MathF.Exp(-total));
            }
        });
        DropOthers(matte, (x, y) => look.Maps.MatteAt(new Vector2(x + 0.5f, y + 0.5f) / Side));
        return look with { Maps = look.Maps with { MatteSide = Side, Matte = matte } };
    }

    /// <summary>The least of each cell's neighbourhood, up to <see cref="Depth"/> cells away along rows and columns.</summary>
    internal static float[] Least(float[] matte, int side)
    {
        float[] Along(float[] values, int step, int across)
        {
            var least = new float[values.Length];
            for (int line = 0; line < side; line++)
                for (int i = 0; i < side; i++)
                {
                    float value = 1;
                    for (int k = Math.Max(0, i - Depth); k <= Math.Min(side - 1, i + Depth); k++) value = MathF.Min(value, values[(line * across) + (k * step)]);
                    least[(line * across) + (i * step)] = value;
                }
            return least;
        }
        return Along(Along(matte, 1, side), side, 1);
    }

    /// <summary>A part alone cannot tell whose leg it sees: what does not hang together with the rest, and was not the person in the look at the whole, goes.</summary>
    private static void DropOthers(float[] matte, Func<int, int, float> whole)
    {
        List<List<int>> islands = Regions.Connected([.. matte.Select(alpha => alpha >= Shown)], value: true, Side, Side);
        foreach (List<int> island in islands.OrderByDescending(i => i.Count).Skip(1))
            if (island.Average(i => whole(i % Side, i / Side)) < 0.5f) island.ForEach(i => matte[i] = 0);
    }

    /// <summary>The closest squares that cover the person.</summary>
    internal static PhotoWindow[] Parts(PersonLook look)
    {
        (Vector2 low, Vector2 high) = look.Box;
        var margin = new Vector2(Margin * MathF.Max(high.X - low.X, high.Y - low.Y));
        (low, high) = (low - margin, high + margin);
        Vector2 extent = high - low;
        (int columns, int rows, float side) = (1, 1, MathF.Max(extent.X, extent.Y));
        for (int count = 2; count <= MostParts; count++)
            for (int nx = 1; nx <= count; nx++)
            {
                if (count % nx != 0) continue;
                float needed = MathF.Max(LeastSide * MathF.Max(extent.X, extent.Y), MathF.Max(SideOf(extent.X, nx), SideOf(extent.Y, count / nx)));
                if (needed < Closer * side) (columns, rows, side) = (nx, count / nx, needed);
            }
        return [.. Enumerable.Range(0, columns * rows).Select(i => new PhotoWindow(Start(low.X, extent.X, side, i % columns, columns), Start(low.Y, extent.Y, side, i / columns, rows), side))];
    }

    // So many squares with their overlaps are as long as the extent.
    private static float SideOf(float extent, int count) => extent / (count - ((count - 1) * Overlap));

    private static float Start(float low, float extent, float side, int i, int count) => low + ((extent - side) * (count == 1 ? 0.5f : (float)i / (count - 1)));

    private static float OddsOf(float alpha) => alpha <= 0 ? -MostOdds : alpha >= 1 ? MostOdds : Math.Clamp(MathF.Log(alpha / (1 - alpha)), -MostOdds, MostOdds);

    // Between cells; the outermost ones go on to the rim.
    private static float At(ReadOnlySpan<float> map, int side, Vector2 fraction)
    {
        float x = Math.Clamp((fraction.X * side) - 0.5f, 0, side - 1), y = Math.Clamp((fraction.Y * side) - 0.5f, 0, side - 1);
        int x0 = Math.Min((int)x, side - 2), y0 = Math.Min((int)y, side - 2), at = (y0 * side) + x0;
        (float a, float b) = (x - x0, y - y0);
        static float Bounded(float odds) => Math.Clamp(odds, -MostOdds, MostOdds);
        return float.Lerp(float.Lerp(Bounded(map[at]), Bounded(map[at + 1]), a), float.Lerp(Bounded(map[at + side]), Bounded(map[at + side + 1]), a), b);
    }
}
