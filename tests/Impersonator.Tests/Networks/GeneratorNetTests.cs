using Impersonator.Networks;
using Impersonator.Tests.Networks.LiquidWarping;
using Impersonator.Torch;
using static TorchSharp.torch;

namespace Impersonator.Tests.Networks;

public sealed class GeneratorNetTests
{
    private const int Side = 32;

    public static TheoryData<FeatureMixing> Mixings => [.. Enum.GetValues<FeatureMixing>()];

    [Fact]
    public void Build_DefaultSize_StaysInItsBudget()
    {
        Assert.InRange(2 * GeneratorNet.Transfer().Multiplications, 4_000_000_000, 6_000_000_000);
        foreach (FeatureMixing mixing in (FeatureMixing[])[FeatureMixing.Sum, FeatureMixing.Attention])
        {
            Graph graph = GeneratorNet.Build(new GeneratorNetSize { Mixing = mixing });
            Assert.InRange(graph.ParameterCount, 5_000_000, 8_000_000);
            Assert.InRange(2 * graph.Multiplications, 6_000_000_000, 9_500_000_000);
        }
    }

    [Fact]
    public void Build_InputsAndOutputs_HaveTheShapesThatWereAgreed()
    {
        Assert.Equal(["photo [7, 256, 256]"], GeneratorNet.Source().Inputs.Select(i => $"{i}"));
        Assert.Equal(["features.2", "features.4", "features.8"], GeneratorNet.Source().Outputs.Select(o => o.Key));
        Assert.Equal(["32, 128, 128", "64, 64, 64", "128, 32, 32"], GeneratorNet.Source().Outputs.Select(o => string.Join(", ", o.Value.Shape)));
        Assert.Equal(
            ["frame [12, 256, 256]", "features.2.0 [32, 128, 128]", "features.4.0 [64, 64, 64]", "features.8.0 [128, 32, 32]", "flow.0 [128, 128, 2]"],
            GeneratorNet.Transfer().Inputs.Select(i => $"{i}"));
        Graph whole = GeneratorNet.Build(sources: 2);
        Assert.Equal(
            ["frame [12, 256, 256]", "photo.0 [7, 256, 256]", "flow.0 [128, 128, 2]", "photo.1 [7, 256, 256]", "flow.1 [128, 128, 2]"],
            whole.Inputs.Select(i => $"{i}"));
        foreach (Graph graph in (Graph[])[GeneratorNet.Transfer(), whole])
            Assert.Equal(["paint 3, 256, 256", "matte 1, 256, 256", "blend 1, 256, 256"], graph.Outputs.Select(o => $"{o.Key} {string.Join(", ", o.Value.Shape)}"));
    }

    [Theory]
    [MemberData(nameof(Mixings))]
    public void Parameters_OfTheThreeGraphs_AreTheSameHoweverManyPhotos(FeatureMixing mixing)
    {
        GeneratorNetSize size = Toy(mixing);
        string[] whole = Described(GeneratorNet.Build(size));
        Assert.Equal(whole, Described(GeneratorNet.Build(size, sources: 3)));
        string[] source = mixing == FeatureMixing.None ? [] : Described(GeneratorNet.Source(size));
        Assert.Equal(whole, source.Concat(Described(GeneratorNet.Transfer(size, sources: 2))).Order(StringComparer.Ordinal));

        static string[] Described(Graph graph) => [.. graph.Parameters.Select(p => $"{p.Name} {string.Join(", ", p.Shape)}").Order(StringComparer.Ordinal)];
    }

    [Theory]
    [InlineData(FeatureMixing.Sum, 1)]
    [InlineData(FeatureMixing.Sum, 2)]
    [InlineData(FeatureMixing.Attention, 1)]
    [InlineData(FeatureMixing.Attention, 2)]
    public void Transfer_OfSource_GivesWhatBuildGivesInBothEngines(FeatureMixing mixing, int sources)
    {
        GeneratorNetSize size = Toy(mixing);
        Graph whole = GeneratorNet.Build(size, sources), source = GeneratorNet.Source(size), transfer = GeneratorNet.Transfer(size, sources);
        Weights weights = Stirred(whole);
        Dictionary<string, NetworkArray> inputs = Inputs(whole);
        IReadOnlyDictionary<string, NetworkArray> expected = NetworkRun.In("onnx", whole, weights, inputs), torch = NetworkRun.In("torch", whole, weights, inputs);

        var parts = new Dictionary<string, NetworkArray> { ["frame"] = inputs["frame"] };
        for (int j = 0; j < sources; j++)
        {
            parts[$"flow.{j}"] = inputs[$"flow.{j}"];
            foreach ((string name, NetworkArray features) in NetworkRun.In("onnx", source, weights, new() { ["photo"] = inputs[$"photo.{j}"] })) parts[$"{name}.{j}"] = features;
        }
        IReadOnlyDictionary<string, NetworkArray> cached = NetworkRun.In("onnx", transfer, weights, parts);
        foreach ((string name, NetworkArray values) in expected)
        {
            Assert.InRange(NetworkRun.Distance(values.Values, cached[name].Values), 0, 1e-4);
            Assert.InRange(NetworkRun.Distance(values.Values, torch[name].Values), 0, 1e-4);
        }
        // And each photo matters at all.
        for (int j = 0; j < sources; j++)
        {
            var other = new Dictionary<string, NetworkArray>(inputs) { [$"photo.{j}"] = Pattern(9, [1, 7, Side, Side]) };
            Assert.True(NetworkRun.Distance(expected["paint"].Values, NetworkRun.In("onnx", whole, weights, other)["paint"].Values) > 1e-3);
        }
    }

