using Impersonator.Networks;
using Impersonator.Networks.LiquidWarping;

namespace Impersonator.Tests.Networks.LiquidWarping;

/// <summary>Both published generators, small, in both engines against a scalar program that follows the lists of layers: says that we built what the lists say.</summary>
/// <remarks>That the lists say what the originals are is shown by <see cref="PublishedParityTests"/>.</remarks>
public sealed class LiquidWarpingGanTests
{
    private const int Side = 16;
    private static readonly LiquidWarpingSize Small = new() { Picture = Side, Width = 3, Blocks = 2, Hidden = 5 };
    private readonly NetworkArray _known = Array("known", 4), _source = Array("source", 6), _other = Array("other", 6), _target = Array("target", 6);
    private readonly NetworkArray _flow = Flow("flow"), _otherFlow = Flow("other flow");

    public static TheoryData<string, bool> EnginesAndCorners => [.. NetworkRun.Engines.SelectMany(engine => (bool[])[true, false], (engine, corners) => (engine, corners))];

    [Theory]
    [MemberData(nameof(EnginesAndCorners))]
    public void Gan2019_EveryPath_AgreesWithScalarProgram(string engine, bool alignCorners)
    {
        var network = new LiquidWarpingGan2019(Small, alignCorners);
        Weights weights = FormulaWeights.Of(network);
        var scalar = new ScalarGan2019(Reader(network, weights), Small.Blocks, alignCorners);
        IReadOnlyDictionary<string, NetworkArray> forward = NetworkRun.In(engine, network.Forward(), weights,
            new() { ["known"] = _known, ["source"] = _source, ["target"] = _target, ["flow"] = _flow });
        Same(scalar.Background(Picture(_known)), forward["background"]);
        (ScalarPicture image, ScalarPicture mask) = scalar.SourcePicture(Picture(_source));
        Same(image, forward["source.image"]);
        Same(mask, forward["source.mask"]);
        (image, mask) = scalar.Transfer(Picture(_target), (Picture(_source), Picture(_flow)));
        Same(image, forward["image"]);
        Same(mask, forward["mask"]);
        Same(scalar.Background(Picture(_known)), NetworkRun.In(engine, network.Background(), weights, new() { ["known"] = _known })["background"]);
        (image, mask) = scalar.Transfer(Picture(_target), (Picture(_source), Picture(_flow)), (Picture(_other), Picture(_otherFlow)));
        IReadOnlyDictionary<string, NetworkArray> swap = Transfer(engine, network, weights, (_other, _otherFlow), (_source, _flow));
        Same(image, swap["image"]);
        Same(mask, swap["mask"]);
    }

    [Theory]
    [MemberData(nameof(EnginesAndCorners))]
    public void Gan2020_EveryPath_AgreesWithScalarProgram(string engine, bool alignCorners)
    {
        var network = new LiquidWarpingGan2020(Small, alignCorners);
        Weights weights = FormulaWeights.Of(network);
        var scalar = new ScalarGan2020(Reader(network, weights), Small.Blocks, alignCorners);
        Same(scalar.Background(Picture(_known)), NetworkRun.In(engine, network.Background(), weights, new() { ["known"] = _known })["background"]);
        (ScalarPicture image, ScalarPicture mask) = scalar.SourcePicture(Picture(_source));
        IReadOnlyDictionary<string, NetworkArray> source = NetworkRun.In(engine, network.Source(pictures: true), weights, new() { ["source"] = _source });
        Same(image, source["image"]);
        Same(mask, source["mask"]);
        foreach (var sources in ((NetworkArray, NetworkArray)[][])[[(_source, _flow)], [(_source, _flow), (_other, _otherFlow)]])
        {
            (image, mask) = scalar.Transfer(Picture(_target), [.. sources.Select(s => (Picture(s.Item1), Picture(s.Item2)))]);
            IReadOnlyDictionary<string, NetworkArray> frame = Transfer(engine, network, weights, sources);
            Same(image, frame["image"]);
            Same(mask, frame["mask"]);
        }
    }

