using System.Collections.Immutable;

namespace Impersonator.Networks.Operations;

internal sealed class Concat(string name, ImmutableArray<Value> values, int axis) : Operation(name, values, ShapeOf(values, axis))
{
    public int Along => Axis(Input, axis);

    private static ImmutableArray<int> ShapeOf(ImmutableArray<Value> values, int axis)
    {
        if (values.IsEmpty) throw new ArgumentException("Nothing to concatenate.", nameof(values));
        int along = Axis(values[0], axis), total = 0;
        foreach (Value value in values)
        {
            if (value.Shape.Length != values[0].Shape.Length || !value.Shape.SetItem(along, 0).SequenceEqual(values[0].Shape.SetItem(along, 0)))
                throw new ArgumentException($"{value} cannot follow {values[0]} along axis {axis}.", nameof(values));
            total += value.Shape[along];
        }
        return values[0].Shape.SetItem(along, total);
    }

    public override void Emit(OnnxGraphWriter onnx) => onnx.Node("Concat", [.. Inputs.Select(x => onnx[x])], onnx[Output], new OnnxAttribute("axis", Along + 1));
}
