using System.Collections.Immutable;
using System.Numerics.Tensors;
using Impersonator.Files;

namespace Impersonator.Networks;

/// <summary>The numbers of a network: parameter name → array. A safetensors file on disk, floats in memory.</summary>
public sealed class Weights
{
    private const string ScalesEnding = ":scales", ShippedEnding = "-net.safetensors";
    private readonly Dictionary<string, (ImmutableArray<int> Shape, float[] Values)> _arrays = [];

    /// <summary>Words that travel with the weights: how they were trained, what they measured.</summary>
    public SortedDictionary<string, string> Words { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of the arrays.</summary>
    public IReadOnlyCollection<string> Names => _arrays.Keys;

    /// <summary>The values of a parameter.</summary>
    /// <exception cref="InputException">They are missing or of another shape.</exception>
    public ReadOnlySpan<float> this[Parameter parameter] => TryGet(parameter, out ReadOnlySpan<float> values) ? values
        : throw new InputException($"Weights: {parameter.Name} [{string.Join(", ", parameter.Shape)}] {(_arrays.ContainsKey(parameter.Name) ? "has another shape" : "is missing")}; they were made for another version of the network.");

    /// <summary>Whether a network finds all its parameters here, in its shapes.</summary>
    internal bool Fit(Graph graph) => graph.Parameters.All(parameter => TryGet(parameter, out _));

    /// <summary>How a new network starts.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    public static Weights Initialise(Graph graph, long seed)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var weights = new Weights();
        foreach (Parameter parameter in graph.Parameters)
        {
            var values = new float[parameter.Count];
            parameter.Initialiser.Fill(seed, parameter.Name, values);
            weights._arrays[parameter.Name] = (parameter.Shape, values);
        }
        return weights;
    }

    /// <summary>Names of the networks whose weights are inside the library, such as <c>person-net</c>.</summary>
    public static IReadOnlyList<string> Shipped { get; } = [.. typeof(Weights).Assembly.GetManifestResourceNames()
        .Where(name => name.EndsWith(ShippedEnding, StringComparison.Ordinal)).Select(name => name[..^ShippedEnding.Length] + "-net").Order(StringComparer.Ordinal)];

    /// <summary>Reads weights that are inside the library.</summary>
    /// <param name="network">One of <see cref="Shipped"/>.</param>
    /// <exception cref="InputException">The library was built without them.</exception>
    public static Weights ReadShipped(string network)
    {
        using Stream stream = typeof(Weights).Assembly.GetManifestResourceStream(network + ".safetensors")
            ?? throw new InputException($"This program was built without models/{network}.safetensors: give the joints yourself (--joints FILE), train the network (impersonator train) or take a release.");
        return Read(stream, network + ".safetensors");
    }

    /// <summary>The values of a parameter, if they are here and of its shape.</summary>
    public bool TryGet(Parameter parameter, out ReadOnlySpan<float> values)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        bool found = _arrays.TryGetValue(parameter.Name, out var array) && array.Shape.SequenceEqual(parameter.Shape);
        values = found ? array.Values : default;
        return found;
    }

    /// <summary>Sets an array, copied.</summary>
    /// <exception cref="ArgumentException">The values do not fill the shape.</exception>
    public void Set(string name, ImmutableArray<int> shape, ReadOnlySpan<float> values)
    {
        if (shape.Aggregate(1L, (count, side) => count * side) != values.Length) throw new ArgumentException($"{values.Length} values do not fill {name} [{string.Join(", ", shape)}].", nameof(values));
        _arrays[name] = (shape, values.ToArray());
    }

    /// <summary>Reads weights of any precision.</summary>
    /// <param name="path">A .safetensors file.</param>
    /// <param name="limits">What it may cost; imported networks need more than the default.</param>
    /// <exception cref="InputException">Not a sound file of weights.</exception>
    public static Weights Read(string path, InputLimits? limits = null) => From(Safetensors.Read(path, limits));

    /// <summary>Reads weights of any precision.</summary>
    /// <param name="stream">Knows its length.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="InputException">Not a sound file of weights.</exception>
    public static Weights Read(Stream stream, string name) => From(Safetensors.Read(stream, name));

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public void Write(string path, WeightPrecision precision)
    {
        using OutputFile file = OutputFile.Create(path);
        Write(file.Stream, precision);
        file.Complete();
    }

    /// <summary>Writes the weights, sorted by name. Arrays of two or more sides are kernels and take the precision; others stay float32.</summary>
    public void Write(Stream stream, WeightPrecision precision)
    {
        var file = new SafetensorsBuilder();
        foreach ((string key, string word) in Words) file.Add(key, word);
        foreach ((string name, (ImmutableArray<int> shape, float[] values)) in _arrays.OrderBy(array => array.Key, StringComparer.Ordinal))
        {
            WeightPrecision taken = shape.Length >= 2 ? precision : WeightPrecision.Single;
            if (taken == WeightPrecision.Single) file.Add<float>(name, values, shape.AsSpan());
            else if (taken == WeightPrecision.Half) file.Add<Half>(name, Array.ConvertAll(values, value => (Half)value), shape.AsSpan());
            else
            {
                (sbyte[] bytes, float[] scales) = Quantize(values, shape[0]);
                file.Add<sbyte>(name, bytes, shape.AsSpan()).Add<float>(name + ScalesEnding, scales, scales.Length);
            }
        }
        file.Write(stream);
    }

    private static Weights From(Safetensors file)
    {
        var weights = new Weights();
        foreach ((string key, string word) in file.Metadata) weights.Words[key] = word;
        foreach (string name in file.Names)
        {
            if (name.EndsWith(ScalesEnding, StringComparison.Ordinal)) continue;
            ImmutableArray<int> shape = [.. file.ShapeOf(name)];
            weights._arrays[name] = (shape, file.Contains(name + ScalesEnding) ? Dequantize(file, name, shape) : file.Holds<Half>(name) ? Widen(file.Get<Half>(name)) : file.Get<float>(name));
        }
        return weights;
    }

    private static float[] Widen(Half[] halves)
    {
        var floats = new float[halves.Length];
        TensorPrimitives.ConvertToSingle(halves, floats);
        return floats;
    }

    // Symmetric, one scale per first axis: value ≈ byte · scale.
    private static (sbyte[] Bytes, float[] Scales) Quantize(float[] values, int channels)
    {
        var bytes = new sbyte[values.Length];
        var scales = new float[channels];
        int size = values.Length / channels;
        for (int c = 0; c < channels; c++)
        {
            ReadOnlySpan<float> channel = values.AsSpan(c * size, size);
            scales[c] = MathF.Abs(TensorPrimitives.MaxMagnitude(channel)) / sbyte.MaxValue;
            if (scales[c] == 0) continue;
            for (int i = 0; i < size; i++) bytes[(c * size) + i] = (sbyte)MathF.Round(channel[i] / scales[c]);
        }
        return (bytes, scales);
    }

    private static float[] Dequantize(Safetensors file, string name, ImmutableArray<int> shape)
    {
        float[] scales = file.Get<float>(name + ScalesEnding), values = Array.ConvertAll(file.Get<sbyte>(name), b => (float)b);
        if (shape.Length == 0 || scales.Length != shape[0]) throw new InputException($"{name}: {scales.Length} scales for [{string.Join(", ", shape)}]; the file is damaged.");
        int size = values.Length / Math.Max(1, scales.Length);
        for (int c = 0; c < scales.Length; c++) TensorPrimitives.Multiply(values.AsSpan(c * size, size), scales[c], values.AsSpan(c * size, size));
        return values;
    }
}
