namespace Impersonator.Networks.Operations;

internal sealed class Activation(string name, Value x, ActivationKind kind) : Operation(name, [x], x.Shape)
{
    public ActivationKind Kind => kind;

    public override void Emit(OnnxGraphWriter onnx)
    {
        string x = onnx[Input], y = onnx[Output];
        switch (kind)
        {
            case ActivationKind.Silu:
                onnx.Node("Mul", [x, onnx.Node("Sigmoid", [x])], y);
                break;
            case ActivationKind.Gelu:
                // x · ½ · (1 + erf(x / √2)); opset 20 has it as one node, runtimes fuse this pattern.
                string erf = onnx.Node("Erf", [onnx.Node("Div", [x, onnx.Number(MathF.Sqrt(2))])]);
                string twice = onnx.Node("Mul", [x, onnx.Node("Add", [erf, onnx.Number(1)])]);
                onnx.Node("Mul", [twice, onnx.Number(0.5f)], y);
                break;
            default:
                onnx.Node(kind.ToString(), [x], y);
                break;
        }
    }
}
