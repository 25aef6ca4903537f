using System.Numerics;
using Impersonator.Imaging;

namespace Impersonator.Subjects.Backgrounds;

/// <summary>Completes the photo behind the person: the hole is filled with what surrounds it.</summary>
/// <remarks>
/// Wexler, Shechtman &amp; Irani, "Space-Time Completion of Video", PAMI 2007, with the search of Barnes et al., "PatchMatch",
/// SIGGRAPH 2009, from coarse to fine on a small picture; the offsets found there copy pixels at the photo's resolution.
/// Same photo, matte and seed: same result, whatever the number of cores.
/// </remarks>
public static class BackgroundFill
{
    private const int WorkSide = 448, LeastSide = 24;

    /// <summary>How far beyond a picture light is evened out, in its longer side.</summary>
    private const float EveningReach = 0.06f;

    /// <summary>The photo without the person and the shadow at its feet.</summary>
    /// <param name="photo">Linear light.</param>
    /// <param name="person">The person's matte, of the photo's size.</param>
    /// <param name="seed">Seed of the random search.</param>
    /// <param name="cancellationToken">Stops between rounds.</param>
    /// <returns>A picture of the photo's size, opaque where the photo is; outside the hole the photo's own pixels.</returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static Image Fill(Image photo, Matte person, int seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(person);
        if (person.Width != photo.Width || person.Height != photo.Height)
            throw new ArgumentException($"A matte of {person.Width}×{person.Height} for a photo of {photo.Width}×{photo.Height}.", nameof(person));

