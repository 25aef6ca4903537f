namespace Impersonator.Networks.Operations;

internal sealed class Softmax(string name, Value x, int axis) : Operation(name, [x], x.Shape)
{
    public int Along { get; } = Axis(x, axis);

    public override void Emit(OnnxGraphWriter onnx) => onnx.Node("Softmax", [onnx[Input]], onnx[Output], new OnnxAttribute("axis", Along + 1));
}
