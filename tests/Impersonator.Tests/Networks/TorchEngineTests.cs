using Impersonator.Networks;
using Impersonator.Torch;
using static TorchSharp.torch;

namespace Impersonator.Tests.Networks;

public sealed class TorchEngineTests
{
    private readonly TorchDevice _cpu = TorchDevice.Choose("cpu");

    [Fact]
    public void ToWeights_OfWeights_GivesTheSameWeights()
    {
        Graph graph = OperationCases.Graph("batch norm folded");
        Weights weights = OperationCases.Weights(graph);
        using var engine = new TorchEngine(graph, weights, _cpu);
        Weights again = engine.ToWeights();
        foreach (Parameter parameter in graph.Parameters) Assert.Equal(weights[parameter].ToArray(), again[parameter].ToArray());
    }

    [Fact]
    public void Load_OfAnotherNetwork_KeepsWhatIsMissingAndNamesIt()
    {
        Graph graph = OperationCases.Graph("batch norm folded");
        using var engine = new TorchEngine(graph, OperationCases.Weights(graph), _cpu);
        Weights before = engine.ToWeights(), other = new();
        other.Set("c.bias", [5], [1, 2, 3, 4, 5]);
        other.Set("c.kernel", [1], [1]);
        Assert.Equal(["c.kernel", "n.mean", "n.scale", "n.shift", "n.variance"], engine.Load(other).Order());
        Assert.Equal([1, 2, 3, 4, 5], engine.ToWeights()[graph.Parameters[1]].ToArray());
        Assert.Equal(before[graph.Parameters[0]].ToArray(), engine.ToWeights()[graph.Parameters[0]].ToArray());
    }

    [Fact]
    public void Forward_Training_MovesStatisticsTowardsTheBatch()
    {
        var builder = new GraphBuilder("norm");
        builder.Output("out", builder.BatchNorm(builder.Input("x", 1, 4, 4), "n", momentum: 0.25f));
        Graph graph = builder.Build();
        using var engine = new TorchEngine(graph, Weights.Initialise(graph, 1), _cpu);
        using var scope = NewDisposeScope();
        var inputs = new Dictionary<string, Tensor> { ["x"] = full(2, 1, 4, 4, 8f) };
        engine.Forward(inputs, training: false);
        Assert.Equal([0, 1], TorchEngine.Floats(engine.Statistics));
        engine.Forward(inputs, training: true);
        // Mean 0 → 8, variance 1 → 0, a quarter of the way.
        Assert.Equal([2, 0.75f], TorchEngine.Floats(engine.Statistics));
    }

    [Fact]
    public void Forward_OtherParameters_UsesThem()
    {
        Graph graph = OperationCases.Graph("linear of tokens");
        using var engine = new TorchEngine(graph, OperationCases.Weights(graph), _cpu);
        using var scope = NewDisposeScope();
        var inputs = new Dictionary<string, Tensor> { ["x"] = ones(1, 6, 8) };
        Assert.Equal(0, engine.Forward(inputs, false, zeros_like(engine.Parameters))["out"].abs().sum().item<float>());
        Assert.NotEqual(0, engine.Forward(inputs, false)["out"].abs().sum().item<float>());
    }

    [Fact]
    public void Forward_BFloat16_StaysNearFloat32AndGivesFloat32()
    {
        Graph graph = OperationCases.Graph("transformer");
        Weights weights = OperationCases.Weights(graph);
        using var single = new TorchEngine(graph, weights, _cpu);
        using var half = new TorchEngine(graph, weights, _cpu, TorchPrecision.BFloat16);
        using var scope = NewDisposeScope();
        var inputs = new Dictionary<string, Tensor> { ["x"] = randn(2, 6, 8) };
        Tensor expected = single.Forward(inputs, false)["out"], actual = half.Forward(inputs, false)["out"];
        Assert.Equal(ScalarType.Float32, actual.dtype);
        Assert.InRange(((actual - expected).norm() / expected.norm()).item<float>(), 1e-6f, 0.02f);
    }

    [Fact]
    public void Forward_WrongShape_SaysWhatIsNeeded()
    {
        Graph graph = OperationCases.Graph("relu");
        using var engine = new TorchEngine(graph, new Weights(), _cpu);
        using var scope = NewDisposeScope();
        ArgumentException bad = Assert.Throws<ArgumentException>(() => engine.Forward(new Dictionary<string, Tensor> { ["x"] = ones(1, 4, 6, 8) }, false));
        Assert.Contains("x [4, 8, 6]", bad.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => engine.Forward(new Dictionary<string, Tensor>(), false));
    }
}
