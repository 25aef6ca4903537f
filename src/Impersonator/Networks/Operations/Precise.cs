namespace Impersonator.Networks.Operations;

internal sealed class Precise(string name, Value x) : Operation(name, [x], x.Shape)
{
    public override void Emit(OnnxGraphWriter onnx) => onnx.Node("Identity", [onnx[Input]], onnx[Output]);
}