    [Fact]
    public void Gan2019_CachedSource_GivesWhatForwardGives()
    {
        var network = new LiquidWarpingGan2019(Small);
        Weights weights = FormulaWeights.Of(network);
        IReadOnlyDictionary<string, NetworkArray> forward = NetworkRun.In("onnx", network.Forward(), weights,
            new() { ["known"] = _known, ["source"] = _source, ["target"] = _target, ["flow"] = _flow }), cached = Transfer("onnx", network, weights, (_source, _flow));
        Assert.True(NetworkRun.Distance(forward["image"].Values, cached["image"].Values) < 1e-5);
        Assert.True(NetworkRun.Distance(forward["mask"].Values, cached["mask"].Values) < 1e-5);
        // And the source matters at all.
        Assert.True(NetworkRun.Distance(forward["image"].Values, Transfer("onnx", network, weights, (_other, _flow))["image"].Values) > 0.01);
    }

    [Fact]
    public void Published_Sizes_AreThePublishedOnes()
    {
        var first = new LiquidWarpingGan2019();
        Assert.Equal(97_452_736, first.Parameters.Sum(p => (long)p.Count));
        Assert.Equal(194, first.Parameters.Length);
        Assert.Equal(31_445_184, first.Background().ParameterCount);
        Assert.Equal(33_003_776, first.Source(pictures: true).ParameterCount);
        Assert.Equal(52.79, first.Transfer().Multiplications / 1e9, 0.005);
        Assert.Equal(33.85, first.Source().Multiplications / 1e9, 0.005);
        Assert.Equal(37.68, first.Background().Multiplications / 1e9, 0.005);
        Assert.Equal(143.26, first.Forward().Multiplications / 1e9, 0.01);
        var second = new LiquidWarpingGan2020();
        Assert.Equal(36_276_992, second.Parameters.Sum(p => (long)p.Count));
        Assert.Equal(221, second.Parameters.Length);
    }

    [Fact]
    public void Constructor_SideThatCannotBeHalvedThrice_IsRefused()
        => Assert.Throws<ArgumentException>(() => new LiquidWarpingGan2019(new LiquidWarpingSize { Picture = 60 }));

    private static IReadOnlyDictionary<string, NetworkArray> Transfer(string engine, LiquidWarpingNetwork network, Weights weights, params (NetworkArray Source, NetworkArray Flow)[] sources)
    {
        var inputs = new Dictionary<string, NetworkArray> { ["target"] = Array("target", 6) };
        Graph encoder = network.Source();
        for (int j = 0; j < sources.Length; j++) inputs.AddSource(j, sources[j].Flow, NetworkRun.In(engine, encoder, weights, new() { ["source"] = sources[j].Source }));
        return NetworkRun.In(engine, network.Transfer(sources.Length), weights, inputs);
    }

    private static Func<string, float[]> Reader(LiquidWarpingNetwork network, Weights weights)
    {
        Dictionary<string, Parameter> byKey = network.Parameters.ToDictionary(network.KeyOf);
        return key => weights[byKey[key]].ToArray();
    }

    private static NetworkArray Array(string name, int channels) => new(FormulaWeights.Inputs(name, channels * Side * Side), 1, channels, Side, Side);

    // Places a little beyond the picture; nothing in the left third.
    private static NetworkArray Flow(string name)
    {
        float[] values = [.. FormulaWeights.Inputs(name, Side * Side * 2).Select((v, i) => i / 2 % Side < Side / 3 ? -2 : 1.2f * v)];
        return new(values, 1, Side, Side, 2);
    }

    private static ScalarPicture Picture(NetworkArray array) => array.Shape is [1, var h, var w, 2]
        ? ScalarPicture.Make(2, h, w, (c, y, x) => array.Values[(((y * w) + x) * 2) + c]) : new(array.Shape[1], array.Shape[2], array.Shape[3], array.Values.AsSpan());

    private static void Same(ScalarPicture expected, NetworkArray actual)
    {
        Assert.Equal([1, expected.Channels, expected.Height, expected.Width], actual.Shape);
        double distance = NetworkRun.Distance(System.Array.ConvertAll(expected.Values, v => (float)v), actual.Values);
        Assert.True(distance < 1e-4, $"off by {distance}");
        Assert.True(expected.Values.Max() - expected.Values.Min() > 0.01, "nothing to compare");
    }
}
