using System.CommandLine;
using Impersonator.Motions;
using Impersonator.Recovery.Capture;

namespace Impersonator.Cli;

/// <summary>The motion and which part of it, the same for every verb that makes somebody move.</summary>
internal sealed class MotionArguments(bool required)
{
    public Option<string?> Motion { get; } = new("--motion", "-m") { Description = $"What to perform: {MotionSource.Kinds}.", Required = required };

    public Option<double> From { get; } = new("--from") { Description = "Start of the part of the motion to perform, seconds." };

    public Option<double?> To { get; } = new("--to") { Description = "Its end, seconds. Default: the motion's." };

    public Option<int?> Person { get; } = new("--motion-person") { Description = "Whose motion to take from a video of several people, from 0, largest first. Default: the largest." };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[Motion, From, To, Person]) command.Add(option);
    }

    /// <summary>The motion, or null if none is asked for.</summary>
    public Motion? Read(Studio studio, ParseResult parsed, IProgress<StageProgress> progress, bool quiet, CancellationToken token)
    {
        if (parsed.GetValue(Motion) is not { } source) return null;
        var options = new CaptureOptions { From = parsed.GetValue(From), To = parsed.GetValue(To), Person = parsed.GetValue(Person) };
        return MotionSource.Read(studio, source, options, progress, quiet ? _ => { } : Console.Error.WriteLine, token);
    }
}
