namespace Impersonator.Networks.Operations;

internal sealed class Slice(string name, Value x, int start, int count, int axis) : Operation(name, [x], Checked(x, start, count, axis).Shape.SetItem(Axis(x, axis), count))
{
    public int Start => start;

    public int Count => count;

    public int Along { get; } = Axis(x, axis);

    private static Value Checked(Value x, int start, int count, int axis) => start >= 0 && count > 0 && start + count <= x.Shape[Axis(x, axis)] ? x
        : throw new ArgumentException($"{start} to {start + count} lie outside axis {axis} of {x}.");

    public override void Emit(OnnxGraphWriter onnx)
        => onnx.Node("Slice", [onnx[Input], onnx.Integers(start), onnx.Integers(start + count), onnx.Integers(Along + 1)], onnx[Output]);
}
