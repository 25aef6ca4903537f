using System.Numerics;
using Impersonator.Imaging;
using Impersonator.Recovery;

namespace Impersonator.Subjects.Matting;

/// <summary>Cuts a person out: by what the network saw, or without it by colour, place and edges, beginning at the fitted body.</summary>
/// <remarks>
/// GrabCut (Rother, Kolmogorov &amp; Blake 2004) on a small picture, with the body instead of a rectangle: what lies deep in the
/// body is person, what clothes and hair cannot reach is not, and between them mixtures of colours decide
/// together with edges. Where a network has looked, its matte stands instead of all that. The edge is then drawn anew at the photo's resolution (<see cref="EdgeRefinement"/>).
/// </remarks>
public sealed class BodySeededMatting : IPersonMatting
{
    private const int WorkSide = 320, Rounds = 4, PersonParts = 8, ElsewhereParts = 8;

    // What a smooth outline is worth against colour, in logarithms of likelihood per work pixel of outline in plain colour.
    private const float EdgeCost = 16;


    // One odd pixel must not outvote its neighbours.
    private const float MostEvidence = 6;

    // With less to learn from, as when a face fills the picture, the body itself is the best guess.
    private const int FewestSamples = 64;

    // Pixels outside the naked body count a third in its model: some of them are mistakes, which must not feed themselves.
    private const int KeptOutsideBody = 3;

    /// <inheritdoc/>
    public Matte Segment(Photo photo, Func<Matte> body, Keypoints keypoints, PersonLook? look = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(keypoints);
        var reach = new Reach(keypoints);
        // A network that sees keypoints but no person is of no use here.
        if (look is not null && MatteOf(look, photo.Width, photo.Height) is var seen && seen.Values.Count(alpha => alpha >= 0.5f) >= FewestSamples)
            return EdgeRefinement.Refine(photo.Image, seen, WorkArea.Around(seen, reach, WorkSide), look.Window.Side / look.Maps.MatteSide, cancellationToken);
        Matte naked = body();
        if (naked.Width != photo.Width || naked.Height != photo.Height)
            throw new ArgumentException($"A body of {naked.Width}×{naked.Height} for a photo of {photo.Width}×{photo.Height}.", nameof(body));
        WorkArea area = WorkArea.Around(naked, reach, WorkSide);
        Image small = photo.Image.Crop(area.Left, area.Top, area.Width, area.Height).Resize(area.WorkWidth, area.WorkHeight);
        bool[] mask = [.. area.Cut(naked).Resize(area.WorkWidth, area.WorkHeight).Values.Select(alpha => alpha >= 0.5f)];
        Trimap trimap = Trimap.Create(mask, area.WorkWidth, area.WorkHeight, reach, area.PhotoFromWork, reach.Height / area.Scale);

        bool[] person = Cut(small, trimap, mask, cancellationToken);
        person = Islands.Clean(person, trimap.IsPerson, small.Width, small.Height);
        return EdgeRefinement.Refine(photo.Image, person, area, cancellationToken);
    }

    /// <summary>A look's matte, enlarged to a photo.</summary>
    internal static Matte MatteOf(PersonLook look, int width, int height)
    {
        var matte = new Matte(width, height);
        Parallel.For(0, height, y =>
        {
            for (int x = 0; x < width; x++) matte[x, y] = look.Maps.MatteAt(look.Window.FromPhoto(new Vector2(x + 0.5f, y + 0.5f)));
        });
        return matte;
    }

    private static bool[] Cut(Image small, Trimap trimap, bool[] body, CancellationToken cancellationToken)
    {
        int width = small.Width, height = small.Height;
        float[] samples = ColourSamples.Of(small);
        float[] edges = Edges(samples, width, height);

        // The first models: only what is certain. The rim of a body that is a little off already has the wall's colours.
        if (trimap.IsPerson.Count(sure => sure) < FewestSamples || trimap.IsElsewhere.Count(sure => sure) < FewestSamples) return body;
        bool[] person = trimap.IsPerson;
        for (int round = 0; round < Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var own = ColourMixture.Learn(ColourSamples.Chosen(samples, i => person[i] && (body[i] || i % KeptOutsideBody == 0)), PersonParts, 2);
            var other = ColourMixture.Learn(ColourSamples.Chosen(samples, i => round == 0 ? trimap.IsElsewhere[i] : !person[i]), ElsewhereParts, 2);
            var cut = new GridCut(width, height);
            AddEvidence(cut, trimap, own, other, samples, width, height);
            AddEdges(cut, edges, width, height);
            person = cut.Solve(cancellationToken);
        }
        return person;
    }

    private static void AddEvidence(GridCut cut, Trimap trimap, ColourMixture own, ColourMixture other, float[] samples, int width, int height)
    {
        const float Certain = 1e6f;
        var evidence = new float[width * height];
        Parallel.For(0, height, y =>
        {
            for (int i = y * width; i < (y + 1) * width; i++)
            {
                ReadOnlySpan<float> sample = samples.AsSpan(i * ColourMixture.Dimensions, ColourMixture.Dimensions);
                evidence[i] = trimap.IsPerson[i] ? Certain : trimap.IsElsewhere[i] ? -Certain
                    : Math.Clamp(own.LogDensity(sample) - other.LogDensity(sample), -MostEvidence, MostEvidence) + trimap.Prior[i];
            }
        });
        for (int i = 0; i < evidence.Length; i++) cut.AddTerminal(i % width, i / width, evidence[i]);
    }

    // exp(−difference² / (2 · mean difference²)) to each neighbour, less across the diagonal: [H, W, 4].
    private static float[] Edges(float[] samples, int width, int height)
    {
        ReadOnlySpan<(int X, int Y)> steps = [(1, 0), (0, 1), (1, 1), (-1, 1)];
        var squares = new float[width * height * 4];
        double sum = 0;
        int count = 0;
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                for (int d = 0; d < 4; d++)
                {
                    (int nx, int ny) = (x + steps[d].X, y + steps[d].Y);
                    ref float square = ref squares[(((y * width) + x) * 4) + d];
                    square = -1;
                    if (nx < 0 || nx >= width || ny >= height) continue;
                    square = 0;
                    for (int c = 0; c < 3; c++)
                    {
                        float difference = samples[(((y * width) + x) * ColourMixture.Dimensions) + c] - samples[(((ny * width) + nx) * ColourMixture.Dimensions) + c];
                        square += difference * difference;
                    }
                    sum += square;
                    count++;
                }
        float beta = (float)(1 / Math.Max(2 * sum / Math.Max(count, 1), 1e-6));
        for (int i = 0; i < squares.Length; i++)
            squares[i] = squares[i] < 0 ? 0 : EdgeCost * MathF.Exp(-beta * squares[i]) / (i % 4 < 2 ? 1 : MathF.Sqrt(2));
        return squares;
    }

    private static void AddEdges(GridCut cut, float[] edges, int width, int height)
    {
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                for (int d = 0; d < 4; d++)
                {
                    float weight = edges[(((y * width) + x) * 4) + d];
                    if (weight > 0) cut.SetEdge(x, y, d, weight);
                }
    }
}
