using System.Numerics;
using Impersonator.Imaging;

namespace Impersonator.Subjects.Backgrounds;

/// <summary>Completes the photo behind the person: the hole is filled with what surrounds it.</summary>
/// <remarks>
/// Every pixel is copied from somewhere outside the hole, nothing is a mean of many places: those look like fog in the scene.
/// <see cref="OffsetCandidates"/> finds from how far away copies may come, <see cref="OffsetField"/> which pixel takes which,
/// from coarse to fine, and <see cref="SeamRemoval"/> evens out their light.
/// Same photo, matte and seed: same result, whatever the number of cores.
/// </remarks>
public static class BackgroundFill
{
    private const int WorkSide = 1400;

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
        if (Hole.Around(photo, CastShadow.AddTo(photo, person)) is { } hole) Fill(photo, hole, filled, WorkSide, seed, cancellationToken);
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
        var completion = Completion.Of(part, hole.Mask, (int)MathF.Ceiling(hole.Width / scale), (int)MathF.Ceiling(hole.Height / scale), seed, cancellationToken);
        Copy(part, hole, completion, filled, evening ?? ((_, _) => 1), cancellationToken);
    }

    // Copies meet softly: a pixel takes from the sources of the work pixels around it, the nearer the more.
    private static void Copy(Image part, Hole hole, Completion completion, Image filled, Func<int, int, float> evening, CancellationToken cancellationToken)
    {
        (int width, int height) = (completion.Width, completion.Height);
        float toWorkX = (float)width / hole.Width, toWorkY = (float)height / hole.Height;
        var correction = new Image(width, height);
        completion.Correction.CopyTo(correction.Pixels);
        Parallel.For(0, hole.Height, new ParallelOptions { CancellationToken = cancellationToken }, y =>
        {
            for (int x = 0; x < hole.Width; x++)
            {
                if (!hole.Mask[(y * hole.Width) + x]) continue;
                float atX = (x + 0.5f) * toWorkX, atY = (y + 0.5f) * toWorkY;
                int workX = Math.Min((int)atX, width - 1), workY = Math.Min((int)atY, height - 1);
                Vector4 sum = Vector4.Zero;
                float weights = 0;
                for (int ny = Math.Max(0, workY - 1); ny <= Math.Min(height - 1, workY + 1); ny++)
                    for (int nx = Math.Max(0, workX - 1); nx <= Math.Min(width - 1, workX + 1); nx++)
                    {
                        if (completion.SourceOf(nx, ny) is not { } source) continue;
                        int fromX = x + (int)MathF.Round((source.X - nx) / toWorkX), fromY = y + (int)MathF.Round((source.Y - ny) / toWorkY);
                        if (fromX < 0 || fromX >= hole.Width || fromY < 0 || fromY >= hole.Height || hole.Mask[(fromY * hole.Width) + fromX]) continue;
                        float weight = MathF.Max(0.01f, 1.5f - MathF.Abs(nx + 0.5f - atX)) * MathF.Max(0.01f, 1.5f - MathF.Abs(ny + 0.5f - atY));
                        sum += part[fromX, fromY] * weight;
                        weights += weight;
                    }
                Vector4 pixel = weights > 0 ? sum / weights : completion.Smooth(workX, workY);
                filled[hole.Left + x, hole.Top + y] = Corrected(pixel, evening(x, y) * correction.Sample(atX, atY));
            }
        });
    }

    private static Vector4 Corrected(Vector4 linear, Vector4 correction)
    {
        Vector4 result = Vector4.One;
        for (int c = 0; c < 3; c++) result[c] = Srgb.ToLinear(Math.Clamp((float)Srgb.FromLinear(linear[c]) + correction[c], 0, 1));
        return result;
    }
}
