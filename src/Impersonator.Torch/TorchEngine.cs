using System.Runtime.InteropServices;
using Impersonator.Networks;
using Impersonator.Networks.Operations;
using static TorchSharp.torch;

namespace Impersonator.Torch;

/// <summary>Runs a graph on libtorch with gradients, on the processor or a CUDA device. All parameters lie in one flat tensor.</summary>
/// <remarks>
/// So the optimiser, the moving average and the cast to bfloat16 are a handful of kernels however many layers there are. Wrap each
/// step in <c>torch.NewDisposeScope()</c>. On CUDA pictures are kept channels-last. Not safe for several threads at once.
/// </remarks>
public sealed class TorchEngine : IDisposable
{
    private readonly ParameterLayout _layout;
    private readonly ScalarType _compute, _exact;
    private readonly Dictionary<Parameter, Tensor> _statisticViews = [];
    private readonly HashSet<Value> _kept, _precise;
    private readonly Dictionary<Value, Operation> _lastReader = [];

    /// <summary>Puts a network on a device.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="weights">Where it starts; every parameter must be there.</param>
    /// <param name="device">Where it lives.</param>
    /// <param name="precision">What it computes in; BFloat16 on CUDA and Single on the processor if not given.</param>
    /// <exception cref="Files.InputException">Weights are missing or of another shape.</exception>
    public TorchEngine(Graph graph, Weights weights, TorchDevice device, TorchPrecision? precision = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(device);
        (Graph, Device, _layout) = (graph, device, new ParameterLayout(graph));
        Precision = precision ?? (device.IsCuda ? TorchPrecision.BFloat16 : TorchPrecision.Single);
        _exact = Precision == TorchPrecision.Double ? ScalarType.Float64 : ScalarType.Float32;
        _compute = Precision == TorchPrecision.BFloat16 ? ScalarType.BFloat16 : _exact;
        _kept = [.. graph.Inputs, .. graph.Outputs.Select(output => output.Value)];
        // Inputs that are read as places, or precisely, must not lose digits on the way in.
        _precise = [.. graph.Operations.OfType<Precise>().Select(o => o.Input), .. graph.Operations.OfType<GridSample>().Select(o => o.Inputs[1])];
        foreach (Operation operation in graph.Operations)
            foreach (Value input in operation.Inputs) _lastReader[input] = operation;

        foreach (Parameter parameter in graph.Parameters) _ = weights[parameter];
        Parameters = zeros(_layout.TrainedCount, _exact, device.Device).DetachFromDisposeScope();
        Statistics = zeros(_layout.Statistics.Sum(p => p.Count), _exact, device.Device).DetachFromDisposeScope();
        Load(weights);
        Parameters.requires_grad_();
        int at = 0;
        foreach (Parameter parameter in _layout.Statistics)
        {
            _statisticViews[parameter] = Statistics.narrow(0, at, parameter.Count).DetachFromDisposeScope();
            at += parameter.Count;
        }
    }

    /// <summary>The network.</summary>
    public Graph Graph { get; }

    /// <summary>Where it lives.</summary>
    public TorchDevice Device { get; }

    /// <summary>What it computes in.</summary>
    public TorchPrecision Precision { get; }

    /// <summary>Every trained value, kernels first; a leaf that gathers gradients. Change it in place only, under <c>no_grad</c>.</summary>
    public Tensor Parameters { get; }

    /// <summary>How many values at the start of <see cref="Parameters"/> belong to kernels, which decay.</summary>
    public long KernelCount => _layout.KernelCount;

    /// <summary>Running means and variances.</summary>
    public Tensor Statistics { get; }

