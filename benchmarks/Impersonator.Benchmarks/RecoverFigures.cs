using System.Diagnostics;
using System.Globalization;
using System.Text;
using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Networks;
using Impersonator.Recovery;
using Impersonator.Subjects.Matting;

namespace Impersonator.Benchmarks;

/// <summary>What it costs to recover a person from a photo, cold and warm, stage by stage.</summary>
/// <remarks>Cold times are those of this process's first run: start it anew for others.</remarks>
internal static class RecoverFigures
{
    private const int LongSide = 1920, Runs = 15;

    private static readonly string[] Stages = ["weights", "network", "body", "photo", "pyramid", "looks", "fit", "matte", "— parts", "— edges"];

    public static void Run(string[] args)
    {
        string path = args.ValueOf("--photo") ?? throw new InputException("recover: --photo FILE is needed.");
        string? table = args.ValueOf("-o");
        Photo photo = PhotoReader.Read(path);
        float scale = (float)LongSide / Math.Max(photo.Width, photo.Height);
        photo = photo with { Image = photo.Image.Resize((int)MathF.Round(photo.Width * scale), (int)MathF.Round(photo.Height * scale)), FocalLength = photo.FocalLength * scale };
        byte[] bytes = PictureEncoder.Encode(photo.Image.ToFrame().Rgba, photo.Width, photo.Height, PictureFormat.Jpeg, ImageOptions.Default);

        using var process = Process.GetCurrentProcess();
        var cold = new Clock(process);
        Weights weights = cold.Time("weights", () => Weights.ReadShipped(PersonRecovery.Network));
        BodyModel model = cold.Time("body", () => BodyModel.Default);
        using PersonRecovery recovery = cold.Time("network", () => new PersonRecovery(model, weights));
        Studio studio = Studio.Open(weights: weights);
        Recover(cold, studio, recovery, bytes);

        var runs = new List<Clock>();
        for (int i = 0; i < Runs; i++)
        {
            var warm = new Clock(process);
            Recover(warm, studio, recovery, bytes);
            runs.Add(warm);
        }
        Print(photo, cold, runs, table);
    }

    private static void Recover(Clock clock, Studio studio, PersonRecovery recovery, byte[] bytes)
    {
        Photo photo = clock.Time("photo", () => PhotoReader.Read(new MemoryStream(bytes), "photo.jpg"));
        clock.Time("pyramid", () => new PhotoPyramid(photo));
        IReadOnlyList<PersonLook> people = clock.Time("looks", () => recovery.Finder.FindAll(photo));
        FitResult result = clock.Time("fit", () => recovery.Fit(photo, people[0]));
        clock.Time("matte", () => studio.FindMatte(photo, result.Person));
        PersonLook fine = clock.Time("— parts", () => recovery.Finder.WithFineMatte(photo, result.Person.Look!));
        clock.Time("— edges", () => new BodySeededMatting().Segment(photo, () => BodySeededMatting.MatteOf(fine, photo.Width, photo.Height), result.Person.Keypoints, fine));
    }

    private static void Print(Photo photo, Clock cold, List<Clock> runs, string? path)
    {
        var text = new StringBuilder("# Recover\n\n");
        text.AppendLine(CultureInfo.InvariantCulture, $"{Stopwatches.Machine()}, load {Stopwatches.Load()}; a photo of {photo.Width}×{photo.Height}. Cold: the process's first run. Warm: middle and fastest of {runs.Count} runs, and the processor time of the middle one, all threads together: what stays the same on a busy machine. Looks and matte have their pyramids in them; the sum counts no stage twice.");
        text.AppendLine().AppendLine("`dotnet run -c Release --project benchmarks/Impersonator.Benchmarks -- recover --photo FILE`").AppendLine();
        text.AppendLine("| stage | cold, ms | processor, ms | warm, ms | fastest, ms | processor, ms |").AppendLine("|---|---|---|---|---|---|");
        foreach (string stage in Stages) Row(stage, clock => clock.Of(stage));
        Row("sum", clock => Stages.Where(s => s != "pyramid" && s[0] != '—').Select(clock.Of).Aggregate((a, b) => (a.Wall + b.Wall, a.Busy + b.Busy)));
        using var process = Process.GetCurrentProcess();
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Peak memory {process.PeakWorkingSet64 / 1048576} MiB.");
        if (path is not null) File.WriteAllText(path, text.ToString());
        Console.Write(text);

        void Row(string name, Func<Clock, (double Wall, double Busy)> of)
        {
            double[] walls = [.. runs.Select(r => of(r).Wall).Order()], busy = [.. runs.Select(r => of(r).Busy).Order()];
            text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {of(cold).Wall:F0} | {of(cold).Busy:F0} | {walls[walls.Length / 2]:F0} | {walls[0]:F0} | {busy[busy.Length / 2]:F0} |");
        }
    }

    private sealed class Clock(Process process)
    {
        private readonly Dictionary<string, (double Wall, double Busy)> _stages = [];

        public T Time<T>(string stage, Func<T> action)
        {
            process.Refresh();
            TimeSpan before = process.TotalProcessorTime;
            long start = Stopwatch.GetTimestamp();
            T result = action();
            double wall = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            process.Refresh();
            _stages[stage] = (wall, (process.TotalProcessorTime - before).TotalMilliseconds);
            return result;
        }

        public (double Wall, double Busy) Of(string stage) => _stages.GetValueOrDefault(stage);
    }
}
