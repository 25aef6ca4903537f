using Impersonator.Networks;
using Impersonator.Networks.LiquidWarping;
using Impersonator.Torch;
using static TorchSharp.torch;

namespace Impersonator.Tests.Networks.LiquidWarping;

/// <summary>The generator of 2019 over the maps that ours is taught with.</summary>
public sealed class LiquidWarpingPairsTests
{
    private static readonly LiquidWarpingGan2019 Small = new(new LiquidWarpingSize { Picture = 32, Width = 4, Blocks = 2 }, alignCorners: false);

    public static TheoryData<LiquidWarpingKind> Kinds => [.. Enum.GetValues<LiquidWarpingKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Pairs_InputsAndOutputs_AreThoseOfGeneratorNet(LiquidWarpingKind kind)
    {
        Graph ours = GeneratorNet.Build(), theirs = new LiquidWarpingGan2019(alignCorners: false).Pairs(kind);
        Assert.Equal(ours.Outputs.Select(o => $"{o.Key} {string.Join(", ", o.Value.Shape)}"), theirs.Outputs.Select(o => $"{o.Key} {string.Join(", ", o.Value.Shape)}"));
        Assert.Subset(ours.Inputs.Select(i => $"{i}").ToHashSet(), theirs.Inputs.Select(i => $"{i}").ToHashSet());
    }

    [Fact]
    public void Pairs_Parameters_AreTheNetworksWithoutBackground()
    {
        string[] own = [.. Small.Pairs().Parameters.Select(p => $"{p.Name} {string.Join(", ", p.Shape)}").Order(StringComparer.Ordinal)];
        IEnumerable<Parameter> expected = Small.Source().Parameters.Concat(Small.Transfer().Parameters);
        Assert.Equal(expected.Select(p => $"{p.Name} {string.Join(", ", p.Shape)}").Order(StringComparer.Ordinal), own);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Pairs_InEitherEngine_GiveTheSameAndNeverTheMesh(LiquidWarpingKind kind)
    {
        Graph graph = Small.Pairs(kind);
        Weights weights = Weights.Initialise(graph, 4);
        Dictionary<string, NetworkArray> inputs = Inputs(graph, seen: 1);
        IReadOnlyDictionary<string, NetworkArray> onnx = NetworkRun.In("onnx", graph, weights, inputs), torch = NetworkRun.In("torch", graph, weights, inputs);
        foreach ((string name, NetworkArray values) in onnx) Assert.InRange(NetworkRun.Distance(values.Values, torch[name].Values), 0, 1e-3);
        Assert.All(onnx["blend"].Values, b => Assert.Equal(-20, b));
        Assert.All(onnx["paint"].Values, p => Assert.InRange(p, 0, 1));
    }

    [Theory]
    [InlineData(LiquidWarpingKind.Features, 0, false)]
    [InlineData(LiquidWarpingKind.Features, 1, true)]
    [InlineData(LiquidWarpingKind.Texture, 0, false)]
    [InlineData(LiquidWarpingKind.Texture, 1, true)]
    [InlineData(LiquidWarpingKind.Concatenation, 0, true)]
    public void Pairs_Photo_CountsWhereItIsSeen(LiquidWarpingKind kind, float seen, bool counts)
    {
        Graph graph = Small.Pairs(kind);
        Weights weights = Weights.Initialise(graph, 4);
        Dictionary<string, NetworkArray> inputs = Inputs(graph, seen);
        float[] before = NetworkRun.In("onnx", graph, weights, inputs)["paint"].Values;
        Array.Reverse(inputs["photo.0"].Values);
        Assert.Equal(counts, NetworkRun.Distance(before, NetworkRun.In("onnx", graph, weights, inputs)["paint"].Values) > 1e-5);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Pairs_BFloat16_LearnsEverywhere(LiquidWarpingKind kind)
    {
        Graph graph = Small.Pairs(kind);
        using var engine = new TorchEngine(graph, Weights.Initialise(graph, 4), TorchDevice.Choose("cpu"), TorchPrecision.BFloat16);
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> inputs = Inputs(graph, seen: 1).ToDictionary(i => i.Key, i => tensor(i.Value.Values, Array.ConvertAll(i.Value.Shape, s => (long)s)));
        IReadOnlyDictionary<string, Tensor> y = engine.Forward(inputs, training: true);
        (y["paint"].square().sum() + y["matte"].square().sum()).backward();
        Assert.True((engine.Parameters.grad! == 0).to_type(ScalarType.Float32).mean().item<float>() < 0.05f);
    }

    private static Dictionary<string, NetworkArray> Inputs(Graph graph, float seen)
    {
        Dictionary<string, NetworkArray> inputs = GeneratorNetTests.Inputs(graph);
        inputs["frame"].Values.AsSpan(10 * 32 * 32, 32 * 32).Fill(seen);
        return inputs;
    }
}
