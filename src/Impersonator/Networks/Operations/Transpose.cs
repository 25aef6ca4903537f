using System.Collections.Immutable;

namespace Impersonator.Networks.Operations;

internal sealed class Transpose(string name, Value x, ImmutableArray<int> order) : Operation(name, [x], ShapeOf(x, order))
{
    public ImmutableArray<int> Order => order;

    private static ImmutableArray<int> ShapeOf(Value x, ImmutableArray<int> order)
        => order.Order().SequenceEqual(Enumerable.Range(0, x.Shape.Length)) ? [.. order.Select(axis => x.Shape[axis])]
            : throw new ArgumentException($"[{string.Join(", ", order)}] is no order of the axes of {x}.", nameof(order));

    public override void Emit(OnnxGraphWriter onnx)
        => onnx.Node("Transpose", [onnx[Input]], onnx[Output], new OnnxAttribute("perm", [0, .. order.Select(axis => axis + 1)]));
}
