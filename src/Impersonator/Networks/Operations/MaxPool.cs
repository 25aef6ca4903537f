namespace Impersonator.Networks.Operations;

internal sealed class MaxPool(string name, Value x, int size, int stride, int padding)
    : Operation(name, [x], [Picture(x).Shape[0], Side(x, 1, size, stride, padding), Side(x, 2, size, stride, padding)])
{
    public int Size => size;

    public int Stride => stride;

    public int Padding => padding;

    private static int Side(Value x, int axis, int size, int stride, int padding)
        => size > 0 && stride > 0 && padding >= 0 && 2 * padding <= size && x.Shape[axis] + (2 * padding) >= size ? ((x.Shape[axis] + (2 * padding) - size) / stride) + 1
            : throw new ArgumentException($"Windows of {size}, stride {stride}, padding {padding} do not fit {x}.");

    public override void Emit(OnnxGraphWriter onnx)
        => onnx.Node("MaxPool", [onnx[Input]], onnx[Output], new("kernel_shape", [size, size]), new("strides", [stride, stride]), new("pads", [padding, padding, padding, padding]));
}
