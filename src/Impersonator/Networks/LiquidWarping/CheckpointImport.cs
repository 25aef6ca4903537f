using Impersonator.Files;
using Impersonator.Files.Checkpoints;

namespace Impersonator.Networks.LiquidWarping;

/// <summary>Tells which published generator a PyTorch checkpoint is of and takes its weights over.</summary>
public static class CheckpointImport
{
    private const string Word = "network", Wanted = "give a generator: net_epoch_…_id_G.pth (2019), AttLWB-SPADE_id_G_….pth or personalized.pth (2020)";
    private static readonly (string Prefix, string What)[] Foreign =
    [
        ("regressor.", "HMR, the body recovery of 2019"),
        ("coarse_net.", "the inpainter that fills backgrounds"),
        ("global_model.", "the discriminators of 2019"),
        ("model.0.", "a discriminator"),
        ("fc5.", "the face network of a loss"),
        ("features.", "the VGG network of a loss"),
    ];

    /// <summary>The generators that are known.</summary>
    public static IReadOnlyList<LiquidWarpingNetwork> Known => [new LiquidWarpingGan2019(), new LiquidWarpingGan2020()];

    /// <summary>Reads a checkpoint without executing anything.</summary>
    /// <exception cref="InputException">The file is damaged, unsafe, of a network that is not known, or its tensors do not fit.</exception>
    public static ImportedNetwork Read(string path) => From(Checkpoint.Read(path), Known);

    /// <summary>The generator that imported weights are of.</summary>
    /// <param name="weights">Written by the import.</param>
    /// <param name="path">What messages call them.</param>
    /// <param name="size">Side of the pictures that it will be given.</param>
    /// <exception cref="InputException">They are of another network.</exception>
    public static LiquidWarpingNetwork NetworkOf(Weights weights, string path, LiquidWarpingSize? size = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        LiquidWarpingNetwork[] known = [new LiquidWarpingGan2019(size), new LiquidWarpingGan2020(size)];
        return weights.Words.TryGetValue(Word, out string? name) && Array.Find(known, network => network.Name == name) is { } found ? found
            : throw new InputException($"{path}: holds no weights of {string.Join(" or ", known.Select(network => network.Name))}; make them by: impersonator import CHECKPOINT.pth.");
    }

    internal static ImportedNetwork From(Checkpoint checkpoint, IReadOnlyList<LiquidWarpingNetwork> known)
    {
        LiquidWarpingNetwork network = known.MaxBy(candidate => Share(checkpoint, candidate))!;
        if (Share(checkpoint, network) < 0.5) throw Unknown(checkpoint);
        var weights = new Weights();
        weights.Words[Word] = network.Name;
        weights.Words["source"] = checkpoint.FileName;
        var keys = new HashSet<string>();
        var elements = new SortedSet<string>(StringComparer.Ordinal);
        string[] missing = [.. network.Parameters.Select(network.KeyOf).Where(key => !checkpoint.Tensors.ContainsKey(key))];
        if (missing.Length > 0) throw Bad($"looks like {network.Name} but lacks {missing.Length} of its {network.Parameters.Length} tensors, e.g. {missing[0]}; it is of another version of that network");
        foreach (Parameter parameter in network.Parameters)
        {
            string key = network.KeyOf(parameter);
            CheckpointTensor tensor = checkpoint.Tensors[key];
            keys.Add(key);
            if (!tensor.Shape.SequenceEqual(parameter.Shape)) throw Bad($"{key} is {string.Join('×', tensor.Shape)}, {network.Name} has {string.Join('×', parameter.Shape)}; it is of another version of that network");
            if (!tensor.IsFloating) throw Bad($"{key} holds {tensor.Element}, weights are floating-point numbers; save the network before it is quantised");
            float[] values = tensor.ToSingles();
            if (Array.FindIndex(values, v => !float.IsFinite(v)) is >= 0 and var at) throw Bad($"{key} holds {values[at]} at {at}; its training failed, take an earlier epoch");
            weights.Set(parameter.Name, parameter.Shape, values);
            elements.Add(tensor.Element);
        }
        return new ImportedNetwork(network, weights, [.. elements], [.. checkpoint.Tensors.Keys.Where(key => !keys.Contains(key)).Order(StringComparer.Ordinal)]);

        CheckpointFormatException Bad(string what) => new($"{checkpoint.FileName}: {what}.");
    }

    private static double Share(Checkpoint checkpoint, LiquidWarpingNetwork network) => network.Parameters.Average(p => checkpoint.Tensors.ContainsKey(network.KeyOf(p)) ? 1.0 : 0);

    private static CheckpointFormatException Unknown(Checkpoint checkpoint)
    {
        string? what = Array.Find(Foreign, f => checkpoint.Tensors.Keys.Any(key => key.StartsWith(f.Prefix, StringComparison.Ordinal))).What;
        string found = what is not null ? $"holds {what}" : $"holds a network that is not known (its first tensor is {PickleSource.Shown(checkpoint.Tensors.Keys.First())})";
        return new($"{checkpoint.FileName}: {found}; {Wanted}.");
    }
}
