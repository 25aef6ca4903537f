using System.Collections.Immutable;

namespace Impersonator.Networks.Operations;

/// <summary>Norm of groups of channels in each sample; without a scale to start with nothing is learned.</summary>
internal sealed class GroupNormalization(string name, Value x, int groups, float? scale) : Operation(name, [x], Checked(x, groups).Shape, ParametersOf(name, x, scale))
{
    public const float Epsilon = 1e-5f;

    public int Groups => groups;

    private static Value Checked(Value x, int groups) => groups > 0 && x.Shape[0] % groups == 0 ? x
        : throw new ArgumentException($"{groups} groups do not divide the channels of {x}.", nameof(groups));

    private static ImmutableArray<Parameter> ParametersOf(string name, Value x, float? scale) => scale is not { } start ? [] :
    [
        new Parameter(name + ".scale", [x.Shape[0]], ParameterKind.Vector, Initialiser.Constant(start)),
        new Parameter(name + ".shift", [x.Shape[0]], ParameterKind.Vector, Initialiser.Zero),
    ];

    public override void Emit(OnnxGraphWriter onnx)
    {
        bool single = groups == Output.Shape[0], plain = Parameters.IsEmpty;
        if (single)
        {
            Normalise(onnx, onnx[Input], plain ? Filled(1) : onnx.Weights[Parameters[0]], plain ? Filled(0) : onnx.Weights[Parameters[1]], onnx[Output]);
            return;
        }
        // ONNX's own group norm of opset 18 scales groups, not channels: an instance norm of the groups, then the channels' scale.
        string grouped = onnx.Node("Reshape", [onnx[Input], onnx.Integers(0, groups, -1)]);
        string unit = Normalise(onnx, grouped, Filled(1), Filled(0), null);
        string normal = onnx.Node("Reshape", [unit, onnx.Integers([0, .. Output.Shape])], plain ? onnx[Output] : null);
        if (!plain) onnx.ScaleChannels(Name, normal, onnx.Weights[Parameters[0]], onnx.Weights[Parameters[1]], Output);
    }

    private string Normalise(OnnxGraphWriter onnx, string input, ReadOnlySpan<float> factor, ReadOnlySpan<float> summand, string? output)
        => onnx.Node("InstanceNormalization", [input, onnx.Floats(Name + ".factor of norm", factor, groups), onnx.Floats(Name + ".summand of norm", summand, groups)], output, new OnnxAttribute("epsilon", Epsilon));

    private float[] Filled(float value)
    {
        var values = new float[groups];
        Array.Fill(values, value);
        return values;
    }
}
