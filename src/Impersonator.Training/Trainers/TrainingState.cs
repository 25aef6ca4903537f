using System.Globalization;
using Impersonator.Files;
using Impersonator.Networks;
using Impersonator.Torch;
using static TorchSharp.torch;

namespace Impersonator.Training.Trainers;

/// <summary>All that a training run needs to go on as if it had not stopped; a file of its own, four times as large as the weights.</summary>
internal static class TrainingState
{
    private const string Kind = "training-state";

    /// <summary>What was done before.</summary>
    /// <param name="Minutes">Minutes trained.</param>
    /// <param name="Painted">Samples painted: where seeds go on.</param>
    public readonly record struct Progress(double Minutes, long Painted);

    /// <summary>Writes the state.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, TorchEngine engine, FlatAdamW optimizer, Progress progress)
    {
        var builder = new SafetensorsBuilder();
        builder.Add("kind", Kind).Add("steps", Text(optimizer.Steps)).Add("minutes", Text(progress.Minutes)).Add("painted", Text(progress.Painted));
        foreach ((string name, Tensor tensor) in Tensors(engine, optimizer))
        {
            float[] values = TorchEngine.Floats(tensor);
            builder.Add<float>(name, values, values.Length);
        }
        using OutputFile file = OutputFile.Create(path);
        builder.Write(file.Stream);
        file.Complete();
    }

    /// <summary>Goes on from a state, or from weights alone (the optimiser then starts anew).</summary>
    /// <exception cref="InputException">Neither, or of another network.</exception>
    public static Progress Read(string path, TorchEngine engine, FlatAdamW optimizer, Action<string> log)
    {
        Safetensors file = Safetensors.Read(path, InputLimits.Default with { MaxFileBytes = 1L << 30 });
        using var quiet = no_grad();
        if (file.Metadata.GetValueOrDefault("kind") != Kind)
        {
            IReadOnlyList<string> missing = engine.Load(Weights.Read(path));
            optimizer.Average.copy_(engine.Parameters);
            log(missing.Count == 0 ? $"weights of {Path.GetFileName(path)}" : $"weights of {Path.GetFileName(path)}, which lacks {missing.Count} arrays: {string.Join(", ", missing.Take(4))} …");
            return default;
        }
        foreach ((string name, Tensor tensor) in Tensors(engine, optimizer))
        {
            float[] values = file.Get<float>(name);
            if (values.Length != tensor.numel()) throw new InputException($"{path}: {name} has {values.Length} values, the network {tensor.numel()}; it is the state of another network.");
            tensor.copy_(TorchSharp.torch.tensor(values));
        }
        optimizer.Steps = int.Parse(file.Metadata["steps"], CultureInfo.InvariantCulture);
        var progress = new Progress(double.Parse(file.Metadata["minutes"], CultureInfo.InvariantCulture), long.Parse(file.Metadata["painted"], CultureInfo.InvariantCulture));
        log($"goes on after {optimizer.Steps} steps, {progress.Minutes:F1} minutes");
        return progress;
    }

    private static (string Name, Tensor Values)[] Tensors(TorchEngine engine, FlatAdamW optimizer) =>
    [
        ("parameters", engine.Parameters), ("statistics", engine.Statistics), ("first", optimizer.First), ("second", optimizer.Second), ("average", optimizer.Average),
    ];

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
