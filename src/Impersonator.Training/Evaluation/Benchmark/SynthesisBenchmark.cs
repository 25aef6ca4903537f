using Impersonator.Files;
using Impersonator.Training.Evaluation.Methods;
using Impersonator.Training.Evaluation.Pictures;

namespace Impersonator.Training.Evaluation.Benchmark;

/// <summary>Lets methods draw painted people whom no training saw, and compares with the truth.</summary>
/// <param name="painter">Makes a painter; called once by each thread.</param>
/// <param name="methods">The rows of the tables.</param>
/// <param name="network">Looks at pictures.</param>
internal sealed class SynthesisBenchmark(Func<BenchmarkPainter> painter, IReadOnlyList<IPictureMethod> methods, PerceptualNetwork network)
{
    /// <summary>Far beyond the seeds that training paints.</summary>
    internal const long FirstSeed = 1L << 52;

    private const int MostTries = 16, WorstCases = 8;

    /// <summary>Measures.</summary>
    /// <param name="people">How many.</param>
    /// <param name="bodies">Behind the tasks' names.</param>
    /// <param name="progress">Told of people.</param>
    /// <param name="token">Cancels.</param>
    public PictureScores Run(int people, string bodies, IProgress<StageProgress>? progress, CancellationToken token)
    {
        var results = new (List<PictureEntry> Entries, List<string> Failures)[people];
        int done = 0;
        Parallel.For(0, people, new ParallelOptions { CancellationToken = token, MaxDegreeOfParallelism = Environment.ProcessorCount }, painter, (i, _, own) =>
        {
            results[i] = Measure(own, i, people, bodies, token);
            progress?.Report(new StageProgress($"People, {bodies}", Interlocked.Increment(ref done), people));
            return own;
        }, _ => { });
        var scores = new PictureScores();
        foreach ((List<PictureEntry> entries, List<string> failures) in results)
        {
            entries.ForEach(scores.Add);
            scores.Failures.AddRange(failures);
        }
        return scores;
    }

    /// <summary>Writes a sheet for each task with the cases where the last method is worst, worst first, one a person.</summary>
    /// <param name="folder">Receives them.</param>
    /// <param name="scores">Of <see cref="Run"/>.</param>
    public void WriteWorst(string folder, PictureScores scores)
    {
        PictureEntry[] worst = [.. scores.Entries.Where(e => e.Method == methods[^1].Name).GroupBy(e => e.Task).SelectMany(t => t.GroupBy(e => e.Seed).Select(p => p.MinBy(e => e.Score.Psnr)!).OrderBy(e => e.Score.Psnr).Take(WorstCases))];
        var pictures = new Dictionary<PictureEntry, ComparedPicture[]>();
        BenchmarkPainter own = painter();
        foreach (IGrouping<long, PictureEntry> person in worst.GroupBy(e => e.Seed)) Redraw(own, person, pictures);
        string[] titles = ["photo", .. methods.Select(m => m.Name), "truth"];
        foreach (IGrouping<string, PictureEntry> task in worst.GroupBy(e => e.Task))
            PictureSheet.Write(folder, FileNameOf(task.Key), titles, [.. task.Select(e => (FormattableString.Invariant($"{e.Group} seed {e.Seed - FirstSeed}: {e.Score.Psnr:F1} db"), pictures[e]))], WorstCases);
    }

    private (List<PictureEntry>, List<string>) Measure(BenchmarkPainter own, int number, int people, string bodies, CancellationToken token)
    {
        (List<PictureEntry> entries, List<string> failures) = ([], []);
        // A photo that shows nobody is replaced; which one replaces it depends on its place alone.
        for (int n = 0; n < MostTries && entries.Count == 0; n++)
        {
            long seed = FirstSeed + number + ((long)n * people);
            try
            {
                foreach (BenchmarkTask task in own.Tasks(seed)) Measure(task, seed, bodies, entries, token);
            }
            catch (InputException refusal)
            {
                failures.Add(FormattableString.Invariant($"seed {seed - FirstSeed}, {bodies}: {refusal.Message}"));
                break;
            }
        }
        return (entries, failures);
    }

    private void Measure(BenchmarkTask task, long seed, string bodies, List<PictureEntry> entries, CancellationToken token)
    {
        FrameDrawing[] drawings = [.. methods.Select(m => m.Read(task.Photo))];
        (ComparedPicture[] drawnBefore, ComparedPicture? truthBefore, int number) = ([], null, 0);
        foreach (BenchmarkFrame frame in task.Frames)
        {
            token.ThrowIfCancellationRequested();
            ComparedPicture[] drawn = [.. drawings.Select(d => d(frame.Frame, frame.Flow))];
            if (frame.Follows)
            {
                PictureArea box = PictureArea.Around(frame.Truth.Alpha, frame.Truth.Width, frame.Truth.Height)!.Value;
                for (int m = 0; m < drawn.Length; m++)
                {
                    int at = entries.Count - drawn.Length + m;
                    entries[at] = entries[at] with { Score = entries[at].Score with { Flicker = Flicker.Of(drawnBefore[m], drawn[m], truthBefore!, frame.Truth, box) } };
                }
                continue;
            }
            PictureTruth truth = PictureTruth.Of(frame.Truth, network);
            for (int m = 0; m < drawn.Length; m++) entries.Add(new PictureEntry($"{task.Name}, {bodies}", frame.Group, methods[m].Name, seed, number, PictureScore.Of(drawn[m], truth, network)));
            (drawnBefore, truthBefore) = (drawn, frame.Truth);
            number++;
        }
    }

    /// <summary>Photo, all methods and truth of some of a person's frames once more.</summary>
    private void Redraw(BenchmarkPainter own, IGrouping<long, PictureEntry> wanted, Dictionary<PictureEntry, ComparedPicture[]> pictures)
    {
        foreach (BenchmarkTask task in own.Tasks(wanted.Key))
        {
            PictureEntry[] here = [.. wanted.Where(e => e.Task.StartsWith(task.Name, StringComparison.Ordinal))];
            if (here.Length == 0) continue;
            FrameDrawing[] drawings = [.. methods.Select(m => m.Read(task.Photo))];
            int number = 0;
            foreach (BenchmarkFrame frame in task.Frames)
            {
                if (frame.Follows) continue;
                foreach (PictureEntry entry in here.Where(e => e.Frame == number)) pictures[entry] = [MeshMethod.Of(task.Photo), .. drawings.Select(d => d(frame.Frame, frame.Flow)), frame.Truth];
                number++;
            }
        }
    }

    private static string FileNameOf(string task) => string.Concat(task.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Replace("--", "-", StringComparison.Ordinal);
}
