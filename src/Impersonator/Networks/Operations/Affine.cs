namespace Impersonator.Networks.Operations;

internal sealed class Affine(string name, Value x, float scale) : Operation(name, [x], x.Shape,
    new Parameter(name + ".scale", [x.Shape[0]], ParameterKind.Vector, Initialiser.Constant(scale)),
    new Parameter(name + ".shift", [x.Shape[0]], ParameterKind.Vector, Initialiser.Zero))
{
    public override void Emit(OnnxGraphWriter onnx) => onnx.ScaleChannels(Name, onnx[Input], onnx.Weights[Parameters[0]], onnx.Weights[Parameters[1]], Output);
}
