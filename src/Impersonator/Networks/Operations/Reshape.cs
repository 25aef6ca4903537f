using System.Collections.Immutable;

namespace Impersonator.Networks.Operations;

internal sealed class Reshape(string name, Value x, ImmutableArray<int> shape) : Operation(name, [x], Checked(x, shape))
{
    private static ImmutableArray<int> Checked(Value x, ImmutableArray<int> shape)
        => shape.All(side => side > 0) && shape.Aggregate(1L, (count, side) => count * side) == x.Count ? shape
            : throw new ArgumentException($"{x} does not fill [{string.Join(", ", shape)}].", nameof(shape));

    // 0 copies the batch.
    public override void Emit(OnnxGraphWriter onnx) => onnx.Node("Reshape", [onnx[Input], onnx.Integers([0, .. Output.Shape])], onnx[Output]);
}
