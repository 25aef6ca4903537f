namespace Impersonator.Networks.Operations;

internal sealed class GroupNormalization(string name, Value x, int groups, float scale) : Operation(name, [x], Checked(x, groups).Shape,
    new Parameter(name + ".scale", [x.Shape[0]], ParameterKind.Vector, Initialiser.Constant(scale)),
    new Parameter(name + ".shift", [x.Shape[0]], ParameterKind.Vector, Initialiser.Zero))
{
    public const float Epsilon = 1e-5f;

    public int Groups => groups;

    private static Value Checked(Value x, int groups) => groups > 0 && x.Shape[0] % groups == 0 ? x
        : throw new ArgumentException($"{groups} groups do not divide the channels of {x}.", nameof(groups));

    public override void Emit(OnnxGraphWriter onnx)
    {
        // ONNX's own group norm of opset 18 scales groups, not channels: an instance norm of the groups, then the channels' scale.
        string grouped = onnx.Node("Reshape", [onnx[Input], onnx.Integers(0, groups, -1)]);
        var ones = new float[groups];
        Array.Fill(ones, 1);
        string unit = onnx.Node("InstanceNormalization", [grouped, onnx.Floats(Name + ".one", ones, groups), onnx.Floats(Name + ".zero", new float[groups], groups)], null, new OnnxAttribute("epsilon", Epsilon));
        string normal = onnx.Node("Reshape", [unit, onnx.Integers([0, .. Output.Shape])]);
        onnx.ScaleChannels(Name, normal, onnx.Weights[Parameters[0]], onnx.Weights[Parameters[1]], Output);
    }
}