    [Theory]
    [MemberData(nameof(Mixings))]
    public void Build_Untrained_IsTheMesh(FeatureMixing mixing)
    {
        Graph graph = GeneratorNet.Build(Toy(mixing));
        Dictionary<string, NetworkArray> inputs = Inputs(graph);
        float[] frame = inputs["frame"].Values;
        IReadOnlyDictionary<string, NetworkArray> y = NetworkRun.In("onnx", graph, Weights.Initialise(graph, 3), inputs);
        int pixels = Side * Side;
        for (int i = 0; i < pixels; i++)
        {
            float coverage = frame[(3 * pixels) + i], alpha = 1 / (1 + MathF.Exp(-y["matte"].Values[i])), kept = coverage / (1 + MathF.Exp(-y["blend"].Values[i]));
            Assert.Equal(coverage, alpha, 0.1f);
            if (coverage < 1) continue;
            Assert.InRange(kept, 0.75f, 0.97f);
            for (int c = 0; c < 3; c++)
            {
                float mesh = frame[(c * pixels) + i], paint = y["paint"].Values[(c * pixels) + i];
                Assert.Equal(mesh, (kept * mesh) + ((1 - kept) * paint), 0.15f);
            }
        }
    }

    [Theory]
    [InlineData(FeatureMixing.Sum)]
    [InlineData(FeatureMixing.Attention)]
    public void Build_FlowThatReachesNothing_HidesThePhoto(FeatureMixing mixing)
    {
        Graph graph = GeneratorNet.Build(Toy(mixing));
        Weights weights = Stirred(graph);
        Dictionary<string, NetworkArray> inputs = Inputs(graph);
        Array.Fill(inputs["flow.0"].Values, -2);
        float[] one = NetworkRun.In("onnx", graph, weights, inputs)["paint"].Values;
        inputs["photo.0"] = Pattern(9, [1, 7, Side, Side]);
        Assert.Equal(one, NetworkRun.In("onnx", graph, weights, inputs)["paint"].Values);
    }

    [Fact]
    public void Build_WithoutMixing_AsksForNoPhoto()
    {
        GeneratorNetSize size = Toy(FeatureMixing.None);
        Assert.Equal(["frame"], GeneratorNet.Build(size).Inputs.Select(i => i.Name));
        Assert.Throws<ArgumentException>(() => GeneratorNet.Source(size));
    }

