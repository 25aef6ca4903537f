using System.Numerics;
using Impersonator.Imaging;

namespace Impersonator.Recovery.Capture;

/// <summary>Where each frame of a clip lies in the first one's picture: what a hand or a pan does to the background.</summary>
/// <remarks>
/// The background of each frame is laid over that of a frame before it by Gauss–Newton on their brightness, coarse to fine (Lucas and Kanade, 1981; Baker
/// and Matthews, 2004), with a robust weight, so that others who move do not count; the followed person is left out. A wall without any
/// pattern does not say how the camera moves: then it is taken to stand still.
/// </remarks>
internal sealed class Steadying
{
    /// <summary>Longer side of the finest pictures that are compared, and how many coarser ones there are.</summary>
    private const int Side = 256, Levels = 4;

    private const int MostSteps = 15, Unknowns = 5;

    /// <summary>A step that moves nothing by more pixels of its picture is the last one.</summary>
    private const double SmallStep = 0.01;

    /// <summary>Difference of brightness beyond which something else moved there.</summary>
    private const float Other = 0.06f;

    /// <summary>How much of the first picture must still be seen, else a later one takes its place.</summary>
    private const float LeastOverlap = 0.6f;

    /// <summary>Around the person, in longer sides of its box.</summary>
    private const float PersonMargin = 0.12f;

    /// <summary>What holds the camera still where the background says nothing: as much brightness squared, over all pixels.</summary>
    private const double Stillness = 2e-5;

    private (GreyPicture[] Pictures, (Vector2 Low, Vector2 High) Person, Similarity ToFirst)? _reference;
    private Similarity _fromReference = Similarity.Identity;
    private (Vector2 Low, Vector2 High) _person;

    /// <summary>From a frame's pixels to the first frame's.</summary>
    /// <param name="frame">The next one.</param>
    /// <param name="box">Of the person in it; null where it is not seen.</param>
    public Similarity Next(Frame frame, (Vector2 Low, Vector2 High)? box)
    {
        int factor = Math.Max(1, (Math.Max(frame.Width, frame.Height) + Side - 1) / Side);
        if (box is { } seen) _person = Widened(seen, factor);
        var pictures = new List<GreyPicture> { GreyPicture.Of(frame, factor) };
        while (pictures.Count < Levels && Math.Min(pictures[^1].Width, pictures[^1].Height) >= 32) pictures.Add(pictures[^1].Half());
        GreyPicture[] now = [.. pictures];
        if (now[0].Width < 8 || now[0].Height < 8) return Similarity.Identity;
        if (_reference is not { } reference)
        {
            _reference = (now, _person, Similarity.Identity);
            return Similarity.Identity;
        }
        (Similarity found, float overlap) = Align(reference.Pictures, reference.Person, now, _fromReference);
        _fromReference = found;
        Similarity toFirst = reference.ToFirst.After(found.Inverse());
        if (overlap < LeastOverlap) (_reference, _fromReference) = ((now, _person, toFirst), Similarity.Identity);
        return toFirst with { Move = toFirst.Move * factor };
    }

    private static (Vector2 Low, Vector2 High) Widened((Vector2 Low, Vector2 High) box, int factor)
    {
        Vector2 extent = box.High - box.Low, margin = new(PersonMargin * MathF.Max(extent.X, extent.Y));
        return ((box.Low - margin) / factor, (box.High + margin) / factor);
    }

    /// <summary>Where the pixels of one picture are in another, and how many of them are in it.</summary>
    private (Similarity Found, float Overlap) Align(GreyPicture[] from, (Vector2 Low, Vector2 High) hidden, GreyPicture[] to, Similarity guess)
    {
        float overlap = 1;
        double bias = 0;
        for (int level = from.Length - 1; level >= 0; level--)
        {
            float factor = 1 << level;
            Similarity at = guess.Coarser(factor);
            for (int i = 0; i < MostSteps; i++)
            {
                (double[] step, overlap) = Step(from[level], Coarser(hidden, factor), to[level], Coarser(_person, factor), at, bias);
                var middle = new Vector2(from[level].Width, from[level].Height) / 2;
                float size = MathF.Max(middle.X, middle.Y);
                // The step is of the first picture about its middle: undone there, before the way to the other.
                var change = new Similarity(1 + ((float)step[0] / size), (float)step[1] / size, default);
                change = change with { Move = middle - change.Apply(middle) + new Vector2((float)step[2], (float)step[3]) };
                at = at.After(change);
                bias += step[4];
                if (Math.Max(Math.Max(Math.Abs(step[0]), Math.Abs(step[1])), Math.Max(Math.Abs(step[2]), Math.Abs(step[3]))) < SmallStep) break;
            }
            guess = at with { Move = at.Move * factor };
        }
        return (guess, overlap);
    }

    private static (Vector2 Low, Vector2 High) Coarser((Vector2 Low, Vector2 High) box, float factor) => (box.Low / factor, box.High / factor);

    private static (double[] Step, float Overlap) Step(GreyPicture from, (Vector2 Low, Vector2 High) hidden, GreyPicture to, (Vector2 Low, Vector2 High) person, Similarity at, double bias)
    {
        var matrix = new double[Unknowns, Unknowns];
        var gradient = new double[Unknowns];
        Span<double> row = stackalloc double[Unknowns];
        var middle = new Vector2(from.Width, from.Height) / 2;
        float size = MathF.Max(middle.X, middle.Y);
        (int used, int all) = (0, 0);
        for (int y = 1; y < from.Height - 1; y++)
            for (int x = 1; x < from.Width - 1; x++)
            {
                Vector2 p = new(x + 0.5f, y + 0.5f);
                all++;
                Vector2 q = at.Apply(p);
                if (q.X < 0.5f || q.Y < 0.5f || q.X > to.Width - 0.5f || q.Y > to.Height - 0.5f) continue;
                used++;
                if (Inside(p, hidden) || Inside(q, person)) continue;
                double residual = to.At(q.X, q.Y) - from[x, y] - bias, far = residual / Other, weight = 1 / ((1 + (far * far)) * (1 + (far * far)));
                float slopeX = (from[x + 1, y] - from[x - 1, y]) / 2, slopeY = (from[x, y + 1] - from[x, y - 1]) / 2;
                Vector2 off = (p - middle) / size;
                row[0] = (slopeX * off.X) + (slopeY * off.Y);
                row[1] = (slopeY * off.X) - (slopeX * off.Y);
                (row[2], row[3], row[4]) = (slopeX, slopeY, -1);
                for (int i = 0; i < Unknowns; i++)
                {
                    gradient[i] += weight * row[i] * residual;
                    for (int k = 0; k <= i; k++) matrix[i, k] += weight * row[i] * row[k];
                }
            }
        for (int i = 0; i < Unknowns; i++)
        {
            matrix[i, i] += Stillness * all;
            for (int k = 0; k < i; k++) matrix[k, i] = matrix[i, k];
        }
        return (LinearSolver.SolveDamped(matrix, gradient, 0) ?? new double[Unknowns], (float)used / Math.Max(1, all));
    }

    private static bool Inside(Vector2 p, (Vector2 Low, Vector2 High) box) => p.X > box.Low.X && p.X < box.High.X && p.Y > box.Low.Y && p.Y < box.High.Y;
}
