using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Training.Synthesis;
using Impersonator.Training.Synthesis.Pairs;

namespace Impersonator.Cli.Commands;

/// <summary><c>impersonator synth</c>: paints people to look at, measures how fast; <c>synth pack</c> gathers what they are painted from.</summary>
internal static class SynthCommand
{
    private const int Most = 4096, MostPairs = 24;

    public static Command Create()
    {
        var count = new Option<int>("-n") { Description = "Pictures.", DefaultValueFactory = _ => 64 };
        var output = new Option<string?>("-o") { Description = "Sheet to write (.png, .jpg, .webp)." };
        var pack = new Option<string?>("--pack") { Description = "Pack made by 'synth pack'; without one, plain people before noise." };
        var marked = new Option<bool>("--marked") { Description = "Draw what is known: matte, parts, keypoints, and surface coordinates beside." };
        var size = new Option<int>("--size") { Description = "Pixels a side of each picture.", DefaultValueFactory = _ => 256 };
        var seed = new Option<long>("--seed") { Description = "Seed of the first picture.", DefaultValueFactory = _ => 1 };
        var speed = new Option<bool>("--speed") { Description = "Measure pictures per second of one thread instead of writing." };
        var stride = new Option<int>("--stride") { Description = "Seeds from one picture to the next; 4 shows another person each time.", DefaultValueFactory = _ => 4 };
        var pairs = new Option<bool>("--pairs") { Description = "Paint photos with other frames of the same person, as the generator is trained on: mesh above, truth below." };
        var command = new Command("synth", "Paints synthetic people with everything known about them, as networks are trained on.") { count, output, pack, marked, size, seed, speed, stride, pairs, SynthPackCommand.Create() };
        command.SetAction((parsed, token) =>
        {
            int n = parsed.GetValue(count), side = parsed.GetValue(size);
            if (n is < 1 or > Most) throw new InputException($"-n {n}: 1 to {Most} pictures.");
            if (side is < 64 or > 2048) throw new InputException($"--size {side}: 64 to 2048 pixels.");
            PeoplePack people = parsed.GetValue(pack) is { } path ? PeoplePack.Load(path) : PeoplePack.CreateProcedural();
            long first = parsed.GetValue(seed);
            bool paired = parsed.GetValue(pairs);
            if (paired && n > MostPairs && !parsed.GetValue(speed)) throw new InputException($"-n {n}: 1 to {MostPairs} photos with --pairs.");
            if (parsed.GetValue(speed) && paired) MeasurePairs(people, n, first, token);
            else if (parsed.GetValue(speed)) Measure(new PersonPainter(people), n, side, first, token);
            else
            {
                string to = parsed.GetValue(output) ?? throw new InputException("synth: name the sheet to write with -o, e.g. -o sheet.png");
                ImageWriter.Write(to, paired ? PairSheet.Draw(new PairPainter(people), n, first, token)
                    : ContactSheet.Draw(new PersonPainter(people), n, side, first, parsed.GetValue(marked), token, parsed.GetValue(stride)));
            }
            return Task.FromResult(0);
        });
        return command;
    }

    private static void Measure(PersonPainter painter, int count, int size, long seed, CancellationToken token)
    {
        var sample = new Sample(size);
        // Warm: the compiler, and the bystanders of the pack.
        for (int n = 0; n < 40; n++) painter.Paint(seed - 40 + n, sample);
        Report(count, $"pictures of {size}×{size}", n => painter.Paint(seed + n, sample), token);
    }

    private static void MeasurePairs(PeoplePack people, int count, long seed, CancellationToken token)
    {
        const int Targets = 8, Warming = 6;
        (var painter, var sample) = (new PairPainter(people), new PairSample(Targets));
        for (int n = 0; n < Warming; n++) painter.Paint(seed - Warming + n, sample);
        Report(count, $"photos with {Targets} frames each", n => painter.Paint(seed + n, sample), token);
    }

    private static void Report(int count, string what, Action<int> paint, CancellationToken token)
    {
        using var process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        for (int n = 0; n < count; n++)
        {
            token.ThrowIfCancellationRequested();
            paint(n);
        }
        double wall = watch.Elapsed.TotalSeconds;
        process.Refresh();
        double busy = (process.TotalProcessorTime - before).TotalSeconds;
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} {what}: {count / busy:G3} per second of processor time, {count / wall:G3} per second by the clock"));
    }
}
