using System.Collections.Immutable;

namespace Impersonator.Networks.Operations;

internal sealed class Binary(string name, Value x, Value y, BinaryKind kind) : Operation(name, [x, y], ShapeOf(x, y))
{
    public BinaryKind Kind => kind;

    private static ImmutableArray<int> ShapeOf(Value x, Value y)
    {
        bool fits = x.Shape.Length == y.Shape.Length && x.Shape.Zip(y.Shape).All(s => s.First == s.Second || s.First == 1 || s.Second == 1);
        return fits ? [.. x.Shape.Zip(y.Shape, Math.Max)] : throw new ArgumentException($"{x} and {y} do not fit each other.");
    }

    public override void Emit(OnnxGraphWriter onnx) => onnx.Node(kind switch
    {
        BinaryKind.Add => "Add",
        BinaryKind.Subtract => "Sub",
        BinaryKind.Multiply => "Mul",
        _ => "Div",
    }, [onnx[Inputs[0]], onnx[Inputs[1]]], onnx[Output]);
}
