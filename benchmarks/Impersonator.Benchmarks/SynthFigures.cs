using System.Diagnostics;
using System.Globalization;
using System.Text;
using Impersonator.Training.Synthesis;

namespace Impersonator.Benchmarks;

/// <summary>How fast people are painted, every annotation included: the limit is 120 pictures of 256 × 256 a second and core.</summary>
internal static class SynthFigures
{
    private const int WarmUp = 80, Pictures = 480;

    public static void Run(string path, string? pack)
    {
        PeoplePack people = pack == null ? PeoplePack.CreateProcedural() : PeoplePack.Load(pack);
        var painter = new PersonPainter(people);
        string load = Stopwatches.Load();
        var table = new StringBuilder();
        table.AppendLine("# Synthetic people").AppendLine();
        table.AppendLine(CultureInfo.InvariantCulture, $"{Stopwatches.Machine()}. One thread, in processor time (other work does not count, but slows caches), over {Pictures} pictures with all annotations, four of a person. {(pack == null ? "Without a pack: plain clothes, noise for places." : "With a pack of all our assets.")}");
        table.AppendLine().AppendLine("`dotnet run -c Release --project benchmarks/Impersonator.Benchmarks -- synth [FILE.md [PACK]]`").AppendLine();
        table.AppendLine("| picture | pictures a second | limit |").AppendLine("|---|---|---|");
        foreach ((int size, string limit) in (ReadOnlySpan<(int, string)>)[(192, ""), (256, "120"), (288, "")])
        {
            var sample = new Sample(size);
            long seed = 0;
            for (int n = 0; n < WarmUp; n++) painter.Paint(seed++, sample);
            using var process = Process.GetCurrentProcess();
            TimeSpan before = process.TotalProcessorTime;
            for (int n = 0; n < Pictures; n++) painter.Paint(seed++, sample);
            process.Refresh();
            table.AppendLine(CultureInfo.InvariantCulture, $"| {size}×{size} | {Pictures / (process.TotalProcessorTime - before).TotalSeconds:0} | {limit} |");
        }
        table.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Processes that wanted to run, on average over a minute: {load} at the start, {Stopwatches.Load()} at the end (this one included).");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, table.ToString());
        Console.Write(table);
    }
}
