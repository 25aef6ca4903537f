using Impersonator.Networks;
using Impersonator.Torch;
using static TorchSharp.torch;

namespace Impersonator.Tests.Networks;

public sealed class FlatAdamWTests
{
    private readonly TorchDevice _cpu = TorchDevice.Choose("cpu");

    [Fact]
    public void Step_WithoutClipping_IsTorchsAdamW()
    {
        using TorchEngine engine = Engine();
        using var optimizer = new FlatAdamW(engine, new AdamWOptions { Clip = 0, Decay = 0.1, Beta2 = 0.98 });
        using var scope = NewDisposeScope();
        Tensor kernels = engine.Parameters.detach()[..(int)engine.KernelCount].clone().requires_grad_();
        Tensor vectors = engine.Parameters.detach()[(int)engine.KernelCount..].clone().requires_grad_();
        var decaying = optim.AdamW([new TorchSharp.Modules.Parameter(kernels)], lr: 0.01, beta1: 0.9, beta2: 0.98, eps: 1e-8, weight_decay: 0.1);
        var plain = optim.AdamW([new TorchSharp.Modules.Parameter(vectors)], lr: 0.01, beta1: 0.9, beta2: 0.98, eps: 1e-8, weight_decay: 0);
        Tensor scale = arange(1, engine.Parameters.numel() + 1, dtype: ScalarType.Float32);
        for (int i = 0; i < 5; i++)
        {
            (engine.Parameters.square() * scale).sum().backward();
            optimizer.Step(0.01);
            decaying.zero_grad();
            plain.zero_grad();
            Tensor reference = cat([.. decaying.parameters(), .. plain.parameters()]);
            (reference.square() * scale).sum().backward();
            decaying.step();
            plain.step();
        }
        float[] expected = TorchEngine.Floats(cat([.. decaying.parameters(), .. plain.parameters()])), actual = TorchEngine.Floats(engine.Parameters);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-6f);
    }

    [Fact]
    public void Step_LongGradient_IsScaledToTheLimit()
    {
        using TorchEngine engine = Engine();
        using var optimizer = new FlatAdamW(engine, new AdamWOptions { Clip = 2 });
        using var scope = NewDisposeScope();
        (engine.Parameters * 100).sum().backward();
        float length = optimizer.Step(0.01).item<float>();
        Assert.Equal(100 * MathF.Sqrt(engine.Parameters.numel()), length, 0.1f);
        // The first moment holds a tenth of the gradient that was let through.
        Assert.Equal(0.2f, optimizer.First.norm().item<float>(), 1e-4f);
    }

    [Fact]
    public void Step_GradientNotFinite_ChangesNoMoment()
    {
        using TorchEngine engine = Engine();
        using var optimizer = new FlatAdamW(engine, new AdamWOptions { Decay = 0 });
        using var scope = NewDisposeScope();
        float[] before = TorchEngine.Floats(engine.Parameters);
        (engine.Parameters * float.NaN).sum().backward();
        optimizer.Step(0.01);
        Assert.Equal(before, TorchEngine.Floats(engine.Parameters));
        Assert.Equal(0, optimizer.Second.norm().item<float>());
        Assert.Equal(0, engine.Parameters.grad!.norm().item<float>());
    }

    [Fact]
    public void Average_ManySteps_LagsBehindTheParameters()
    {
        using TorchEngine engine = Engine();
        using var optimizer = new FlatAdamW(engine, new AdamWOptions { Averaging = 0.9 });
        using var scope = NewDisposeScope();
        float start = engine.Parameters.norm().item<float>();
        for (int i = 0; i < 30; i++)
        {
            engine.Parameters.square().sum().backward();
            optimizer.Step(0.01);
        }
        Assert.InRange(optimizer.Average.norm().item<float>(), engine.Parameters.norm().item<float>(), start);
        Assert.Throws<InvalidOperationException>(() => { engine.Parameters.grad = null; optimizer.Step(0.01); });
    }

    private TorchEngine Engine()
    {
        Graph graph = OperationCases.Graph("conv stride bias");
        return new TorchEngine(graph, OperationCases.Weights(graph), _cpu);
    }
}
