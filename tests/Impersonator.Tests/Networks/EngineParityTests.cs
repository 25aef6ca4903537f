using Impersonator.Networks;
using Impersonator.Torch;
using static TorchSharp.torch;

namespace Impersonator.Tests.Networks;

/// <summary>What is trained is what runs: every operation gives the same in libtorch and in ONNX Runtime.</summary>
public sealed class EngineParityTests
{
    private readonly TorchDevice _cpu = TorchDevice.Choose("cpu");

    [Theory]
    [MemberData(nameof(OperationCases.Names), MemberType = typeof(OperationCases))]
    public void Forward_EveryOperation_AgreesWithOnnxRuntime(string name)
    {
        Graph graph = OperationCases.Graph(name);
        Weights weights = OperationCases.Weights(graph);
        using var onnx = new OnnxEngine(graph, weights, threads: 1);
        using var torch = new TorchEngine(graph, weights, _cpu);
        foreach (int batch in (int[])[1, 3])
        {
            Dictionary<string, NetworkArray> inputs = OperationCases.Inputs(graph, batch);
            IReadOnlyDictionary<string, NetworkArray> expected = onnx.Run(inputs);
            using var scope = NewDisposeScope();
            using var quiet = no_grad();
            IReadOnlyDictionary<string, Tensor> actual = torch.Forward(inputs.ToDictionary(i => i.Key, i => tensor(i.Value.Values, Array.ConvertAll(i.Value.Shape, s => (long)s))), training: false);
            foreach ((string output, Value value) in graph.Outputs)
            {
                Assert.Equal([batch, .. value.Shape], expected[output].Shape);
                Assert.Equal(expected[output].Shape, Array.ConvertAll(actual[output].shape, s => (int)s));
                float[] values = TorchEngine.Floats(actual[output]);
                Assert.True(values.Any(v => v != 0), "all zero");
                for (int i = 0; i < values.Length; i++) Assert.Equal(expected[output].Values[i], values[i], 1e-4f * (1 + MathF.Abs(values[i])));
            }
        }
    }
}
