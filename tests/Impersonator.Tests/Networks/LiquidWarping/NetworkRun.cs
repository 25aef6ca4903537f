using Impersonator.Networks;
using Impersonator.Torch;
using static TorchSharp.torch;

namespace Impersonator.Tests.Networks.LiquidWarping;

/// <summary>Runs a graph once in either engine.</summary>
internal static class NetworkRun
{
    public static readonly string[] Engines = ["onnx", "torch"];

    public static IReadOnlyDictionary<string, NetworkArray> In(string engine, Graph graph, Weights weights, Dictionary<string, NetworkArray> inputs)
    {
        if (engine == "onnx")
        {
            using var onnx = new OnnxEngine(graph, weights, threads: 2);
            return onnx.Run(inputs);
        }
        using var torch = new TorchEngine(graph, weights, TorchDevice.Choose("cpu"));
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        return torch.Forward(inputs.ToDictionary(i => i.Key, i => tensor(i.Value.Values, Array.ConvertAll(i.Value.Shape, s => (long)s))), training: false)
            .ToDictionary(o => o.Key, o => new NetworkArray(TorchEngine.Floats(o.Value), Array.ConvertAll(o.Value.shape, s => (int)s)));
    }

    /// <summary>Inputs of the transfer stream from the source stream's outputs.</summary>
    public static void AddSource(this Dictionary<string, NetworkArray> inputs, int source, NetworkArray flow, IReadOnlyDictionary<string, NetworkArray> features)
    {
        inputs[$"flow.{source}"] = flow;
        foreach ((string name, NetworkArray values) in features) inputs[$"{name}.{source}"] = values;
    }

    public static double Distance(IReadOnlyList<float> expected, IReadOnlyList<float> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        return expected.Zip(actual, (e, a) => float.IsFinite(a) ? Math.Abs(e - a) : double.PositiveInfinity).Max();
    }
}
