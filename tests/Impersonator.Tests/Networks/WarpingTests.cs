using Impersonator.Networks;

namespace Impersonator.Tests.Networks;

/// <summary>Known answers of the operations that liquid warping is made of, worked out by hand.</summary>
public sealed class WarpingTests
{
    private readonly GraphBuilder _g = new("warping");

    [Fact]
    public void GridSample_MinusOneToOne_AreCentresWithAlignedCornersAndEdgesWithout()
    {
        Value x = _g.Input("x", 1, 1, 4), grid = _g.Input("grid", 1, 5, 2);
        _g.Output("centres", _g.GridSample(x, grid, alignCorners: true));
        _g.Output("edges", _g.GridSample(x, grid));
        // Places −1, −1/3, 0, 1 and the "nothing" of a flow, in a row of four pixels: x = (place + 1) / 2 · 3, or ((place + 1) · 4 − 1) / 2.
        IReadOnlyDictionary<string, NetworkArray> y = Run(new() { ["x"] = new([2, 4, 6, 8], 1, 1, 1, 4), ["grid"] = new([-1, 0, -1 / 3f, 0, 0, 0, 1, 0, -2, 0], 1, 1, 5, 2) });
        Same([2, 4, 5, 8, 0], y["centres"].Values);
        // At the edges half of the weight lies outside, where there are zeros; −1/3 is pixel 5/6.
        Same([1, 2 + (2 * 5 / 6f), 5, 4, 0], y["edges"].Values);
    }

    [Fact]
    public void ResizeCorners_OutermostPixels_KeepTheirPlaces()
    {
        _g.Output("down", _g.ResizeCorners(_g.Input("x", 1, 1, 5), 1, 3));
        _g.Output("up", _g.ResizeCorners(_g.Input("y", 1, 2, 2), 3, 3));
        IReadOnlyDictionary<string, NetworkArray> y = Run(new() { ["x"] = new([1, 50, 7, 60, 3], 1, 1, 1, 5), ["y"] = new([0, 2, 4, 10], 1, 1, 2, 2) });
        Same([1, 7, 3], y["down"].Values);
        Same([0, 1, 2, 2, 4, 6, 4, 7, 10], y["up"].Values);
    }

    [Fact]
    public void ResizeFlow_NothingBesideSomething_IsMixed()
    {
        _g.Output("out", _g.ResizeFlow(_g.Input("flow", 1, 4, 2), 1, 3));
        // Columns 0, 1.5, 3 of four: the middle lies between a place and −2 and is not masked.
        IReadOnlyDictionary<string, NetworkArray> y = Run(new() { ["flow"] = new([0.5f, 0.25f, 0.5f, 0, -2, -2, -2, -2], 1, 1, 4, 2) });
        Same([0.5f, 0.25f, -0.75f, -1, -2, -2], y["out"].Values);
    }

    [Fact]
    public void ConvTranspose_OnePixel_LaysItsKernelDown()
    {
        Value x = _g.Input("x", 1, 2, 2);
        _g.Output("out", _g.ConvTranspose(x, "c", 1, kernel: 3, extra: 1));
        var weights = new Weights();
        weights.Set("c.kernel", [1, 1, 3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
        using var engine = new OnnxEngine(_g.Build(), weights, threads: 1);
        // Kernels are laid at (0, 0), (0, 2), (2, 0), (2, 2), then one row and one column are cut off at the start: 4×4 remain.
        NetworkArray y = engine.Run(new NetworkArray([1, 0, 0, 10], 1, 1, 2, 2))["out"];
        Assert.Equal([5, 6, 0, 0, 8, 9 + 10, 20, 30, 0, 40, 50, 60, 0, 70, 80, 90], y.Values);
    }

    [Fact]
    public void InstanceNorm_WithoutParameters_HasMeanZeroAndVarianceOneByN()
    {
        _g.Output("out", _g.InstanceNorm(_g.Input("x", 2, 1, 2)));
        NetworkArray y = Run(new() { ["x"] = new([1, 3, 100, 300], 1, 2, 1, 2) })["out"];
        Same([-1, 1, -1, 1], y.Values, 1e-4f);
    }

    [Fact]
    public void AttendWarped_OnePhoto_TakesItWhole()
    {
        // One photo has all the weight whatever the query says: scale and shift come from the value alone.
        Value x = _g.Input("x", 1, 1, 2), photo = _g.Input("photo", 1, 1, 2);
        _g.Output("out", _g.AttendWarped(x, [photo], "a", hidden: 1));
        Weights weights = Ones(_g.Build(), ["a.query", "a.key", "a.value", "a.spade.shared", "a.spade.gamma", "a.spade.beta"]);
        using var engine = new OnnxEngine(_g.Build(), weights, threads: 1);
        NetworkArray y = engine.Run(new Dictionary<string, NetworkArray> { ["x"] = new([1, 3], 1, 1, 1, 2), ["photo"] = new([2, 5], 1, 1, 1, 2) })["out"];
        // Centre taps of one, biases of zero: value = shared = γ = β = photo; norm(x) = ∓1: −(1 + 2) + 2 and (1 + 5) + 5.
        Same([-1, 11], y.Values, 1e-4f);
    }

    [Fact]
    public void AttendWarped_ManyPhotos_AreWeighedBySoftmaxAtEachPixel()
    {
        Value x = _g.Input("x", 1, 1, 2);
        _g.Output("out", _g.AttendWarped(x, [_g.Input("p", 1, 1, 2), _g.Input("q", 1, 1, 2)], "a", hidden: 1));
        Weights weights = Ones(_g.Build(), ["a.query", "a.key", "a.value", "a.spade.shared", "a.spade.gamma", "a.spade.beta"]);
        using var engine = new OnnxEngine(_g.Build(), weights, threads: 1);
        NetworkArray y = engine.Run(new Dictionary<string, NetworkArray> { ["x"] = new([0, 2], 1, 1, 1, 2), ["p"] = new([1, 2], 1, 1, 1, 2), ["q"] = new([3, 1], 1, 1, 1, 2) })["out"];
        // Pixel 0: query 0, both alike, mean 2. Pixel 1: scores 4 and 2.
        float w = 1 / (1 + MathF.Exp(-2)), mixed = (w * 2) + (1 - w);
        Same([-(1 + 2) + 2, 1 + mixed + mixed], y.Values, 1e-4f);
    }

    private IReadOnlyDictionary<string, NetworkArray> Run(Dictionary<string, NetworkArray> inputs)
    {
        using var engine = new OnnxEngine(_g.Build(), new Weights(), threads: 1);
        return engine.Run(inputs);
    }

    private static Weights Ones(Graph graph, string[] layers)
    {
        Assert.Equal(layers.SelectMany(layer => (string[])[layer + ".kernel", layer + ".bias"]).Order(StringComparer.Ordinal), graph.Parameters.Select(p => p.Name).Order(StringComparer.Ordinal));
        var weights = new Weights();
        foreach (Parameter parameter in graph.Parameters)
        {
            var values = new float[parameter.Count];
            if (parameter.Kind == ParameterKind.Kernel) values[parameter.Count / 2] = 1;
            weights.Set(parameter.Name, parameter.Shape, values);
        }
        return weights;
    }

    private static void Same(float[] expected, float[] actual, float tolerance = 1e-5f)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], tolerance * (1 + MathF.Abs(expected[i])));
    }
}
