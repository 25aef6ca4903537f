using Impersonator.Bodies;
using Impersonator.Networks;
using Impersonator.Tests.Networks.LiquidWarping;
using Impersonator.Training.Synthesis;

namespace Impersonator.Tests.Networks;

public sealed class PersonNetTests
{
    internal static readonly PersonNetSize Toy = new()
    {
        Picture = 64,
        Half = 8,
        Quarter = 8,
        Eighth = 16,
        EighthBlocks = 1,
        Sixteenth = 16,
        SixteenthBlocks = 1,
        Transformers = 1,
        BackSixteenth = 16,
        BackEighth = 16,
        BackQuarter = 16,
        BackHalf = 8,
    };

    [Fact]
    public void Build_DefaultSize_StaysInItsBudget()
    {
        Graph graph = PersonNet.Build();
        Assert.InRange(graph.ParameterCount, 6_000_000, 7_000_000);
        Assert.InRange(2 * graph.Multiplications, 5_000_000_000, 6_000_000_000);
    }

    [Fact]
    public void Build_Outputs_HaveTheShapesThatWereAgreed()
    {
        Dictionary<string, int[]> shapes = PersonNet.Build().Outputs.ToDictionary(o => o.Key, o => o.Value.Shape.ToArray());
        Assert.Equal([33, 64, 64], shapes["heat"]);
        Assert.Equal([33], shapes["scale"]);
        Assert.Equal([33], shapes["inside"]);
        Assert.Equal([1, 128, 128], shapes["matte"]);
        Assert.Equal([15, 64, 64], shapes["parts"]);
        Assert.Equal([3, 64, 64], shapes["surface"]);
        Assert.Equal([1, 64, 64], shapes["depth"]);
    }

    [Fact]
    public void Mirror_Tables_AgreeWithThePainters()
    {
        Assert.Equal(Keypoints33.Count, PersonNet.KeypointCount);
        Assert.Equal<int>(Keypoints33.Mirror, PersonNet.Mirror);
        Assert.All(Enum.GetValues<BodyPart>(), p => Assert.Equal(
            p.ToString().Replace("Left", "Right"), Enum.GetName((BodyPart)Math.Max((int)p, PersonNet.MirrorParts[(int)p]))));
    }

    [Fact]
    public void Run_ToyOnOnnx_GivesFiniteNumbers()
    {
        Graph graph = PersonNet.Build(Toy);
        using var engine = new OnnxEngine(graph, Weights.Initialise(graph, seed: 1));
        var picture = new NetworkArray([.. Enumerable.Range(0, 3 * 64 * 64).Select(i => MathF.Sin(i * 0.01f))], 1, 3, 64, 64);
        IReadOnlyDictionary<string, NetworkArray> outputs = engine.Run(picture);
        Assert.Equal([1, 33, 16, 16], outputs["heat"].Shape);
        Assert.All(outputs.Values, o => Assert.All(o.Values, v => Assert.True(float.IsFinite(v))));
    }

    [Fact]
    public void Features_OfTheWholeNetworksWeights_AreItsEncoder()
    {
        Graph whole = PersonNet.Build(Toy), features = PersonNet.Features(Toy);
        Assert.Equal(whole.Parameters.Take(features.Parameters.Length).Select(p => p.Name), features.Parameters.Select(p => p.Name));
        // The weights of the whole network fit as they are, in either engine.
        Weights weights = Weights.Initialise(whole, seed: 1);
        var picture = new NetworkArray([.. Enumerable.Range(0, 3 * 64 * 64).Select(i => MathF.Sin(i * 0.01f))], 1, 3, 64, 64);
        foreach (string engine in NetworkRun.Engines)
        {
            IReadOnlyDictionary<string, NetworkArray> y = NetworkRun.In(engine, features, weights, new() { ["picture"] = picture });
            Assert.Equal(["1, 8, 32, 32", "1, 8, 16, 16", "1, 16, 8, 8"], ((string[])["half", "quarter", "eighth"]).Select(name => string.Join(", ", y[name].Shape)));
        }
    }

    [Fact]
    public void Features_DefaultSize_TakeTheShippedWeights()
    {
        Weights shipped = Weights.ReadShipped("person-net");
        Assert.All(PersonNet.Features().Parameters, p => Assert.True(shipped.TryGet(p, out _), p.Name));
    }
}
