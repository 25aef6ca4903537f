using System.Collections.Immutable;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Impersonator.Networks.Operations;

namespace Impersonator.Networks;

/// <summary>Writes a graph with its weights as an ONNX model (opset 18, float32, free batch). Batch norms behind a convolution vanish into its kernel.</summary>
/// <remarks>Field numbers are those of onnx.proto (ONNX, "Open Neural Network Exchange Intermediate Representation").</remarks>
internal sealed class OnnxGraphWriter
{
    private const int IrVersion = 8, Opset = 18, FloatType = 1, Int64Type = 7;
    private readonly ProtoWriter _graph;
    private readonly HashSet<Value> _inputs;
    private readonly HashSet<string> _constants = [];
    private int _nodes;

    private OnnxGraphWriter(Graph graph, Weights weights)
    {
        Weights = weights;
        int bytes = graph.Parameters.Sum(parameter => 4 * parameter.Count);
        _graph = new ProtoWriter(bytes + (bytes / 16) + (1 << 16));
        _inputs = [.. graph.Inputs];
    }

    public Weights Weights { get; }

    /// <summary>Name of a value in the model; a slash keeps inner names apart from those of inputs and outputs.</summary>
    public string this[Value value] => _inputs.Contains(value) ? value.Name : "/" + value.Name;

    /// <summary>The model as bytes of an .onnx file.</summary>
    public static byte[] Write(Graph graph, Weights weights)
    {
        var writer = new OnnxGraphWriter(graph, weights);
        Dictionary<Operation, BatchNormalization> folded = Foldable(graph);
        var skipped = folded.Values.ToHashSet<Operation>();
        foreach (Operation operation in graph.Operations)
        {
            if (skipped.Contains(operation)) continue;
            if (folded.TryGetValue(operation, out BatchNormalization? norm)) writer.Fold((Convolution)operation, norm);
            else operation.Emit(writer);
        }
        foreach ((string name, Value value) in graph.Outputs) writer.Node("Identity", [writer[value]], name);

        writer._graph.Text(2, graph.Name);
        foreach (Value input in graph.Inputs) writer._graph.Message(11, Described(input.Name, input.Shape));
        foreach ((string name, Value value) in graph.Outputs) writer._graph.Message(12, Described(name, value.Shape));
        return new ProtoWriter(writer._graph.Bytes.Length + 64).Integer(1, IrVersion).Text(2, "Impersonator")
            .Message(8, new ProtoWriter().Text(1, "").Integer(2, Opset)).Message(7, writer._graph).Bytes.ToArray();
    }

    /// <summary>Adds a node and gives the name of what comes out (a fresh one if none is given).</summary>
    public string Node(string type, ReadOnlySpan<string> inputs, string? output = null, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        output ??= $"/{_nodes}/{type}";
        var node = new ProtoWriter();
        foreach (string input in inputs) node.Text(1, input);
        node.Text(2, output).Text(3, $"{_nodes++}/{type}").Text(4, type);
        foreach (OnnxAttribute attribute in attributes) node.Message(5, attribute.Message);
        _graph.Message(1, node);
        return output;
    }

    /// <summary>A parameter as constant.</summary>
    public string Initializer(Parameter parameter) => Floats(parameter.Name, Weights[parameter], parameter.Shape.AsSpan());

    /// <summary>Floats as constant.</summary>
    public string Floats(string name, ReadOnlySpan<float> values, params ReadOnlySpan<int> shape) => Constant(name, FloatType, MemoryMarshal.AsBytes(values), shape);

    /// <summary>One float, without sides.</summary>
    public string Number(float value) => Floats(FormattableString.Invariant($"number {value:R}"), [value]);

    /// <summary>A list of integers.</summary>
    public string Integers(params ReadOnlySpan<int> values)
    {
        var wide = new long[values.Length];
        for (int i = 0; i < wide.Length; i++) wide[i] = values[i];
        return Constant($"integers {string.Join(",", wide)}", Int64Type, MemoryMarshal.AsBytes(wide.AsSpan()), wide.Length);
    }

    /// <summary>Writes <c>output = input · factor + summand</c> with one number per channel.</summary>
    public void ScaleChannels(string name, string input, ReadOnlySpan<float> factor, ReadOnlySpan<float> summand, Value output)
    {
        int[] shape = [.. output.Shape.Select((side, axis) => axis == 0 ? side : 1)];
        string product = Node("Mul", [input, Floats(name + ".factor", factor, shape)]);
        Node("Add", [product, Floats(name + ".summand", summand, shape)], this[output]);
    }

    /// <summary>Convolutions whose only reader is a batch norm.</summary>
    private static Dictionary<Operation, BatchNormalization> Foldable(Graph graph)
    {
        ILookup<Value, Operation> readers = graph.Operations.SelectMany(o => o.Inputs.Select(x => (x, o))).ToLookup(p => p.x, p => p.o);
        HashSet<Value> outputs = [.. graph.Outputs.Select(o => o.Value)];
        var found = new Dictionary<Operation, BatchNormalization>();
        foreach (Convolution convolution in graph.Operations.OfType<Convolution>())
            if (!outputs.Contains(convolution.Output) && readers[convolution.Output].ToArray() is [BatchNormalization norm]) found[convolution] = norm;
        return found;
    }

    private void Fold(Convolution convolution, BatchNormalization norm)
    {
        (float[] factor, float[] summand) = norm.AsAffine(Weights);
        float[] kernel = Weights[convolution.Kernel].ToArray();
        int perChannel = kernel.Length / factor.Length;
        for (int c = 0; c < factor.Length; c++) TensorPrimitives.Multiply(kernel.AsSpan(c * perChannel, perChannel), factor[c], kernel.AsSpan(c * perChannel, perChannel));
        if (convolution.Bias is { } bias)
            for (int c = 0; c < factor.Length; c++) summand[c] += factor[c] * Weights[bias][c];
        convolution.Emit(this, Floats(convolution.Kernel.Name, kernel, convolution.Kernel.Shape.AsSpan()), Floats(convolution.Name + ".bias", summand, factor.Length), norm.Output);
    }

    private string Constant(string name, int type, ReadOnlySpan<byte> bytes, params ReadOnlySpan<int> shape)
    {
        if (!_constants.Add(name)) return name;
        var tensor = new ProtoWriter();
        foreach (int side in shape) tensor.Integer(1, side);
        _graph.Message(5, tensor.Integer(2, type).Text(8, name), 9, bytes);
        return name;
    }

    private static ProtoWriter Described(string name, ImmutableArray<int> sides)
    {
        var shape = new ProtoWriter().Message(1, new ProtoWriter().Text(2, "batch"));
        foreach (int side in sides) shape.Message(1, new ProtoWriter().Integer(1, side));
        ProtoWriter tensor = new ProtoWriter().Integer(1, FloatType).Message(2, shape);
        return new ProtoWriter().Text(1, name).Message(2, new ProtoWriter().Message(1, tensor));
    }
}
