using System.CommandLine;
using Impersonator.Files;
using Impersonator.Torch;
using Impersonator.Training.Synthesis;
using Impersonator.Training.Trainers;

namespace Impersonator.Cli.Commands;

/// <summary><c>impersonator train</c>: trains the networks on painted people.</summary>
internal static class TrainCommand
{
    public static Command Create() => new("train", "Trains the networks on painted people, for those who build their own.") { Person() };

    private static Command Person()
    {
        var defaults = new PersonTrainerOptions { Output = "", Minutes = 1 };
        var pack = new Option<string?>("--pack") { Description = "What people are painted from (impersonator synth pack). Default: plain naked bodies, to try things out." };
        var minutes = new Option<double>("--minutes") { Description = "Time for everything, files included.", Required = true };
        var plan = new Option<double?>("--plan") { Description = "Minutes of the whole schedule when this is one of several commands." };
        var device = new Option<string>("--device") { Description = "auto, cpu or cuda.", DefaultValueFactory = _ => "auto" };
        var torch = new Option<string?>("--torch") { Description = "Folder of libtorch. Default: the one beside the program, or Python's." };
        var resume = new Option<string?>("--resume") { Description = "Weights or state to go on from." };
        var state = new Option<string?>("--state") { Description = "File that receives the full state for a next command." };
        var batch = new Option<int>("--batch") { Description = "Samples of a step.", DefaultValueFactory = _ => defaults.Batch };
        var pool = new Option<long>("--pool") { Description = "Samples kept on the device, 0.54 MB each.", DefaultValueFactory = _ => defaults.Pool };
        var first = new Option<long>("--first") { Description = "Samples to wait for before the first step.", DefaultValueFactory = _ => defaults.First };
        var heldOut = new Option<int>("--held-out") { Description = "Samples kept apart for figures.", DefaultValueFactory = _ => defaults.HeldOut };
        var threads = new Option<int>("--threads") { Description = "Threads that paint.", DefaultValueFactory = _ => defaults.Threads };
        var rate = new Option<double>("--rate") { Description = "Highest learning rate.", DefaultValueFactory = _ => defaults.Rate };
        var warmUp = new Option<int>("--warm-up") { Description = "Steps until the rate is at its highest.", DefaultValueFactory = _ => defaults.WarmUp };
        var steps = new Option<int?>("--steps") { Description = "Stop after so many steps if the time has not come before." };
        var seed = new Option<int>("--seed") { Description = "Of everything random.", DefaultValueFactory = _ => defaults.Seed };
        var half = new Option<bool>("--bf16") { Description = "Compute in bfloat16 on a processor, too." };
        var output = new Option<string>("--output", "-o") { Description = "Folder for weights, curve and samples.", Required = true };
        var command = new Command("person", "Trains PersonNet: picture to matte, parts, surface, depth and keypoints.")
        {
            pack, minutes, plan, device, torch, resume, state, batch, pool, first, heldOut, threads, rate, warmUp, steps, seed, half, output,
        };
        command.SetAction((parsed, token) =>
        {
            if (parsed.GetValue(minutes) <= 0 || parsed.GetValue(batch) < 2 || parsed.GetValue(threads) < 1)
                throw new InputException("Minutes must be more than 0, a batch at least 2, threads at least 1.");
            Func<IPainter> painter = Painter(parsed.GetValue(pack));
            TorchDevice taken = TorchDevice.Choose(parsed.GetValue(device)!, parsed.GetValue(torch));
            var options = new PersonTrainerOptions
            {
                Output = parsed.GetValue(output)!,
                Minutes = parsed.GetValue(minutes),
                PlannedMinutes = parsed.GetValue(plan),
                Resume = parsed.GetValue(resume),
                State = parsed.GetValue(state),
                Batch = parsed.GetValue(batch),
                Pool = parsed.GetValue(pool),
                First = parsed.GetValue(first),
                HeldOut = parsed.GetValue(heldOut),
                Threads = parsed.GetValue(threads),
                Rate = parsed.GetValue(rate),
                WarmUp = parsed.GetValue(warmUp),
                MostSteps = parsed.GetValue(steps),
                Seed = parsed.GetValue(seed),
                BFloat16 = parsed.GetValue(half),
            };
            PersonTrainer.Run(options, painter, taken, Console.WriteLine, token);
            return Task.FromResult(0);
        });
        return command;
    }

    private static Func<IPainter> Painter(string? pack)
    {
        if (pack is null) return () => new NakedPainter();
        PeoplePack people = PeoplePack.Load(pack);
        return () => new PersonPainter(people);
    }
}
