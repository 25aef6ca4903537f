using Impersonator.Networks.Operations;

namespace Impersonator.Networks;

/// <summary>Writes a network down, operation by operation. Shapes are checked as it is written.</summary>
/// <remarks>Names of layers name their parameters ("stem.0" → "stem.0.kernel") and must be unique.</remarks>
/// <param name="name">Name of the network.</param>
public sealed partial class GraphBuilder(string name)
{
    private readonly List<Value> _inputs = [];
    private readonly List<Operation> _operations = [];
    private readonly List<KeyValuePair<string, Value>> _outputs = [];
    private readonly HashSet<string> _names = [];
    private int _unnamed;

    /// <summary>Whether a layer may carry the name of an earlier one, whose parameters it then shares: the same layers for a second photo.</summary>
    internal bool Sharing { get; set; }

    /// <summary>Declares an input.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Sides without the batch.</param>
    public Value Input(string name, params ReadOnlySpan<int> shape)
    {
        if (!_names.Add(name)) throw new ArgumentException($"The name {name} is taken.", nameof(name));
        var value = new Value(name, [.. shape]);
        _inputs.Add(value);
        return value;
    }

    /// <summary>Declares an output.</summary>
    public void Output(string name, Value value)
    {
        if (_outputs.Any(o => o.Key == name)) throw new ArgumentException($"There is an output {name} already.", nameof(name));
        _outputs.Add(new(name, value));
    }

    /// <summary>The finished network.</summary>
    /// <exception cref="InvalidOperationException">It has no output.</exception>
    public Graph Build() => _outputs.Count > 0 ? new Graph(name, [.. _inputs], [.. _operations], [.. _outputs])
        : throw new InvalidOperationException($"{name} has no output; declare one.");

    private Value Add(Operation operation)
    {
        if (!_names.Add(operation.Output.Name))
        {
            if (!Sharing || _operations.Find(o => o.Name == operation.Name) is not { } first) throw new ArgumentException($"The name {operation.Name} is taken; layers need names of their own.");
            operation.Share(first, Unnamed(operation.Name));
        }
        _operations.Add(operation);
        return operation.Output;
    }

    private string Unnamed(string kind) => $"{kind}#{_unnamed++}";
}
