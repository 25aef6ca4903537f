namespace Impersonator.Networks.Operations;

internal sealed class LayerNormalization(string name, Value x, float scale) : Operation(name, [x], x.Shape,
    new Parameter(name + ".scale", [x.Shape[^1]], ParameterKind.Vector, Initialiser.Constant(scale)),
    new Parameter(name + ".shift", [x.Shape[^1]], ParameterKind.Vector, Initialiser.Zero))
{
    public const float Epsilon = 1e-5f;

    public override void Emit(OnnxGraphWriter onnx)
        => onnx.Node("LayerNormalization", [onnx[Input], onnx.Initializer(Parameters[0]), onnx.Initializer(Parameters[1])], onnx[Output], new("axis", -1), new("epsilon", Epsilon));
}
