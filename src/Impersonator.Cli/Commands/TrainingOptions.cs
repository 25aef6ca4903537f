using System.CommandLine;
using Impersonator.Files;
using Impersonator.Torch;
using Impersonator.Training.Synthesis;
using Impersonator.Training.Trainers;

namespace Impersonator.Cli.Commands;

/// <summary>Options that all networks' training has.</summary>
internal sealed class TrainingOptions
{
    private readonly Option<string?> _pack = new("--pack") { Description = "What people are painted from (impersonator synth pack). Default: plain naked bodies, to try things out." };
    private readonly Option<double> _minutes = new("--minutes") { Description = "Time for everything, files included.", Required = true };
    private readonly Option<double?> _plan = new("--plan") { Description = "Minutes of the whole schedule when this is one of several commands." };
    private readonly Option<string> _device = new("--device") { Description = "auto, cpu or cuda.", DefaultValueFactory = _ => "auto" };
    private readonly Option<string?> _torch = new("--torch") { Description = "Folder of libtorch. Default: the one beside the program, or Python's." };
    private readonly Option<string?> _resume = new("--resume") { Description = "Weights or state to go on from." };
    private readonly Option<string?> _state = new("--state") { Description = "File that receives the full state for a next command." };
    private readonly Option<int?> _steps = new("--steps") { Description = "Stop after so many steps if the time has not come before." };
    private readonly Option<bool> _half = new("--bf16") { Description = "Compute in bfloat16 on a processor, too." };
    private readonly Option<string> _output = new("--output", "-o") { Description = "Folder for weights, curve and samples.", Required = true };
    private readonly Option<int> _batch, _heldOut, _threads, _warmUp, _seed;
    private readonly Option<long> _pool, _first;
    private readonly Option<double> _rate;

    /// <param name="defaults">What holds where an option is not given.</param>
    /// <param name="size">Megabytes of a sample on the device.</param>
    public TrainingOptions(TrainerOptions defaults, double size = 0.54)
    {
        _batch = new("--batch") { Description = "Samples of a step.", DefaultValueFactory = _ => defaults.Batch };
        _pool = new("--pool") { Description = FormattableString.Invariant($"Samples kept on the device, {size} MB each."), DefaultValueFactory = _ => defaults.Pool };
        _first = new("--first") { Description = "Samples to wait for before the first step.", DefaultValueFactory = _ => defaults.First };
        _heldOut = new("--held-out") { Description = "Samples kept apart for figures.", DefaultValueFactory = _ => defaults.HeldOut };
        _threads = new("--threads") { Description = "Threads that paint.", DefaultValueFactory = _ => defaults.Threads };
        _rate = new("--rate") { Description = "Highest learning rate.", DefaultValueFactory = _ => defaults.Rate };
        _warmUp = new("--warm-up") { Description = "Steps until the rate is at its highest.", DefaultValueFactory = _ => defaults.WarmUp };
        _seed = new("--seed") { Description = "Of everything random.", DefaultValueFactory = _ => defaults.Seed };
    }

    /// <summary>Lets a command take them.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_pack, _minutes, _plan, _device, _torch, _resume, _state, _batch, _pool, _first, _heldOut, _threads, _rate, _warmUp, _steps, _seed, _half, _output])
            command.Options.Add(option);
    }

    /// <summary>Who paints single pictures, and where the network will live.</summary>
    /// <exception cref="InputException">An option cannot be, the pack or the device cannot be had.</exception>
    public (Func<IPainter> Painter, TorchDevice Device) Begin(ParseResult parsed)
    {
        (PeoplePack? people, TorchDevice device) = BeginPainting(parsed);
        return (people is null ? () => new NakedPainter() : () => new PersonPainter(people), device);
    }

    /// <summary>Who is painted (null = plain bodies), and where the network will live.</summary>
    /// <exception cref="InputException">An option cannot be, the pack or the device cannot be had.</exception>
    public (PeoplePack? People, TorchDevice Device) BeginPainting(ParseResult parsed)
    {
        if (parsed.GetValue(_minutes) <= 0 || parsed.GetValue(_batch) < 2 || parsed.GetValue(_threads) < 1)
            throw new InputException("Minutes must be more than 0, a batch at least 2, threads at least 1.");
        PeoplePack? people = parsed.GetValue(_pack) is { } pack ? PeoplePack.Load(pack) : null;
        return (people, TorchDevice.Choose(parsed.GetValue(_device)!, parsed.GetValue(_torch)));
    }

    /// <summary>A trainer's options with what was given.</summary>
    public T Fill<T>(ParseResult parsed, T options) where T : TrainerOptions => options with
    {
        Output = parsed.GetValue(_output)!,
        Minutes = parsed.GetValue(_minutes),
        PlannedMinutes = parsed.GetValue(_plan),
        Resume = parsed.GetValue(_resume),
        State = parsed.GetValue(_state),
        Batch = parsed.GetValue(_batch),
        Pool = parsed.GetValue(_pool),
        First = parsed.GetValue(_first),
        HeldOut = parsed.GetValue(_heldOut),
        Threads = parsed.GetValue(_threads),
        Rate = parsed.GetValue(_rate),
        WarmUp = parsed.GetValue(_warmUp),
        MostSteps = parsed.GetValue(_steps),
        Seed = parsed.GetValue(_seed),
        BFloat16 = parsed.GetValue(_half),
    };
}
