using System.Collections.Immutable;
using Impersonator.Networks.Operations;

namespace Impersonator.Networks;

/// <summary>A network: operations in the order they run, with the parameters they need. Holds no weights and no engine.</summary>
/// <remarks>Written once by a <see cref="GraphBuilder"/>; <see cref="OnnxEngine"/> runs it for users, TorchEngine for training.</remarks>
public sealed class Graph
{
    internal Graph(string name, ImmutableArray<Value> inputs, ImmutableArray<Operation> operations, ImmutableArray<KeyValuePair<string, Value>> outputs)
    {
        (Name, Inputs, Operations, Outputs) = (name, inputs, operations, outputs);
        Parameters = [.. operations.SelectMany(operation => operation.Parameters).Distinct()];
    }

    /// <summary>Name of the network.</summary>
    public string Name { get; }

    /// <summary>What must be given.</summary>
    public ImmutableArray<Value> Inputs { get; }

    /// <summary>What comes out, by name, in the order it was declared.</summary>
    public ImmutableArray<KeyValuePair<string, Value>> Outputs { get; }

    /// <summary>All parameters, statistics included, in the order of the operations.</summary>
    public ImmutableArray<Parameter> Parameters { get; }

    internal ImmutableArray<Operation> Operations { get; }

    /// <summary>Number of trained values (statistics do not count).</summary>
    public long ParameterCount => Parameters.Where(p => p.Kind != ParameterKind.Statistic).Sum(p => (long)p.Count);

    /// <summary>Multiplications of one sample in convolutions, linear maps and attention; twice as many FLOP.</summary>
    public long Multiplications => Operations.Sum(operation => operation.Multiplications);
}
