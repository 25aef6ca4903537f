using Microsoft.ML.OnnxRuntime;

namespace Impersonator.Networks;

/// <summary>Runs a graph on the processor by ONNX Runtime. One engine may serve several threads at once.</summary>
public sealed class OnnxEngine : IDisposable
{
    private readonly Graph _graph;
    private readonly InferenceSession _session;
    private readonly string[] _inputs, _outputs;

    /// <summary>Prepares the network: emits it as ONNX in memory, with its batch norms folded away, and lets the runtime optimise it.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="threads">Threads of one run; 0 for as many as there are cores.</param>
    /// <exception cref="Files.InputException">Weights are missing or of another shape.</exception>
    public OnnxEngine(Graph graph, Weights weights, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        _graph = graph;
        _inputs = [.. graph.Inputs.Select(input => input.Name)];
        _outputs = [.. graph.Outputs.Select(output => output.Key)];
        using var options = new SessionOptions { GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL, IntraOpNumThreads = threads, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        // Waiting threads sleep: those that spin take the cores from whatever else works on the picture, for a few per cent in a run.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _session = new InferenceSession(Emit(graph, weights), options);
    }

    /// <summary>Version of ONNX Runtime's native library.</summary>
    public static string RuntimeVersion => OrtEnv.Instance().GetVersionString();

    /// <summary>The network with its weights as bytes of an .onnx file (opset 18, float32, free batch).</summary>
    /// <exception cref="Files.InputException">Weights are missing or of another shape.</exception>
    public static byte[] Emit(Graph graph, Weights weights) => OnnxGraphWriter.Write(graph, weights);

    /// <summary>Runs the network.</summary>
    /// <param name="inputs">One array per input of the graph, all with the same batch.</param>
    /// <returns>One array per output of the graph.</returns>
    /// <exception cref="ArgumentException">An input is missing or of another shape.</exception>
    public IReadOnlyDictionary<string, NetworkArray> Run(IReadOnlyDictionary<string, NetworkArray> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var values = new OrtValue[_inputs.Length];
        try
        {
            for (int i = 0; i < values.Length; i++)
            {
                Value expected = _graph.Inputs[i];
                if (!inputs.TryGetValue(expected.Name, out NetworkArray given) || given.Shape.Length != expected.Shape.Length + 1 || !given.Shape.AsSpan(1).SequenceEqual(expected.Shape.AsSpan()))
                    throw new ArgumentException($"{_graph.Name} needs {expected} with a batch before it; given: {(given.Shape is null ? "nothing" : string.Join(", ", given.Shape))}.", nameof(inputs));
                values[i] = OrtValue.CreateTensorValueFromMemory(given.Values, Array.ConvertAll(given.Shape, side => (long)side));
            }
            using var options = new RunOptions();
            using IDisposableReadOnlyCollection<OrtValue> results = _session.Run(options, _inputs, values, _outputs);
            var outputs = new Dictionary<string, NetworkArray>(_outputs.Length);
            for (int i = 0; i < _outputs.Length; i++)
                outputs[_outputs[i]] = new(results[i].GetTensorDataAsSpan<float>().ToArray(), Array.ConvertAll(results[i].GetTensorTypeAndShape().Shape, side => (int)side));
            return outputs;
        }
        finally
        {
            foreach (OrtValue? value in values) value?.Dispose();
        }
    }

    /// <summary>Runs a network of one input.</summary>
    /// <exception cref="ArgumentException">The network has several inputs, or the input another shape.</exception>
    public IReadOnlyDictionary<string, NetworkArray> Run(NetworkArray input)
        => Run(new Dictionary<string, NetworkArray> { [_inputs is [var only] ? only : throw new ArgumentException($"{_graph.Name} has {_inputs.Length} inputs; name each.", nameof(input))] = input });

    /// <summary>Frees the runtime's memory. No run may be under way.</summary>
    public void Dispose() => _session.Dispose();
}