    /// <summary>Runs the network.</summary>
    /// <param name="inputs">One tensor per input, batch first, on the device.</param>
    /// <param name="training">Whether batch norms use the batch's statistics, and update the running ones.</param>
    /// <param name="parameters">Values to use instead of <see cref="Parameters"/>, e.g. their moving average.</param>
    /// <returns>One float32 tensor per output, in the caller's dispose scope.</returns>
    /// <exception cref="ArgumentException">An input is missing or of another shape.</exception>
    public IReadOnlyDictionary<string, Tensor> Forward(IReadOnlyDictionary<string, Tensor> inputs, bool training, Tensor? parameters = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        using var scope = NewDisposeScope();
        Dictionary<Parameter, Tensor> views = Views(parameters ?? Parameters);
        var values = new Dictionary<Value, Tensor>();
        foreach (Value input in Graph.Inputs) values[input] = Given(input, inputs);
        foreach (Operation operation in Graph.Operations)
        {
            Tensor[] x = [.. operation.Inputs.Select(value => values[value])];
            Tensor result = TorchOperations.Run(operation, x, [.. operation.Parameters.Select(parameter => views[parameter])], _compute, training);
            values[operation.Output] = x.Any(input => ReferenceEquals(input, result)) ? result.alias() : result;
            // What nobody reads again is let go at once; autograd holds what it needs itself.
            foreach (Value input in operation.Inputs.Distinct())
                if (_lastReader[input] == operation && !_kept.Contains(input)) values[input].Dispose();
        }
        var outputs = new Dictionary<string, Tensor>();
        foreach ((string name, Value value) in Graph.Outputs) outputs[name] = values[value].to_type(_exact).alias().MoveToOuterDisposeScope();
        return outputs;
    }

    /// <summary>Takes over every parameter that the weights have with the same name and shape.</summary>
    /// <returns>Names of those they lack, which stay as they are.</returns>
    public IReadOnlyList<string> Load(Weights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        float[] trained = Floats(Parameters), running = Floats(Statistics);
        List<string> missing = [.. _layout.Trained(weights, trained), .. _layout.Running(weights, running)];
        Parameters.copy_(tensor(trained));
        if (running.Length > 0) Statistics.copy_(tensor(running));
        return missing;
    }

    /// <summary>The network's weights as they are now.</summary>
    /// <param name="parameters">Values to use instead of <see cref="Parameters"/>, e.g. their moving average.</param>
    public Weights ToWeights(Tensor? parameters = null) => _layout.ToWeights(Floats(parameters ?? Parameters), Floats(Statistics));

    /// <summary>Frees the parameters.</summary>
    public void Dispose()
    {
        foreach (Tensor view in _statisticViews.Values) view.Dispose();
        Parameters.grad?.Dispose();
        Parameters.Dispose();
        Statistics.Dispose();
    }

    /// <summary>The values of a tensor of any device and type as floats.</summary>
    internal static float[] Floats(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        return MemoryMarshal.Cast<byte, float>(tensor.detach().cpu().to_type(ScalarType.Float32).contiguous().bytes).ToArray();
    }

    /// <summary>The same values with the channels last in memory. libtorch reads the layout from the strides.</summary>
    internal static Tensor ChannelsLast(Tensor x) => x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

    private Tensor Given(Value input, IReadOnlyDictionary<string, Tensor> inputs)
    {
        if (!inputs.TryGetValue(input.Name, out Tensor? given) || !given.shape.AsSpan(1).SequenceEqual([.. input.Shape.Select(side => (long)side)]))
            throw new ArgumentException($"{Graph.Name} needs {input} with a batch before it; given: {(given is null ? "nothing" : string.Join(", ", given.shape))}.", nameof(inputs));
        Tensor typed = given.to_type(_precise.Contains(input) ? _exact : _compute);
        return Device.IsCuda && input.Shape.Length == 3 ? ChannelsLast(typed) : typed;
    }

    private Dictionary<Parameter, Tensor> Views(Tensor flat)
    {
        var views = new Dictionary<Parameter, Tensor>(_statisticViews);
        Split(flat.narrow(0, 0, _layout.KernelCount).to_type(_compute), _layout.Kernels, views);
        Split(flat.narrow(0, _layout.KernelCount, _layout.TrainedCount - _layout.KernelCount), _layout.Vectors, views);
        return views;
    }

    private static void Split(Tensor flat, Parameter[] parameters, Dictionary<Parameter, Tensor> views)
    {
        if (parameters.Length == 0) return;
        Tensor[] parts = flat.split([.. parameters.Select(p => (long)p.Count)]);
        for (int i = 0; i < parts.Length; i++)
        {
            long[] shape = [.. parameters[i].Shape.Select(side => (long)side)];
            views[parameters[i]] = parameters[i].Kind == ParameterKind.Kernel && shape is [var o, var c, var h, var w]
                ? parts[i].view(o, h, w, c).permute(0, 3, 1, 2)
                : parts[i].view(shape);
        }
    }
}