    [Fact]
    public void Sum_SecondPhotoThatShowsNothing_ChangesNothing()
    {
        GeneratorNetSize size = Toy(FeatureMixing.Sum);
        Graph one = GeneratorNet.Build(size), two = GeneratorNet.Build(size, sources: 2);
        Weights weights = Stirred(one);
        Dictionary<string, NetworkArray> inputs = Inputs(two);
        Array.Fill(inputs["flow.1"].Values, -2);
        Assert.InRange(NetworkRun.Distance(NetworkRun.In("onnx", one, weights, inputs)["paint"].Values, NetworkRun.In("onnx", two, weights, inputs)["paint"].Values), 0, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Mixings))]
    public void Backward_Training_ReachesEveryParameter(FeatureMixing mixing)
    {
        Graph graph = GeneratorNet.Build(Toy(mixing));
        using var engine = new TorchEngine(graph, Stirred(graph), TorchDevice.Choose("cpu"));
        using var scope = NewDisposeScope();
        IReadOnlyDictionary<string, Tensor> y = engine.Forward(Tensors(Inputs(graph, batch: 2)), training: true);
        (y["paint"].square().sum() + y["matte"].square().sum() + y["blend"].square().sum()).backward();
        Tensor gradient = engine.Parameters.grad!;
        foreach ((Parameter parameter, long start) in Places(engine))
            Assert.True(gradient.narrow(0, start, parameter.Count).abs().max().item<float>() > 0, $"{parameter.Name} learns nothing");
    }

    [Theory]
    [InlineData(FeatureMixing.Sum)]
    [InlineData(FeatureMixing.Attention)]
    public void Forward_BFloat16_FindsPlacesAsExactlyAsFloat32(FeatureMixing mixing)
    {
        Graph graph = GeneratorNet.Build(Toy(mixing));
        Weights weights = Stirred(graph);
        TorchDevice cpu = TorchDevice.Choose("cpu");
        using var exact = new TorchEngine(graph, weights, cpu);
        using var rounded = new TorchEngine(graph, weights, cpu, TorchPrecision.BFloat16);
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        Dictionary<string, Tensor> inputs = Tensors(Inputs(graph));
        foreach ((string name, Tensor expected) in exact.Forward(inputs, training: false))
        {
            Tensor y = rounded.Forward(inputs, training: false)[name];
            Assert.Equal(ScalarType.Float32, y.dtype);
            Assert.InRange((y - expected).abs().mean().item<float>(), 0, 0.03f * expected.std().item<float>());
        }
    }

    [Fact]
    public void Forward_BFloat16_TrainsAToy()
    {
        Graph graph = GeneratorNet.Build(Toy(FeatureMixing.Attention));
        using var engine = new TorchEngine(graph, Weights.Initialise(graph, 1), TorchDevice.Choose("cpu"), TorchPrecision.BFloat16);
        using var optimiser = new FlatAdamW(engine, new AdamWOptions());
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> inputs = Tensors(Inputs(graph, batch: 2));
        Tensor truth = inputs["photo.0"].narrow(1, 0, 3).flip(3);
        var losses = new List<float>();
        for (int step = 0; step < 12; step++)
        {
            using var inner = NewDisposeScope();
            Tensor loss = (engine.Forward(inputs, training: true)["paint"] - truth).abs().mean();
            losses.Add(loss.item<float>());
            loss.backward();
            optimiser.Step(3e-3);
        }
        Assert.InRange(losses[^1], 0, 0.9f * losses[0]);
    }

    internal static GeneratorNetSize Toy(FeatureMixing mixing)
        => new() { Side = Side, Half = 8, Quarter = 12, Eighth = 16, EighthBlocks = 1, Sixteenth = 16, SixteenthBlocks = 1, Mixing = mixing };

    /// <summary>A photo, a frame whose mesh covers a disc, and a smooth flow over it with nothing around.</summary>
    internal static Dictionary<string, NetworkArray> Inputs(Graph graph, int batch = 1) => graph.Inputs.Select((input, k) =>
    {
        NetworkArray values = Pattern(k, [batch, .. input.Shape]);
        int rows = input.Shape[^2], columns = input.Shape[^1];
        if (input.Name == "frame")
        {
            for (int b = 0; b < batch; b++)
            {
                for (int i = 0; i < rows * columns; i++)
                {
                    int at = (b * 12 * rows * columns) + i;
                    bool covered = Math.Pow((i % columns) - (columns / 2), 2) + Math.Pow((i / columns) - (rows / 2), 2) < columns * columns / 9;
                    for (int c = 0; c < 3; c++) values.Values[at + (c * rows * columns)] *= covered ? 1 : 0;
                    values.Values[at + (3 * rows * columns)] = covered ? 1 : 0;
                }
            }
        }
        else if (input.Name.StartsWith("flow", StringComparison.Ordinal))
        {
            int half = input.Shape[0];
            for (int i = 0; i < values.Values.Length / 2; i++)
            {
                float x = ((i % half) + 0.3f) * 2 / half - 1, y = ((i / half % half) + 0.6f) * 2 / half - 1;
                bool reached = (x * x) + (y * y) < 0.6f;
                (values.Values[2 * i], values.Values[(2 * i) + 1]) = reached ? (0.1f - (0.8f * x), y + (0.1f * x)) : (-2, -2);
            }
        }
        return (input.Name, values);
    }).ToDictionary(p => p.Name, p => p.values);

    private static NetworkArray Pattern(int seed, int[] shape)
    {
        var values = new float[shape.Aggregate(1, (count, side) => count * side)];
        for (int i = 0; i < values.Length; i++) values[i] = 0.5f + (0.5f * MathF.Sin((i * (0.11f + (0.013f * seed))) + (i / 97)));
        return new NetworkArray(values, shape);
    }

    // Away from the small values it starts with, so that every path shows.
    private static Weights Stirred(Graph graph)
    {
        Weights start = Weights.Initialise(graph, 5), weights = new();
        foreach (Parameter parameter in graph.Parameters)
        {
            float[] values = start[parameter].ToArray();
            var random = new Random(parameter.Count);
            for (int i = 0; i < values.Length; i++) values[i] += parameter.Kind == ParameterKind.Kernel ? 0 : 0.2f * random.NextSingle();
            weights.Set(parameter.Name, parameter.Shape, values);
        }
        return weights;
    }

    private static Dictionary<string, Tensor> Tensors(Dictionary<string, NetworkArray> inputs)
        => inputs.ToDictionary(i => i.Key, i => tensor(i.Value.Values, Array.ConvertAll(i.Value.Shape, s => (long)s)));

    private static IEnumerable<(Parameter Parameter, long Start)> Places(TorchEngine engine)
    {
        long at = 0;
        foreach (Parameter parameter in engine.Graph.Parameters.Where(p => p.Kind != ParameterKind.Statistic).OrderBy(p => p.Kind))
        {
            yield return (parameter, at);
            at += parameter.Count;
        }
    }
}