        Image filled = photo.Copy();
        if (Hole.Around(CastShadow.AddTo(photo, person)) is { } hole) Fill(photo, hole, filled, WorkSide, seed, cancellationToken);
        return filled;
    }

    /// <summary>A picture with more around it: what lies beyond its borders is made of what lies within.</summary>
    /// <param name="picture">Linear light, opaque.</param>
    /// <param name="left">Columns to add on the left.</param>
    /// <param name="top">Rows to add above.</param>
    /// <param name="right">Columns to add on the right.</param>
    /// <param name="bottom">Rows to add below.</param>
    /// <param name="seed">Seed of the random search.</param>
    /// <param name="cancellationToken">Stops between rounds.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public static Image Extend(Image picture, int left, int top, int right, int bottom, int seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        foreach (int side in (ReadOnlySpan<int>)[left, top, right, bottom]) ArgumentOutOfRangeException.ThrowIfNegative(side);
        var extended = new Image(left + picture.Width + right, top + picture.Height + bottom);
        bool[] beyond = [.. Enumerable.Repeat(true, extended.Pixels.Length)];
        for (int y = 0; y < picture.Height; y++)
        {
            picture.Row(y).CopyTo(extended.Row(top + y)[left..]);
            beyond.AsSpan(((top + y) * extended.Width) + left, picture.Width).Clear();
        }
        if (extended.Pixels.Length == picture.Pixels.Length) return extended;
        Image filled = extended.Copy();
        // With nothing behind it to hold it, the evening out of light drifts into tints: it fades away from the picture.
        float reach = EveningReach * Math.Max(picture.Width, picture.Height);
        Fill(extended, new Hole(0, 0, extended.Width, extended.Height, beyond), filled, WorkSide, seed, cancellationToken, (x, y) =>
        {
            int outX = Math.Max(0, Math.Max(left - x, x - left - picture.Width + 1)), outY = Math.Max(0, Math.Max(top - y, y - top - picture.Height + 1));
            return MathF.Exp(-MathF.Sqrt((outX * outX) + (outY * outY)) / reach);
        });
        return filled;
    }

    /// <summary>Fills a hole of a picture from what is around it, within the hole's part of the picture.</summary>
    /// <param name="photo">Linear light.</param>
    /// <param name="hole">What to fill, and from where.</param>
    /// <param name="filled">A copy of the photo; receives the hole's pixels.</param>
    /// <param name="workSide">The part's longer side when searching, pixels.</param>
    /// <param name="seed">Seed of the random search.</param>
    /// <param name="cancellationToken">Stops between rounds.</param>
    /// <param name="evening">How much the light of a pixel is evened out, [0, 1]; wholly by default.</param>
    internal static void Fill(Image photo, Hole hole, Image filled, int workSide, int seed, CancellationToken cancellationToken, Func<int, int, float>? evening = null)
    {
        Image part = photo.Crop(hole.Left, hole.Top, hole.Width, hole.Height);
        float scale = MathF.Max(1, (float)Math.Max(hole.Width, hole.Height) / workSide);
        Completion completion = Complete(part, hole, scale, seed, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        Copy(part, hole, completion, filled, evening ?? ((_, _) => 1), cancellationToken);
    }

    private static Completion Complete(Image part, Hole hole, float scale, int seed, CancellationToken cancellationToken)
    {
        // A pyramid of pictures in which holes stay holes; the coarsest is so small that the hole is a few patches wide.
        var levels = new List<Completion> { Completion.Create(part, hole.Mask, (int)MathF.Ceiling(hole.Width / scale), (int)MathF.Ceiling(hole.Height / scale)) };
        while (Math.Min(levels[^1].Width, levels[^1].Height) >= 2 * LeastSide) levels.Add(levels[^1].Halve());

        levels[^1].Begin(seed);
        for (int level = levels.Count - 1; level >= 0; level--)
        {
            if (level < levels.Count - 1) levels[level].BeginFrom(levels[level + 1]);
            int rounds = Math.Min(2 + (3 * level), 10);
            for (int round = 0; round < rounds; round++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                levels[level].Search(HashCode(seed, level, round));
                levels[level].Vote();
            }
        }
        return levels[0];
    }

    // Every pixel of the hole is the mean of what the patches around it would copy there, straight from the photo.
    private static void Copy(Image part, Hole hole, Completion completion, Image filled, Func<int, int, float> evening, CancellationToken cancellationToken)
    {
        float toWorkX = (float)completion.Width / hole.Width, toWorkY = (float)completion.Height / hole.Height;
        var correction = new Image(completion.Width, completion.Height);
        completion.Correction(cancellationToken).CopyTo(correction.Pixels, 0);
        Parallel.For(0, hole.Height, y =>
        {
            Span<(int X, int Y, float Weight)> offsets = stackalloc (int, int, float)[9];
            for (int x = 0; x < hole.Width; x++)
            {
                if (!hole.Mask[(y * hole.Width) + x]) continue;
                Vector4 sum = Vector4.Zero;
                float weights = 0;
                int count = completion.OffsetsAt((int)((x + 0.5f) * toWorkX), (int)((y + 0.5f) * toWorkY), offsets);
                foreach ((int dx, int dy, float weight) in offsets[..count])
                {
                    int fromX = x + (int)MathF.Round(dx / toWorkX), fromY = y + (int)MathF.Round(dy / toWorkY);
                    if (fromX < 0 || fromX >= hole.Width || fromY < 0 || fromY >= hole.Height || hole.Mask[(fromY * hole.Width) + fromX]) continue;
                    sum += part[fromX, fromY] * weight;
                    weights += weight;
                }
                Vector4 pixel = weights > 0 ? sum / weights : completion.At((int)(x * toWorkX), (int)(y * toWorkY));
                filled[hole.Left + x, hole.Top + y] = Corrected(pixel, evening(x, y) * correction.Sample((x + 0.5f) * toWorkX, (y + 0.5f) * toWorkY));
            }
        });
    }

    private static Vector4 Corrected(Vector4 linear, Vector4 correction)
    {
        Vector4 result = Vector4.One;
        for (int c = 0; c < 3; c++) result[c] = Srgb.ToLinear(Math.Clamp((float)Srgb.FromLinear(linear[c]) + correction[c], 0, 1));
        return result;
    }

    private static uint HashCode(int seed, int level, int round) => ((uint)seed * 0x9E3779B1u) ^ ((uint)level * 0x85EBCA77u) ^ ((uint)(round + 1) * 0xC2B2AE3Du);
}
