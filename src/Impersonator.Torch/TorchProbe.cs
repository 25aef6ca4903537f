using Impersonator.Networks;
using static TorchSharp.torch;

namespace Impersonator.Torch;

/// <summary>A tiny network trained for some steps: whether training works on a device at all.</summary>
public static class TorchProbe
{
    /// <summary>Trains.</summary>
    /// <param name="device">Where.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="seed">Seed of weights and data.</param>
    /// <returns>The loss at the first and at the last step.</returns>
    public static (float First, float Last) Train(TorchDevice device, int steps = 20, long seed = 1)
    {
        ArgumentNullException.ThrowIfNull(device);
        var builder = new GraphBuilder("probe");
        Value x = builder.Input("picture", 3, 32, 32);
        x = builder.Silu(builder.BatchNorm(builder.Conv(x, "stem", 16, stride: 2), "stem.norm"));
        x = builder.Add(x, builder.BatchNorm(builder.Conv(x, "block", 16), "block.norm", scale: 0.3f));
        x = builder.Transformer(builder.Tokens(builder.AveragePool(x, 4)), "attention", heads: 2);
        builder.Output("out", builder.Conv(builder.Resize(builder.Image(x, 4, 4), 8), "head", 1, kernel: 1, bias: true));
        Graph graph = builder.Build();

        using var engine = new TorchEngine(graph, Weights.Initialise(graph, seed), device);
        using var optimizer = new FlatAdamW(engine);
        using var scope = NewDisposeScope();
        // Numbers of our own: the task is the same on every device.
        var random = new Random((int)seed);
        var pixels = new float[8 * 3 * 32 * 32];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = random.NextSingle();
        Tensor picture = tensor(pixels, [8, 3, 32, 32]).to(device.Device);
        Tensor target = nn.functional.avg_pool2d(picture.mean([1], keepdim: true), 8, 8).repeat_interleave(8, 2).repeat_interleave(8, 3);
        float first = 0, last = 0;
        for (int step = 0; step < steps; step++)
        {
            using var inner = NewDisposeScope();
            Tensor output = engine.Forward(new Dictionary<string, Tensor> { ["picture"] = picture }, training: true)["out"];
            Tensor loss = (output - target).square().mean();
            loss.backward();
            optimizer.Step(3e-3);
            last = loss.item<float>();
            if (step == 0) first = last;
        }
        return (first, last);
    }
}
