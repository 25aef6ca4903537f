using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;

namespace Impersonator.Subjects.Heads;

/// <summary>Colours hair all around from what the photo shows of it.</summary>
/// <remarks>
/// The unseen part gets tone and strands apart. Tone goes on around the head at the same height. Strands are pieces of the seen texture, relative
/// to its tone, taken from the same height and laid over each other at random, weighted so that contrast stays (Heitz &amp; Neyret, "High-
/// Performance By-Example Noise using a Histogram-Preserving Blending Operator", 2018, without the histogram).
/// </remarks>
internal static class HairTexture
{
    private const int Cells = 64, Piece = 64, Seed = 7;
    private const float Trust = 0.35f, Least = 0.004f;

    /// <summary>Keeps of a projection only what is hair and not hidden by the body; its own colours are those that stand for hair elsewhere.</summary>
    /// <param name="projection">What the photo gave.</param>
    /// <param name="atlas">Texture layout.</param>
    /// <param name="posed">The hair as it stands in the photo.</param>
    /// <param name="wearer">The clothed body that wears it.</param>
    /// <param name="body">The naked body.</param>
    /// <param name="mask">Which pixels are hair.</param>
    /// <param name="shape">The shell.</param>
    public static TextureProjection OnlyHair(TextureProjection projection, Atlas atlas, PosedBody posed, PosedBody wearer, Body body, HairMask mask, HairShape shape)
    {
        var (seen, own) = (new Matte(atlas.Side, atlas.Side), new Matte(atlas.Side, atlas.Side));
        var head = HeadMeasures.Of(body);
        Parallel.For(0, atlas.Side, y =>
        {
            for (int x = 0; x < atlas.Side; x++)
            {
                int t = atlas.TriangleAt(x, y);
                if (t < 0 || projection.Seen[x, y] <= 0) continue;
                Vector3 place = atlas.Interpolate(posed.Positions, t, atlas.WeightsAt(x, y, t)), at = wearer.Project(place);
                if (!mask.At(place) || wearer.DepthAt(at.X, at.Y) <= at.Z - 0.03f) continue;
                int front = wearer.Maps.TriangleAt(Math.Clamp((int)at.X, 0, wearer.Maps.Width - 1), Math.Clamp((int)at.Y, 0, wearer.Maps.Height - 1));
                int v = front < 0 ? -1 : wearer.Mesh.Triangles[3 * front];
                bool deep = mask.IsDeepAt(place), onHead = v >= 0 && wearer.Mesh.Parts[v] == BodyPart.Head;
                // Along the face the photo's own hairline is the right one; along clothes and walls colours run in.
                if (!deep && !onHead) continue;
                seen[x, y] = projection.Seen[x, y];
                // Before the face below the usual hairline: a lock of hair, or a forehead of its colour.
                own[x, y] = !deep || (onHead && head.AboveHairline(body.Mesh.RestPositions[v]) < 0.1f) ? 0 : 1;
            }
        });
        ForgetSkin(projection.Colours, seen, own, mask.Face, (int)(atlas.Side * Math.Clamp(shape.ShareOf(0.6f * shape.Rim), 0, 1)));
        return projection with { Seen = seen, Own = own, Through = new Matte(atlas.Side, atlas.Side) };
    }

    /// <summary>Ears and temples that were taken for hair must not colour the back of the head.</summary>
    private static void ForgetSkin(Image colours, Matte seen, Matte own, Vector3 face, int top)
    {
        static Vector3 AsSeen(Vector4 c) => new Vector3(Srgb.ToByte(c.X), Srgb.ToByte(c.Y), Srgb.ToByte(c.Z)) / 255;
        Vector3[] Hair(int rows) => [.. Enumerable.Range(0, rows * own.Width).Where(i => i % 5 == 0 && own.Values[i] > 0 && seen.Values[i] >= Trust).Select(i => AsSeen(colours.Pixels[i]))];
        // The top is surest; cropped sides are half skin.
        Vector3[] hair = Hair(top) is { Length: >= 200 } above ? above : Hair(own.Height);
        if (hair.Length == 0) return;
        float Median(Func<Vector3, float> channel) => hair.Select(channel).Order().ElementAt(hair.Length / 2);
        var median = new Vector3(Median(c => c.X), Median(c => c.Y), Median(c => c.Z));
        for (int i = 0; i < own.Values.Length; i++)
        {
            if (own.Values[i] <= 0) continue;
            Vector3 colour = AsSeen(colours.Pixels[i]);
            if (Vector3.Distance(colour, face) < Vector3.Distance(colour, median)) own.Values[i] = 0;
        }
    }

