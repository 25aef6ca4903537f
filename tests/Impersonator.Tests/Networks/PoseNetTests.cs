using System.Numerics;
using Impersonator.Networks;
using Impersonator.Torch;
using static TorchSharp.torch;

namespace Impersonator.Tests.Networks;

public sealed class PoseNetTests : Training.TorchTests
{
    internal static readonly PoseNetSize Toy = new() { Grid = 16, Half = 8, Quarter = 16, Eighth = 16, Width = 32, Heads = 4, Transformers = 2, Expansion = 2 };

    [Fact]
    public void Build_DefaultSize_StaysInItsBudget()
    {
        Graph graph = PoseNet.Build();
        Assert.InRange(graph.ParameterCount, 3_000_000, 5_000_000);
        Assert.InRange(2 * graph.Multiplications, 800_000_000, 1_300_000_000);
    }

    [Fact]
    public void Run_OnnxAndTorch_Agree()
    {
        Graph graph = PoseNet.Build(Toy);
        Weights weights = Weights.Initialise(graph, seed: 3);
        var random = new Random(1);
        NetworkArray Noise(params int[] shape) => new([.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => (float)((2 * random.NextDouble()) - 1))], shape);
        var inputs = new Dictionary<string, NetworkArray>
        {
            ["maps"] = Noise(2, PoseNet.MapChannels, Toy.Grid, Toy.Grid),
            ["points"] = Noise(2, PersonNet.KeypointCount, PoseNet.PointNumbers),
            ["lens"] = Noise(2, 2),
        };
        using var onnx = new OnnxEngine(graph, weights);
        using var torch = new TorchEngine(graph, weights, TorchDevice.Choose("cpu"));
        IReadOnlyDictionary<string, NetworkArray> one = onnx.Run(inputs);
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        IReadOnlyDictionary<string, Tensor> other = torch.Forward(inputs.ToDictionary(i => i.Key, i => tensor(i.Value.Values, [.. i.Value.Shape.Select(s => (long)s)])), training: false);
        Assert.Equal(["rotations", "spread", "error", "shape", "place"], one.Keys);
        foreach ((string name, NetworkArray values) in one)
        {
            float[] expected = TorchEngine.Floats(other[name]);
            Assert.Equal(expected.Length, values.Values.Length);
            Assert.All(expected.Zip(values.Values), v => Assert.Equal(v.First, v.Second, 1e-4f));
        }
    }

    [Fact]
    public void WritePoint_SaysPlacesInWavesHalfAsLongEach()
    {
        var numbers = new float[PoseNet.PointNumbers];
        PoseNet.WritePoint(new Vector2(0.25f, -0.5f), 9, 0.75f, 0.5f, numbers);
        Assert.Equal([0.25f, -0.5f, 4, 0.75f, 0.5f], numbers[..5]);
        Assert.Equal(MathF.Sin(MathF.PI / 4), numbers[5], 1e-6f);
        Assert.Equal(MathF.Cos(MathF.PI / 2), numbers[11], 1e-6f);
        Assert.Equal(MathF.Sin(-MathF.PI), numbers[16], 1e-6f);
    }
}
