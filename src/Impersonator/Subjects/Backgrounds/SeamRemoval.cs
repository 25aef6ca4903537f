using System.Numerics;

namespace Impersonator.Subjects.Backgrounds;

/// <summary>Evens out light where patches from different places meet: colours follow the patches' gradients, not their levels.</summary>
/// <remarks>
/// Pérez, Gangnet &amp; Blake, "Poisson Image Editing", SIGGRAPH 2003: least squares over all pairs of neighbours, the rim held
/// fast, by successive over-relaxation. Both pixels of a pair have a source; the mean of their gradients is asked for.
/// </remarks>
internal static class SeamRemoval
{
    private const int Rounds = 150;
    private const float OverRelaxation = 1.93f; // about 2 / (1 + sin(π / n)) for holes of n = 90 pixels

    /// <summary>Improves the pixels of the hole in place.</summary>
    /// <param name="pixels">[H, W]; the hole holds a first guess.</param>
    /// <param name="hole">[H, W] what may change.</param>
    /// <param name="source">[H, W] from which pixel each pixel of the hole was copied, −1 = from none.</param>
    /// <param name="width">Columns.</param>
    /// <param name="cancellationToken">Stops between rounds.</param>
    public static void Apply(Vector4[] pixels, bool[] hole, int[] source, int width, CancellationToken cancellationToken)
    {
        int height = pixels.Length / width;
        (int X, int Y)[] steps = [(1, 0), (-1, 0), (0, 1), (0, -1)];
        var known = (Vector4[])pixels.Clone();
        int[] places = [.. Enumerable.Range(0, pixels.Length).Where(i => hole[i] && source[i] >= 0)];
        var (wanted, neighbours) = (new Vector4[places.Length], new float[places.Length]);
        for (int k = 0; k < places.Length; k++)
            foreach ((int dx, int dy) in steps)
            {
                (int x, int y) = ((places[k] % width) + dx, (places[k] / width) + dy);
                if (x < 0 || x >= width || y < 0 || y >= height) continue;
                wanted[k] += Rise(places[k], (y * width) + x, (dy * width) + dx);
                neighbours[k]++;
            }

        for (int round = 0; round < Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int k = 0; k < places.Length; k++)
            {
                int place = places[k], x = place % width, y = place / width;
                Vector4 sum = wanted[k];
                if (x > 0) sum += pixels[place - 1];
                if (x < width - 1) sum += pixels[place + 1];
                if (y > 0) sum += pixels[place - width];
                if (y < height - 1) sum += pixels[place + width];
                pixels[place] += ((sum / neighbours[k]) - pixels[place]) * OverRelaxation;
            }
        }

        // By how much a pixel should lie above its neighbour. Sources are whole patches away from the hole, so their neighbours are known.
        Vector4 Rise(int place, int neighbour, int step)
        {
            Vector4 rise = known[source[place]] - known[source[place] + step];
            if (!hole[neighbour] || source[neighbour] < 0) return rise;
            return (rise + known[source[neighbour] - step] - known[source[neighbour]]) / 2;
        }
    }
}
