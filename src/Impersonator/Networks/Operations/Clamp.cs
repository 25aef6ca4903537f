namespace Impersonator.Networks.Operations;

internal sealed class Clamp(string name, Value x, float min, float max) : Operation(name, [x], x.Shape)
{
    public float Min => min;

    public float Max => max;

    public override void Emit(OnnxGraphWriter onnx) => onnx.Node("Clip", [onnx[Input], onnx.Number(min), onnx.Number(max)], onnx[Output]);
}
