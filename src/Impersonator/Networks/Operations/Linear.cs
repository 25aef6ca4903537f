using System.Collections.Immutable;

namespace Impersonator.Networks.Operations;

internal sealed class Linear(string name, Value x, int channels, bool bias, float gain)
    : Operation(name, [x], x.Shape.SetItem(Axis(x, -1), channels), ParametersOf(name, x, channels, bias, gain))
{
    public Parameter Kernel => Parameters[0];

    public Parameter? Bias => Parameters.Length > 1 ? Parameters[1] : null;

    public override long Multiplications => Input.Count * channels;

    private static ImmutableArray<Parameter> ParametersOf(string name, Value x, int channels, bool bias, float gain)
    {
        var weights = new Parameter(name + ".kernel", [channels, x.Shape[^1]], ParameterKind.Kernel, Initialiser.He(x.Shape[^1], gain));
        return bias ? [weights, new Parameter(name + ".bias", [channels], ParameterKind.Vector, Initialiser.Zero)] : [weights];
    }

    public override void Emit(OnnxGraphWriter onnx)
    {
        // MatMul takes [in, out]: turned here once, not at every run.
        ReadOnlySpan<float> matrix = onnx.Weights[Kernel];
        int inner = Input.Shape[^1];
        var turned = new float[matrix.Length];
        for (int o = 0; o < channels; o++)
            for (int i = 0; i < inner; i++) turned[(i * channels) + o] = matrix[(o * inner) + i];
        string kernel = onnx.Floats(Kernel.Name, turned, inner, channels);
        string product = onnx.Node("MatMul", [onnx[Input], kernel], Bias is null ? onnx[Output] : null);
        if (Bias is not null) onnx.Node("Add", [product, onnx.Initializer(Bias)], onnx[Output]);
    }
}
