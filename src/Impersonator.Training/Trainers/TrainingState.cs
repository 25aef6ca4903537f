using System.Globalization;
using Impersonator.Files;
using Impersonator.Networks;
using Impersonator.Torch;
using static TorchSharp.torch;

namespace Impersonator.Training.Trainers;

/// <summary>All that a training run needs to go on as if it had not stopped; a file of its own, four times as large as the weights in memory.</summary>
internal static class TrainingState
{
    private const string Kind = "training-state", Steps = "steps";

    /// <summary>What was done before.</summary>
    /// <param name="Minutes">Minutes trained.</param>
    /// <param name="Painted">Samples painted: where seeds go on.</param>
    public readonly record struct Progress(double Minutes, long Painted);

    /// <summary>A network that learns.</summary>
    /// <param name="Prefix">Of its arrays' names; none for the network that is trained.</param>
    /// <param name="Engine">The network.</param>
    /// <param name="Optimizer">Its optimiser.</param>
    public readonly record struct Learner(string Prefix, TorchEngine Engine, FlatAdamW Optimizer);

    /// <summary>Writes the state.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<Learner> learners, Progress progress)
    {
        var builder = new SafetensorsBuilder();
        builder.Add("kind", Kind).Add("minutes", Text(progress.Minutes)).Add("painted", Text(progress.Painted));
        foreach (Learner learner in learners)
        {
            builder.Add(learner.Prefix + Steps, Text(learner.Optimizer.Steps));
            foreach ((string name, Tensor tensor) in Tensors(learner))
            {
                float[] values = TorchEngine.Floats(tensor);
                builder.Add<float>(name, values, values.Length);
            }
        }
        using OutputFile file = OutputFile.Create(path);
        builder.Write(file.Stream);
        file.Complete();
    }

    /// <summary>Goes on from a state, or from weights alone: of the first learner, the others and all optimisers then start anew.</summary>
    /// <exception cref="InputException">Neither, or of another network.</exception>
    public static Progress Read(string path, ReadOnlySpan<Learner> learners, Action<string> log)
    {
        Safetensors file = Safetensors.Read(path, InputLimits.Default with { MaxFileBytes = 1L << 31 });
        using var quiet = no_grad();
        if (file.Metadata.GetValueOrDefault("kind") != Kind)
        {
            (_, TorchEngine engine, FlatAdamW optimizer) = learners[0];
            IReadOnlyList<string> missing = engine.Load(Weights.Read(path));
            optimizer.Average.copy_(engine.Parameters);
            log(missing.Count == 0 ? $"weights of {Path.GetFileName(path)}" : $"weights of {Path.GetFileName(path)}, which lacks {missing.Count} arrays: {string.Join(", ", missing.Take(4))} …");
            return default;
        }
        foreach (Learner learner in learners)
        {
            if (!file.Metadata.TryGetValue(learner.Prefix + Steps, out string? steps)) throw new InputException($"{path} knows nothing of the network {learner.Prefix.TrimEnd('.')}; it is the state of another training.");
            foreach ((string name, Tensor tensor) in Tensors(learner))
            {
                float[] values = file.Get<float>(name);
                if (values.Length != tensor.numel()) throw new InputException($"{path}: {name} has {values.Length} values, the network {tensor.numel()}; it is the state of another network.");
                tensor.copy_(TorchSharp.torch.tensor(values));
            }
            learner.Optimizer.Steps = int.Parse(steps, CultureInfo.InvariantCulture);
        }
        var progress = new Progress(double.Parse(file.Metadata["minutes"], CultureInfo.InvariantCulture), long.Parse(file.Metadata["painted"], CultureInfo.InvariantCulture));
        log($"goes on after {learners[0].Optimizer.Steps} steps, {progress.Minutes:F1} minutes");
        return progress;
    }

    private static (string Name, Tensor Values)[] Tensors(Learner learner) =>
    [
        (learner.Prefix + "parameters", learner.Engine.Parameters), (learner.Prefix + "statistics", learner.Engine.Statistics), (learner.Prefix + "first", learner.Optimizer.First),
        (learner.Prefix + "second", learner.Optimizer.Second), (learner.Prefix + "average", learner.Optimizer.Average),
    ];

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