    /// <summary>A whole texture.</summary>
    /// <param name="projection">What the photo gave; column 0 goes on at the last.</param>
    /// <param name="usual">The hair's mean colour, for where nothing is seen.</param>
    /// <param name="crown">Share of the texture at its top where columns run together, so that strands would make a star.</param>
    /// <param name="shade">[S, S] how light the unseen side is, from its slope.</param>
    public static Image Complete(TextureProjection projection, Vector4 usual, float crown, Matte shade)
    {
        int side = projection.Colours.Width;
        Image tone = Tone(projection, usual), strands = Strands(projection, tone);
        var result = new Image(side, side);
        Parallel.For(0, side, y =>
        {
            float spread = TextureProjection.SmoothStep(0, crown, (float)y / side);
            for (int x = 0; x < side; x++)
            {
                Vector4 made = At(tone, x, y, side) * shade[x, y], detail = strands[x, y] * spread;
                made = new Vector4(made.X * MathF.Exp(detail.X), made.Y * MathF.Exp(detail.Y), made.Z * MathF.Exp(detail.Z), 1);
                result[x, y] = Vector4.Lerp(made, projection.Colours[x, y] with { W = 1 }, TextureProjection.SmoothStep(0.15f, 0.5f, projection.Seen[x, y]));
            }
        });
        return result;
    }

    /// <summary>[cells, cells] what the seen hair is like nearby; around the head much sooner than up or down it.</summary>
    private static Image Tone(TextureProjection projection, Vector4 usual)
    {
        int side = projection.Colours.Width, size = side / Cells;
        var known = new List<(int X, int Y, Vector4 Colour)>();
        for (int cy = 0; cy < Cells; cy++)
            for (int cx = 0; cx < Cells; cx++)
            {
                Vector4 sum = Vector4.Zero;
                for (int i = 0; i < size * size; i++)
                {
                    (int x, int y) = ((cx * size) + (i % size), (cy * size) + (i / size));
                    if (projection.Seen[x, y] * projection.Own[x, y] >= Trust) sum += projection.Colours[x, y] with { W = 1 };
                }
                if (sum.W > size * size / 4f) known.Add((cx, cy, sum / sum.W));
            }
        var tone = new Image(Cells, Cells);
        if (known.Count == 0) known.Add((0, 0, usual));
        Parallel.For(0, Cells, cy =>
        {
            for (int cx = 0; cx < Cells; cx++)
            {
                (Vector4 sum, float total) = (Vector4.Zero, 0);
                foreach ((int x, int y, Vector4 colour) in known)
                {
                    int across = Math.Abs(x - cx);
                    across = Math.Min(across, Cells - across);
                    float distance = 0.5f + (across * across / 16f) + ((y - cy) * (y - cy) / 4f);
                    float weight = 1 / (distance * distance);
                    (sum, total) = (sum + (colour * weight), total + weight);
                }
                tone[cx, cy] = sum / total;
            }
        });
        return tone;
    }

    private static Vector4 At(Image tone, int x, int y, int side)
    {
        // Once around: the last cell goes on in the first.
        float cx = ((x + 0.5f) * Cells / side) - 0.5f, cy = (y + 0.5f) * Cells / side;
        int left = (int)MathF.Floor(cx);
        return Vector4.Lerp(tone.Sample(((left + Cells) % Cells) + 0.5f, cy), tone.Sample(((left + 1) % Cells) + 0.5f, cy), cx - left);
    }

