using Impersonator.Networks;
using Impersonator.Tests.Networks.LiquidWarping;
using Impersonator.Torch;
using static TorchSharp.torch;

namespace Impersonator.Tests.Networks;

public sealed class DiscriminatorTests
{
    [Fact]
    public void Build_InputsAndOutputs_HaveTheShapesThatWereAgreed()
    {
        Graph graph = Discriminator.Build();
        Assert.Equal(["picture [3, 256, 256]", "condition [4, 256, 256]"], graph.Inputs.Select(i => $"{i}"));
        Assert.Equal(["features.0", "features.1", "features.2", "features.3", "score"], graph.Outputs.Select(o => o.Key));
        Assert.Equal([1, 32, 32], graph.Outputs[^1].Value.Shape);
        Assert.InRange(graph.ParameterCount, 1_000_000, 4_000_000);
    }

    [Fact]
    public void Features_OfAFarPixel_StayAndTheScoreNearItMoves()
    {
        Graph graph = Discriminator.Build(side: 128, width: 2);
        Weights weights = Weights.Initialise(graph, 1);
        IReadOnlyDictionary<string, NetworkArray> one = NetworkRun.In("onnx", graph, weights, Inputs(changed: false)), other = NetworkRun.In("onnx", graph, weights, Inputs(changed: true));
        float[] before = one["features.0"].Values, after = other["features.0"].Values;
        Assert.Equal(before[0], after[0]);
        Assert.NotEqual(before[^1], after[^1]);
        Assert.NotEqual(one["score"].Values[^1], other["score"].Values[^1]);
    }

    [Fact]
    public void Training_ToyPictures_AreToldApart()
    {
        Graph graph = Discriminator.Build(side: 32, width: 4);
        using var engine = new TorchEngine(graph, Weights.Initialise(graph, 1), TorchDevice.Choose("cpu"), TorchPrecision.BFloat16);
        using var optimiser = new FlatAdamW(engine, new AdamWOptions());
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        Tensor rough = rand([2, 3, 32, 32], generator: random), smooth = full(2, 3, 32, 32, 0.5f), condition = full(2, 4, 32, 32, 0.5f);
        float Gap(Tensor pictures) => engine.Forward(new Dictionary<string, Tensor> { ["picture"] = pictures, ["condition"] = condition }, training: true)["score"].mean().item<float>();
        for (int step = 0; step < 15; step++)
        {
            using var inner = NewDisposeScope();
            Tensor real = engine.Forward(new Dictionary<string, Tensor> { ["picture"] = rough, ["condition"] = condition }, training: true)["score"];
            Tensor made = engine.Forward(new Dictionary<string, Tensor> { ["picture"] = smooth, ["condition"] = condition }, training: true)["score"];
            ((1 - real).relu().mean() + (1 + made).relu().mean()).backward();
            optimiser.Step(3e-3);
        }
        Assert.True(Gap(rough) - Gap(smooth) > 0.5f);
    }

    private static Dictionary<string, NetworkArray> Inputs(bool changed)
    {
        float[] picture = [.. Enumerable.Range(0, 3 * 128 * 128).Select(i => 0.5f + (0.5f * MathF.Sin(i * 0.01f)))];
        if (changed) picture[^1] = 5;
        return new() { ["picture"] = new(picture, 1, 3, 128, 128), ["condition"] = new(new float[4 * 128 * 128], 1, 4, 128, 128) };
    }
}
