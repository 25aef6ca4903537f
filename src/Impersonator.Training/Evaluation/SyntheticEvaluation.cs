using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Training.Synthesis;

namespace Impersonator.Training.Evaluation;

/// <summary>Recovers people who were painted for this and whom no training saw, and compares them with the truth.</summary>
internal static class SyntheticEvaluation
{
    /// <summary>Far beyond the seeds that training paints.</summary>
    internal const long FirstSeed = 1L << 50;

    /// <summary>Seeds from one picture to the next: another person, in other clothes, each time.</summary>
    private const int Stride = 4;

    /// <summary>Who shows less is nobody to recover: pixels of the matte in shares of the picture.</summary>
    private const float LeastShare = 0.002f;

    /// <summary>Paints, recovers and measures.</summary>
    /// <param name="painter">Makes a painter; called once by each thread.</param>
    /// <param name="count">People.</param>
    /// <param name="size">Pixels a side of the pictures.</param>
    /// <param name="recovery">Finds and fits.</param>
    /// <param name="matting">Cuts out what was recovered; null = do not.</param>
    /// <param name="sheets">Folder that receives overlays of the worst; null = none.</param>
    /// <param name="token">Cancels.</param>
    public static SyntheticScores Run(Func<IPainter> painter, int count, int size, PersonRecovery recovery, Func<Photo, Person, Matte>? matting, string? sheets, CancellationToken token)
    {
        var results = new Result[count];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = token, MaxDegreeOfParallelism = Environment.ProcessorCount }, () => (Painter: painter(), Sample: new Sample(size)), (i, _, own) =>
        {
            // A picture with nobody in it is replaced; which one replaces it depends on its place alone.
            long seed = FirstSeed + (Stride * i);
            for (own.Painter.Paint(seed, own.Sample); own.Sample.Alpha.Count(a => a > 127) < LeastShare * size * size; own.Painter.Paint(seed, own.Sample)) seed += (long)Stride * count;
            results[i] = Measure(seed, own.Sample, recovery, matting, token);
            return own;
        }, _ => { });
        var scores = new SyntheticScores();
        foreach (Result result in results) result.AddTo(scores);
        if (sheets is not null) Draw(sheets, results, painter(), size);
        return scores;
    }

    /// <summary>A sample's picture as a photo.</summary>
    internal static Photo PhotoOf(Sample sample, string name)
    {
        var frame = new Frame(sample.Size, sample.Size);
        for (int i = 0; i < sample.Alpha.Length; i++)
        {
            sample.Rgb.AsSpan(3 * i, 3).CopyTo(frame.Rgba.AsSpan(4 * i));
            frame.Rgba[(4 * i) + 3] = 255;
        }
        return new Photo(name, frame.ToImage());
    }

    /// <summary>A sample's 17 keypoints as a label.</summary>
    internal static PhotoLabel LabelOf(Sample sample) => new(
        [.. Enumerable.Range(0, Keypoints.Count).Select(k => new Vector2(sample.Keypoints[3 * k], sample.Keypoints[(3 * k) + 1]))],
        [.. Enumerable.Range(0, Keypoints.Count).Select(k => (int)sample.Keypoints[(3 * k) + 2])]);

    private static Result Measure(long seed, Sample sample, PersonRecovery recovery, Func<Photo, Person, Matte>? matting, CancellationToken token)
    {
        Photo photo = PhotoOf(sample, FormattableString.Invariant($"seed {seed}"));
        var result = new Result(seed, LabelOf(sample));
        IReadOnlyList<PersonLook> people = recovery.Finder.FindAll(photo, token: token);
        // Several people may be painted: who is meant is told by the true keypoints, as a user tells by a number.
        PersonLook? look = people.MinBy(p => Away(p, result.Label));
        if (look is null) return result with { Failure = "nobody was found" };
        result = result with { Look = look, NotFirst = look != people[0] };
        try
        {
            Person person = recovery.Fit(photo, look, token).Person;
            result = result with { Mesh = FittedPoints.Keypoints(BodyModel.Default, person), Score = SyntheticScore.Of(PlacedBody.Of(sample), PlacedBody.Of(person)), Person = person };
            if (matting is null) return result;
            float[] truth = Array.ConvertAll(sample.Alpha, a => a / 255f);
            return result with { Refined = BodyScores.Overlap(matting(photo, person).Values, truth), Raw = BodyScores.Overlap(BodyEvaluation.MatteOf(photo, look), truth) };
        }
        catch (InputException refusal)
        {
            return result with { Failure = refusal.Message };
        }
    }

    /// <summary>Mean distance of a look's keypoints from the true ones in the picture.</summary>
    private static float Away(PersonLook look, PhotoLabel label)
        => Enumerable.Range(0, Keypoints.Count).Where(k => label.States[k] > 0).Select(k => Vector2.Distance(look.Keypoints[k].Position, label.Places[k])).DefaultIfEmpty(0).Average();

    /// <summary>The worst bodies, worst first: what the network saw and the body from three sides.</summary>
    private static void Draw(string folder, Result[] results, IPainter painter, int size)
    {
        const int Most = 12;
        Directory.CreateDirectory(folder);
        var sample = new Sample(size);
        foreach ((Result result, int rank) in results.Where(r => r.Score is not null).OrderByDescending(r => r.Score!.Aligned.Average()).Take(Most).Select((r, i) => (r, i)))
        {
            painter.Paint(result.Seed, sample);
            ImageWriter.Write(Path.Combine(folder, FormattableString.Invariant($"person-{rank}.jpg")), FitSheet.Draw(BodyModel.Default, PhotoOf(sample, "person"), result.Person!), ImageOptions.Default with { Marked = false });
        }
    }

    private sealed record Result(long Seed, PhotoLabel Label)
    {
        public PersonLook? Look { get; init; }

        public bool NotFirst { get; init; }

        public Person? Person { get; init; }

        public Vector2[]? Mesh { get; init; }

        public SyntheticScore? Score { get; init; }

        public double? Refined { get; init; }

        public double Raw { get; init; }

        public string? Failure { get; init; }

        public void AddTo(SyntheticScores scores)
        {
            bool whole = Label.States.All(s => s > 0);
            string name = FormattableString.Invariant($"seed {Seed}");
            if (NotFirst) scores.NotFirst++;
            if (Look is not null) scores.Keypoints.Add(name, Label, k => Look.Keypoints[k].Position);
            if (Mesh is not null) scores.Keypoints.Mesh.Add(name, Label, k => Mesh[k]);
            if (Score is not null) scores.Add(Seed, whole, Score);
            if (Refined is { } refined) scores.AddMatte(Seed, whole, refined, Raw);
            if (Failure is not null) scores.AddFailure(Seed, Failure);
        }
    }
}
