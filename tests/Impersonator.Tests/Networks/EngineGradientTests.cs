using Impersonator.Networks;
using Impersonator.Torch;
using static TorchSharp.torch;

namespace Impersonator.Tests.Networks;

/// <summary>Gradients through every operation, to its inputs and its parameters, against differences of its values, in float64.</summary>
public sealed class EngineGradientTests
{
    private const double Step = 1e-5;
    private readonly TorchDevice _cpu = TorchDevice.Choose("cpu");

    [Theory]
    [MemberData(nameof(OperationCases.Names), MemberType = typeof(OperationCases))]
    public void Backward_EveryOperation_AgreesWithDifferences(string name)
    {
        if (name == "stop gradient") return; // its own law below
        Graph graph = OperationCases.Graph(name);
        using var engine = new TorchEngine(graph, OperationCases.Weights(graph), _cpu, TorchPrecision.Double);
        using var scope = NewDisposeScope();
        using var random = new Generator(5); // of its own: other tests draw at the same time
        var inputs = OperationCases.Inputs(graph, 2).ToDictionary(i => i.Key, i => tensor(i.Value.Values, Array.ConvertAll(i.Value.Shape, s => (long)s)).to_type(ScalarType.Float64).requires_grad_());
        Tensor weighting = randn([2, graph.Outputs[^1].Value.Count], dtype: ScalarType.Float64, generator: random);
        foreach (bool training in (bool[])[false, true])
        {
            Tensor Loss() => (engine.Forward(inputs, training)["out"].flatten(1) * weighting).sum();
            Tensor[] leaves = engine.Parameters.numel() > 0 ? [engine.Parameters, .. inputs.Values] : [.. inputs.Values];
            foreach (Tensor leaf in leaves) leaf.grad = null;
            Loss().backward();
            foreach (Tensor leaf in leaves)
            {
                Tensor direction = randn(leaf.shape, dtype: ScalarType.Float64, generator: random);
                double slope = (leaf.grad! * direction).sum().item<double>();
                double change = (At(leaf, direction, Step, Loss) - At(leaf, direction, -Step, Loss)) / (2 * Step);
                Assert.Equal(change, slope, 1e-5 * (1 + Math.Abs(change)));
            }
        }
    }

    [Fact]
    public void Backward_StopGradient_LetsNoneThrough()
    {
        Graph graph = OperationCases.Graph("stop gradient");
        using var engine = new TorchEngine(graph, OperationCases.Weights(graph), _cpu);
        using var scope = NewDisposeScope();
        Tensor x = randn(1, 4, 8, 6).requires_grad_(), y = randn(1, 4, 8, 6).requires_grad_();
        engine.Forward(new Dictionary<string, Tensor> { ["x"] = x, ["y"] = y }, training: true)["out"].sum().backward();
        Assert.Null(x.grad);
        Assert.Equal(y.numel(), y.grad!.sum().item<float>());
    }

    private static double At(Tensor leaf, Tensor direction, double step, Func<Tensor> loss)
    {
        using var quiet = no_grad();
        leaf.add_(direction, step);
        double value = loss().item<double>();
        leaf.add_(direction, -step);
        return value;
    }
}
