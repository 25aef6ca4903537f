using System.Collections.Immutable;

namespace Impersonator.Networks.Operations;

internal sealed class MatMul(string name, Value x, Value y) : Operation(name, [x, y], ShapeOf(x, y))
{
    public override long Multiplications => Output.Count * Inputs[0].Shape[^1];

    private static ImmutableArray<int> ShapeOf(Value x, Value y)
    {
        int rank = x.Shape.Length;
        bool fits = rank >= 2 && y.Shape.Length == rank && x.Shape[^1] == y.Shape[^2] && x.Shape[..(rank - 2)].SequenceEqual(y.Shape[..(rank - 2)]);
        return fits ? x.Shape.SetItem(rank - 1, y.Shape[^1]) : throw new ArgumentException($"{x} and {y} cannot be multiplied as matrices.");
    }

    public override void Emit(OnnxGraphWriter onnx) => onnx.Node("MatMul", [onnx[Inputs[0]], onnx[Inputs[1]]], onnx[Output]);
}
