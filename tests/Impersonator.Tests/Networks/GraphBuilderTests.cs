using Impersonator.Networks;
using Impersonator.Tests.Networks.LiquidWarping;

namespace Impersonator.Tests.Networks;

public sealed class GraphBuilderTests
{
    private readonly GraphBuilder _g = new("test");

    [Fact]
    public void Conv_Counts_AreKernelTimesPlaces()
    {
        Value x = _g.Conv(_g.Input("x", 16, 32, 20), "c", 24, kernel: 3, stride: 2, groups: 4, bias: true);
        _g.Output("out", x);
        Graph graph = _g.Build();
        Assert.Equal([24, 16, 10], x.Shape);
        Assert.Equal((24 * 4 * 9) + 24, graph.ParameterCount);
        Assert.Equal(24L * 4 * 9 * 16 * 10, graph.Multiplications);
    }

    [Fact]
    public void ParameterCount_Statistics_DoNotCount()
    {
        _g.Output("out", _g.BatchNorm(_g.Input("x", 8, 4, 4), "n"));
        Graph graph = _g.Build();
        Assert.Equal(16, graph.ParameterCount);
        Assert.Equal(["n.scale", "n.shift", "n.mean", "n.variance"], graph.Parameters.Select(p => p.Name));
    }

    [Fact]
    public void Multiplications_LinearAndAttention_AreTheirMatrixProducts()
    {
        Value x = _g.Linear(_g.Input("x", 6, 8), "l", 4);
        _g.Output("out", _g.Attend(x, x, x, 2));
        // 6 tokens · 8 · 4, then scores 6 · 6 · 4 and their mixture, as much again.
        Assert.Equal((6 * 8 * 4) + (2 * 6 * 6 * 4), _g.Build().Multiplications);
    }

    [Fact]
    public void Names_TakenTwice_AreRefused()
    {
        Value x = _g.Input("x", 4, 8, 8);
        _g.Conv(x, "c", 4);
        Assert.Throws<ArgumentException>(() => _g.Conv(x, "c", 4));
        Assert.Throws<ArgumentException>(() => _g.Input("x", 1));
        _g.Output("out", x);
        Assert.Throws<ArgumentException>(() => _g.Output("out", x));
    }

    [Fact]
    public void Sharing_LayerOfTheSameName_HasTheSameParameters()
    {
        Value x = _g.Input("x", 1, 1, 1), y = _g.Input("y", 1, 1, 1);
        Value one = _g.BatchNorm(_g.Conv(x, "c", 1, kernel: 1), "n");
        _g.Sharing = true;
        _g.Output("sum", _g.Add(one, _g.Scale(_g.BatchNorm(_g.Conv(y, "c", 1, kernel: 1), "n"), 10)));
        Assert.Throws<ArgumentException>(() => _g.Conv(y, "c", 2, kernel: 1));
        Graph graph = _g.Build();
        Assert.Equal(["c.kernel", "n.scale", "n.shift", "n.mean", "n.variance"], graph.Parameters.Select(p => p.Name));
        Weights weights = Weights.Initialise(graph, 1);
        weights.Set("c.kernel", [1, 1, 1, 1], [3]);
        weights.Set("n.shift", [1], [1]);
        foreach (string engine in NetworkRun.Engines)
            Assert.Equal((6 + 1) + (10 * (15 + 1)), NetworkRun.In(engine, graph, weights, new() { ["x"] = new([2], 1, 1, 1, 1), ["y"] = new([5], 1, 1, 1, 1) })["sum"].Values[0], 0.01f);
    }

    [Fact]
    public void Build_WithoutOutput_IsRefused() => Assert.Throws<InvalidOperationException>(() => _g.Build());

    [Fact]
    public void Operations_ShapesThatDoNotFit_AreRefused()
    {
        Value x = _g.Input("x", 4, 8, 6), tokens = _g.Input("t", 6, 8), vector = _g.Input("v", 5);
        Action[] wrong =
        [
            () => _g.Conv(x, "a", 4, groups: 3), () => _g.Conv(x, "b", 4, kernel: 9, padding: 0), () => _g.Conv(tokens, "c", 4), () => _g.Conv(x, "d", 4, stride: 0),
            () => _g.GroupNorm(x, "e", 3), () => _g.Add(x, tokens), () => _g.Add(x, _g.Input("y", 3, 8, 6)), () => _g.Concat(x, _g.Input("z", 4, 8, 7)), () => _g.Concat(),
            () => _g.Slice(x, 2, 3), () => _g.Slice(x, -1, 2), () => _g.Slice(x, 0, 1, axis: 3), () => _g.Resize(x, 0.3f), () => _g.AveragePool(x, 4), () => _g.MaxPool(x, 9),
            () => _g.Mean(x), () => _g.Mean(x, 1, 1), () => _g.GridSample(x, x), () => _g.ResizeCorners(x, 0, 3), () => _g.ResizeCorners(tokens, 3, 3), () => _g.ConvTranspose(x, "f", 4, kernel: 3, extra: 2), () => _g.ConvTranspose(tokens, "h", 4), () => _g.AttendWarped(x, [], "i"), () => _g.MatMul(tokens, tokens), () => _g.Attend(tokens, tokens, tokens, 3),
            () => _g.Attend(tokens, tokens, vector, 1), () => _g.Reshape(x, 4, 8), () => _g.Transpose(x, 0, 1), () => _g.Transpose(x, 0, 1, 1), () => _g.PixelShuffle(x, 3), () => _g.Softmax(x, 3),
        ];
        foreach (Action action in wrong) Assert.ThrowsAny<ArgumentException>(action);
    }

    [Fact]
    public void TokensAndImage_ThereAndBack_IsTheSame()
    {
        _g.Output("out", _g.Image(_g.Tokens(_g.Input("x", 3, 4, 5)), 4, 5));
        Graph graph = _g.Build();
        using var engine = new OnnxEngine(graph, new Weights(), threads: 1);
        float[] values = [.. Enumerable.Range(0, 60)];
        Assert.Equal(values, engine.Run(new NetworkArray(values, 1, 3, 4, 5))["out"].Values);
    }

    [Fact]
    public void Resize_NearestAndBilinear_AreWhatTheyAre()
    {
        Value x = _g.Input("x", 1, 1, 2);
        _g.Output("near", _g.Resize(x, 2, Interpolation.Nearest));
        _g.Output("linear", _g.Resize(x, 2));
        using var engine = new OnnxEngine(_g.Build(), new Weights(), threads: 1);
        IReadOnlyDictionary<string, NetworkArray> outputs = engine.Run(new NetworkArray([0, 4], 1, 1, 1, 2));
        Assert.Equal([0, 0, 4, 4, 0, 0, 4, 4], outputs["near"].Values);
        Assert.Equal([0, 1, 3, 4, 0, 1, 3, 4], outputs["linear"].Values);
    }
}
