using System.Collections.Immutable;

namespace Impersonator.Networks.Operations;

/// <summary>One step of a network. Knows its shape rule, its parameters and how ONNX says it; TorchEngine knows how torch does.</summary>
internal abstract class Operation(string name, ImmutableArray<Value> inputs, ImmutableArray<int> shape, params ImmutableArray<Parameter> parameters)
{
    public string Name => Output.Name;

    public ImmutableArray<Value> Inputs { get; } = inputs;

    public Value Output { get; private set; } = new(name, shape);

    public ImmutableArray<Parameter> Parameters { get; private set; } = parameters;

    /// <summary>Multiplications per sample that are worth counting.</summary>
    public virtual long Multiplications => 0;

    /// <summary>The only or first input.</summary>
    public Value Input => Inputs[0];

    /// <summary>Writes the nodes that compute <see cref="Output"/>.</summary>
    public abstract void Emit(OnnxGraphWriter onnx);

    /// <summary>Takes an earlier layer's parameters instead of its own.</summary>
    /// <param name="first">The layer whose name this one carries.</param>
    /// <param name="output">What its output is called instead.</param>
    /// <exception cref="ArgumentException">They are not the same kind of layer, of the same sizes.</exception>
    public void Share(Operation first, string output)
    {
        bool same = first.GetType() == GetType() && first.Parameters.Length == Parameters.Length && first.Parameters.Zip(Parameters).All(p => p.First.Name == p.Second.Name && p.First.Shape.SequenceEqual(p.Second.Shape));
        if (!same) throw new ArgumentException($"Two layers are called {first.Name}, but their parameters differ.");
        (Parameters, Output) = (first.Parameters, new Value(output, Output.Shape));
    }

    protected static int Axis(Value x, int axis)
        => axis < -x.Shape.Length || axis >= x.Shape.Length ? throw new ArgumentException($"{x} has no axis {axis}.", nameof(axis)) : axis < 0 ? axis + x.Shape.Length : axis;

    protected static Value Picture(Value x) => x.Shape.Length == 3 ? x : throw new ArgumentException($"{x} is no picture; [C, H, W] is needed.", nameof(x));
}
