namespace Impersonator.Networks.Operations;

internal sealed class Scale(string name, Value x, float factor, float shift) : Operation(name, [x], x.Shape)
{
    public float Factor => factor;

    public float Shift => shift;

    public override void Emit(OnnxGraphWriter onnx)
    {
        string product = onnx.Node("Mul", [onnx[Input], onnx.Number(factor)], shift == 0 ? onnx[Output] : null);
        if (shift != 0) onnx.Node("Add", [product, onnx.Number(shift)], onnx[Output]);
    }
}
