using System.Numerics;

namespace Impersonator.Subjects.Backgrounds;

/// <summary>Evens out light where copies from different places meet: colours follow the copies' gradients, not their levels.</summary>
/// <remarks>
/// Pérez, Gangnet &amp; Blake, "Poisson Image Editing", SIGGRAPH 2003: least squares over all pairs of neighbours, the rim held
/// fast, by successive over-relaxation. Both pixels of a pair have a source; the mean of their gradients is asked for. Where
/// what meets differs more than light would make it, something ends: such pairs have little say, or its colour would run.
/// </remarks>
internal static class SeamRemoval
{
    /// <summary>A difference of level at which a pair has half its say, and what every pair keeps.</summary>
    private const float Half = 0.12f, LeastSay = 0.02f;

    /// <summary>Improves the pixels of the hole in place.</summary>
    /// <param name="pixels">[H, W]; the hole holds a first guess.</param>
    /// <param name="known">[H, W] the picture from which was copied.</param>
    /// <param name="hole">[H, W] what may change.</param>
    /// <param name="source">[H, W] from which pixel each pixel of the hole was copied, −1 = from none.</param>
    /// <param name="width">Columns.</param>
    /// <param name="rounds">How often all pixels are improved.</param>
    /// <param name="overRelaxation">How much further than the least squares of its neighbours a pixel goes; 2 / (1 + sin(π / n)) is best for holes of n pixels.</param>
    /// <param name="cancellationToken">Stops between rounds.</param>
    public static void Apply(Vector4[] pixels, Vector4[] known, bool[] hole, int[] source, int width, int rounds, float overRelaxation, CancellationToken cancellationToken)
    {
        int height = pixels.Length / width;
        // Of one colour no two touch, as on a chessboard: their order does not matter.
        int[] places = [.. Enumerable.Range(0, pixels.Length).Where(i => hole[i] && source[i] >= 0)];
        int[][] colours = [[.. places.Where(i => ((i % width) + (i / width)) % 2 == 0)], [.. places.Where(i => ((i % width) + (i / width)) % 2 != 0)]];
        var wanted = new Vector4[pixels.Length];
        var says = new Vector4[pixels.Length]; // of the pairs to the right, left, below and above
        Parallel.ForEach(places, place =>
        {
            Vector4 say = default;
            Vector4 sum = Vector4.Zero;
            for (int d = 0; d < 4; d++)
            {
                (int dx, int dy) = Step(d);
                (int x, int y) = ((place % width) + dx, (place / width) + dy);
                if (x < 0 || x >= width || y < 0 || y >= height) continue;
                int neighbour = (y * width) + x;
                (Vector4 rise, float difference) = Rise(place, neighbour, dx, dy);
                say[d] = MathF.Max(LeastSay, 1 / (1 + (difference * difference / (Half * Half))));
                sum += rise * say[d];
            }
            (says[place], wanted[place]) = (say, sum);
        });
        for (int round = 0; round < rounds; round++)
        {
            foreach (int[] colour in colours)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (int k = 0; k < colour.Length; k++)
                {
                    int place = colour[k];
                    Vector4 say = says[place], sum = wanted[place];
                    if (say.X > 0) sum += pixels[place + 1] * say.X;
                    if (say.Y > 0) sum += pixels[place - 1] * say.Y;
                    if (say.Z > 0) sum += pixels[place + width] * say.Z;
                    if (say.W > 0) sum += pixels[place - width] * say.W;
                    pixels[place] += ((sum / Vector4.Dot(say, Vector4.One)) - pixels[place]) * overRelaxation;
                }
            }
        }

        // By how much a pixel should lie above its neighbour, and by how much levels differ there.
        (Vector4 Rise, float Difference) Rise(int place, int neighbour, int dx, int dy)
        {
            Vector4 beside = Beside(source[place], dx, dy), rise = known[source[place]] - beside;
            if (!hole[neighbour]) return (rise, Vector4.Distance(beside, pixels[neighbour]));
            if (source[neighbour] < 0) return (rise, 0);
            Vector4 other = known[source[neighbour]];
            return ((rise + Beside(source[neighbour], -dx, -dy) - other) / 2, Vector4.Distance(beside, other));
        }

        Vector4 Beside(int place, int dx, int dy)
            => known[(Math.Clamp((place / width) + dy, 0, height - 1) * width) + Math.Clamp((place % width) + dx, 0, width - 1)];

        static (int X, int Y) Step(int direction) => direction switch { 0 => (1, 0), 1 => (-1, 0), 2 => (0, 1), _ => (0, -1) };
    }
}
