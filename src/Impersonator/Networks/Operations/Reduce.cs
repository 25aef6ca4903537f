using System.Collections.Immutable;

namespace Impersonator.Networks.Operations;

internal sealed class Reduce(string name, Value x, ImmutableArray<int> axes, bool mean) : Operation(name, [x], ShapeOf(x, axes))
{
    public ImmutableArray<int> Along { get; } = [.. axes.Select(axis => Axis(x, axis)).Order()];

    public bool Mean => mean;

    private static ImmutableArray<int> ShapeOf(Value x, ImmutableArray<int> axes)
    {
        int[] gone = [.. axes.Select(axis => Axis(x, axis)).Distinct()];
        return gone.Length == axes.Length && gone.Length > 0 ? [.. x.Shape.Where((_, axis) => !gone.Contains(axis))]
            : throw new ArgumentException("Axes to reduce must be given, each once.", nameof(axes));
    }

    public override void Emit(OnnxGraphWriter onnx)
        => onnx.Node(mean ? "ReduceMean" : "ReduceSum", [onnx[Input], onnx.Integers([.. Along.Select(axis => axis + 1)])], onnx[Output], new OnnxAttribute("keepdims", 0));
}
