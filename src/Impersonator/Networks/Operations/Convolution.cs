using System.Collections.Immutable;

namespace Impersonator.Networks.Operations;

internal sealed class Convolution(string name, Value x, int channels, int kernel, int stride, int groups, bool bias, int padding, int dilation, float gain)
    : Operation(name, [x], ShapeOf(x, channels, kernel, stride, groups, padding, dilation), ParametersOf(name, x, channels, kernel, groups, bias, gain))
{
    public int Stride => stride;

    public int Groups => groups;

    public int Padding => padding;

    public int Dilation => dilation;

    public Parameter Kernel => Parameters[0];

    public Parameter? Bias => Parameters.Length > 1 ? Parameters[1] : null;

    public override long Multiplications => (long)Kernel.Count * Output.Shape[1] * Output.Shape[2];

    private static ImmutableArray<int> ShapeOf(Value x, int channels, int kernel, int stride, int groups, int padding, int dilation)
    {
        Picture(x);
        if (kernel < 1 || stride < 1 || dilation < 1 || padding < 0 || groups < 1 || x.Shape[0] % groups != 0 || channels < 1 || channels % groups != 0)
            throw new ArgumentException($"A {kernel}×{kernel} convolution of {x} to {channels} channels in {groups} groups, stride {stride}, padding {padding}, dilation {dilation} is impossible.");
        int Side(int side) => ((side + (2 * padding) - (dilation * (kernel - 1)) - 1) / stride) + 1;
        return Side(x.Shape[1]) > 0 && Side(x.Shape[2]) > 0 ? [channels, Side(x.Shape[1]), Side(x.Shape[2])]
            : throw new ArgumentException($"{x} is smaller than a {kernel}×{kernel} kernel with padding {padding}.", nameof(x));
    }

    private static ImmutableArray<Parameter> ParametersOf(string name, Value x, int channels, int kernel, int groups, bool bias, float gain)
    {
        int inner = x.Shape[0] / groups;
        var weights = new Parameter(name + ".kernel", [channels, inner, kernel, kernel], ParameterKind.Kernel, Initialiser.He(inner * kernel * kernel, gain));
        return bias ? [weights, new Parameter(name + ".bias", [channels], ParameterKind.Vector, Initialiser.Zero)] : [weights];
    }

    public override void Emit(OnnxGraphWriter onnx)
        => Emit(onnx, onnx.Initializer(Kernel), Bias is null ? null : onnx.Initializer(Bias), Output);

    /// <summary>The same convolution with other weights, e.g. with a norm folded in.</summary>
    public void Emit(OnnxGraphWriter onnx, string kernelName, string? biasName, Value output)
        => onnx.Node("Conv", biasName is null ? [onnx[Input], kernelName] : [onnx[Input], kernelName, biasName], onnx[output],
            new("group", groups), new("strides", [stride, stride]), new("pads", [padding, padding, padding, padding]), new("dilations", [dilation, dilation]));
}
