using System.CommandLine;
using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Files.Checkpoints;
using Impersonator.Imaging;
using Impersonator.Motions;
using Impersonator.Networks;
using Impersonator.Networks.LiquidWarping;
using Impersonator.Recovery;
using Impersonator.Synthesis.LiquidWarping;

namespace Impersonator.Cli;

/// <summary>A published generator that draws instead of ours, and the body that it was trained with. The user brings both.</summary>
internal sealed class ModelArguments
{
    // SMPL's own files hold blend shapes in float64.
    private static readonly InputLimits BodyLimits = InputLimits.Default with { MaxFileBytes = 1L << 30, MaxUnpackedBytes = 2L << 30 };

    public Option<string?> Model { get; } = new("--model") { Description = "Draw with a published generator's weights, made by: impersonator import. Needs --smpl and --smpl-uv." };

    public Option<string?> Smpl { get; } = new("--smpl") { Description = "Body file of SMPL that you have a licence for, .npz or .pkl." };

    public Option<string?> SmplUv { get; } = new("--smpl-uv") { Description = "OBJ file with SMPL's texture coordinates." };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[Model, Smpl, SmplUv]) command.Add(option);
    }

    /// <summary>Whether a generator was named; what goes with it must not be named without it.</summary>
    /// <exception cref="InputException">A part is missing, or an option does not go with it.</exception>
    public bool IsGiven(ParseResult parsed, params ReadOnlySpan<Option> excluded)
    {
        bool smpl = parsed.GetValue(Smpl) is not null, uv = parsed.GetValue(SmplUv) is not null;
        if (parsed.GetValue(Model) is null) return smpl || uv ? throw new InputException("--smpl and --smpl-uv go with --model, which names the generator's weights; give it too.") : false;
        if (!smpl || !uv) throw new InputException("--model draws on the body that its network was trained with; give --smpl FILE (the body) and --smpl-uv FILE (an OBJ with its texture coordinates), too.");
        foreach (Option option in excluded)
            if (parsed.GetResult(option) is { Implicit: false }) throw new InputException($"{option.Name} does not go with --model; leave one of them out.");
        return true;
    }

    /// <summary>Everything read and the photo's person found on the generator's body.</summary>
    public WarpedShot Shot(ParseResult parsed, PhotoArguments arguments, Motion motion, WarpedShotOptions options, IProgress<StageProgress> progress, CancellationToken token)
    {
        const int Stages = 3;
        progress.Report(new StageProgress("Preparing", 0, Stages));
        string path = parsed.GetValue(Model)!;
        Weights weights = Weights.Read(path, Checkpoint.Limits);
        LiquidWarpingNetwork network = CheckpointImport.NetworkOf(weights, Path.GetFileName(path));
        BodyModel model = SmplImport.Read(parsed.GetValue(Smpl)!, BodyLimits);
        SmplUvMap uv = SmplUvMap.Read(parsed.GetValue(SmplUv)!, model.Template);
        progress.Report(new StageProgress("Preparing", 1, Stages));
        (Photo photo, Person person) = arguments.Person(Studio.Open(model), parsed, token);
        options = options with { Background = arguments.BackgroundImage(parsed) };
        progress.Report(new StageProgress("Preparing", 2, Stages));
        var shot = new WarpedShot(network, weights, photo, person, model.Create(person.Shape), uv, motion, options, token);
        progress.Report(new StageProgress("Preparing", Stages, Stages));
        return shot;
    }
}
