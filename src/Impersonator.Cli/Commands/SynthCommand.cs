using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Training.Synthesis;

namespace Impersonator.Cli.Commands;

/// <summary><c>impersonator synth</c>: paints people to look at, measures how fast; <c>synth pack</c> gathers what they are painted from.</summary>
internal static class SynthCommand
{
    private const int Most = 4096;

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
        var command = new Command("synth", "Paints synthetic people with everything known about them, as networks are trained on.") { count, output, pack, marked, size, seed, speed, stride, SynthPackCommand.Create() };
        command.SetAction((parsed, token) =>
        {
            int n = parsed.GetValue(count), side = parsed.GetValue(size);
            if (n is < 1 or > Most) throw new InputException($"-n {n}: 1 to {Most} pictures.");
            if (side is < 64 or > 2048) throw new InputException($"--size {side}: 64 to 2048 pixels.");
            PeoplePack people = parsed.GetValue(pack) is { } path ? PeoplePack.Load(path) : PeoplePack.CreateProcedural();
            var painter = new PersonPainter(people);
            if (parsed.GetValue(speed)) Measure(painter, n, side, parsed.GetValue(seed), token);
            else
            {
                string to = parsed.GetValue(output) ?? throw new InputException("synth: name the sheet to write with -o, e.g. -o sheet.png");
                ImageWriter.Write(to, ContactSheet.Draw(painter, n, side, parsed.GetValue(seed), parsed.GetValue(marked), token, parsed.GetValue(stride)));
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
        using var process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        for (int n = 0; n < count; n++)
        {
            token.ThrowIfCancellationRequested();
            painter.Paint(seed + n, sample);
        }
        double wall = watch.Elapsed.TotalSeconds;
        process.Refresh();
        double busy = (process.TotalProcessorTime - before).TotalSeconds;
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} pictures of {size}×{size}: {count / busy:F0} per second of processor time, {count / wall:F0} per second by the clock"));
    }
}
