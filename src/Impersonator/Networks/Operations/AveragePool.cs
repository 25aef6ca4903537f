namespace Impersonator.Networks.Operations;

internal sealed class AveragePool(string name, Value x, int size) : Operation(name, [x], [Picture(x).Shape[0], Side(x, 1, size), Side(x, 2, size)])
{
    public int Size => size;

    private static int Side(Value x, int axis, int size)
        => size > 0 && x.Shape[axis] % size == 0 ? x.Shape[axis] / size : throw new ArgumentException($"Windows of {size} do not tile {x}.", nameof(size));

    public override void Emit(OnnxGraphWriter onnx) => onnx.Node("AveragePool", [onnx[Input]], onnx[Output], new("kernel_shape", [size, size]), new("strides", [size, size]));
}
