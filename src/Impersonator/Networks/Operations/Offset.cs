namespace Impersonator.Networks.Operations;

internal sealed class Offset(string name, Value x, float deviation) : Operation(name, [x], x.Shape,
    new Parameter(name + ".offset", x.Shape, ParameterKind.Vector, new Initialiser(0, deviation)))
{
    // The parameter has no batch; broadcasting repeats it.
    public override void Emit(OnnxGraphWriter onnx) => onnx.Node("Add", [onnx[Input], onnx.Initializer(Parameters[0])], onnx[Output]);
}