    /// <summary>[S, S] logarithm of colour by tone.</summary>
    private static Image Strands(TextureProjection projection, Image tone)
    {
        int side = projection.Colours.Width;
        var seen = new Image(side, side);
        var places = new List<(int X, int Y)>();
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++)
            {
                if (projection.Seen[x, y] * projection.Own[x, y] < Trust) continue;
                Vector4 colour = projection.Colours[x, y], mean = At(tone, x, y, side);
                seen[x, y] = new Vector4(Log(colour.X, mean.X), Log(colour.Y, mean.Y), Log(colour.Z, mean.Z), 1);
                if (x % 8 == 0 && y % 8 == 0) places.Add((x, y));
            }
        var laid = new Image(side, side);
        if (places.Count == 0) return laid;
        // What stands out by far is the edge of a brim or a parting, and no strand.
        float usual = places.Select(p => MathF.Abs(seen[p.X, p.Y].Y)).Order().ElementAt(places.Count / 2);
        foreach (ref Vector4 pixel in seen.Pixels.AsSpan())
            if (MathF.Abs(pixel.Y) > MathF.Max(0.1f, 4 * usual)) pixel = Vector4.Zero;
        var squares = new float[side * side];
        var random = new Random(Seed);
        for (int y = 0; y < side; y += Piece / 2)
            for (int x = 0; x < side; x += Piece / 2)
            {
                (int sx, int sy) = Best(places, seen, y, random);
                Lay(seen, sx, sy, random.Next(2) == 1, laid, squares, x + random.Next(-8, 9), y + random.Next(-8, 9));
            }
        float[] streaks = Streaks(side);
        for (int i = 0; i < squares.Length; i++)
        {
            float streak = MathF.Min(usual, 0.25f) * streaks[i];
            laid.Pixels[i] = (laid.Pixels[i] / MathF.Sqrt(squares[i] + 0.05f)) + new Vector4(streak, streak, streak, 0);
        }
        return laid;
    }

    /// <summary>[S · S] strands that run down, waving a little: fine noise across, coarse along; about ±1.</summary>
    private static float[] Streaks(int side)
    {
        const int Knots = 9;
        var streaks = new float[side * side];
        var random = new Random(Seed + 1);
        foreach (int width in (ReadOnlySpan<int>)[2, 5, 13])
        {
            int strands = side / width;
            float[] values = [.. Enumerable.Range(0, strands * Knots).Select(_ => (random.NextSingle() * 2) - 1)];
            float[] sway = [.. Enumerable.Range(0, Knots).Select(_ => (random.NextSingle() - 0.5f) * 24)];
            for (int y = 0; y < side; y++)
            {
                float v = (float)y / side * (Knots - 1.001f);
                int knot = (int)v;
                float along = TextureProjection.SmoothStep(0, 1, v - knot), moved = sway[knot] + ((sway[knot + 1] - sway[knot]) * along);
                for (int x = 0; x < side; x++)
                {
                    float u = (((x + moved) / width) % strands + strands) % strands;
                    int a = (int)u % strands, b = (a + 1) % strands;
                    float across = TextureProjection.SmoothStep(0, 1, u - MathF.Floor(u));
                    float Row(int k) => values[(k * strands) + a] + ((values[(k * strands) + b] - values[(k * strands) + a]) * across);
                    streaks[(y * side) + x] += Row(knot) + ((Row(knot + 1) - Row(knot)) * along);
                }
            }
        }
        return streaks;
    }

    private static float Log(float colour, float mean) => Math.Clamp(MathF.Log((colour + Least) / (mean + Least)), -1.2f, 1.2f);

    /// <summary>Of a few places at about the same height, the one with most hair around.</summary>
    private static (int X, int Y) Best(List<(int X, int Y)> places, Image seen, int y, Random random)
    {
        const int Tries = 24;
        ((int X, int Y) best, float most) = (places[0], float.NegativeInfinity);
        for (int i = 0; i < Tries; i++)
        {
            (int X, int Y) place = places[random.Next(places.Count)];
            float full = 0;
            for (int k = 0; k < 16; k++)
            {
                (int px, int py) = (place.X + (((k % 4) - 2) * Piece / 4) + (Piece / 8), place.Y + (((k / 4) - 2) * Piece / 4) + (Piece / 8));
                if ((uint)py < (uint)seen.Height) full += seen[(px + seen.Width) % seen.Width, py].W / 16;
            }
            float score = full - (MathF.Abs(place.Y - y) / 40f);
            if (score > most) (best, most) = (place, score);
        }
        return best;
    }

    private static void Lay(Image seen, int sx, int sy, bool mirrored, Image laid, float[] squares, int x, int y)
    {
        int side = seen.Width;
        for (int dy = -Piece / 2; dy < Piece / 2; dy++)
            for (int dx = -Piece / 2; dx < Piece / 2; dx++)
            {
                (int fromX, int fromY, int toX, int toY) = ((sx + (mirrored ? -dx : dx) + side) % side, sy + dy, (x + dx + side) % side, y + dy);
                if ((uint)fromY >= (uint)side || (uint)toY >= (uint)side || seen[fromX, fromY].W == 0) continue;
                float weight = MathF.Cos(MathF.PI * dx / Piece) * MathF.Cos(MathF.PI * dy / Piece);
                weight *= weight;
                laid[toX, toY] += seen[fromX, fromY] * weight;
                squares[(toY * side) + toX] += weight * weight;
            }
    }
}
