using System.Collections.Immutable;

namespace Impersonator.Networks.Operations;

internal sealed class TransposedConvolution(string name, Value x, int channels, int kernel, int stride, int padding, int extra, bool bias, float gain)
    : Operation(name, [x], ShapeOf(x, channels, kernel, stride, padding, extra), ParametersOf(name, x, channels, kernel, stride, bias, gain))
{
    public int Stride => stride;

    public int Padding => padding;

    public int Extra => extra;

    public Parameter Kernel => Parameters[0];

    public Parameter? Bias => Parameters.Length > 1 ? Parameters[1] : null;

    public override long Multiplications => (long)Kernel.Count * Input.Shape[1] * Input.Shape[2];

    private static ImmutableArray<int> ShapeOf(Value x, int channels, int kernel, int stride, int padding, int extra)
    {
        Picture(x);
        int Side(int side) => ((side - 1) * stride) - (2 * padding) + kernel + extra;
        return kernel > 0 && stride > 0 && padding >= 0 && extra >= 0 && extra < stride && channels > 0 && Side(x.Shape[1]) > 0 && Side(x.Shape[2]) > 0
            ? [channels, Side(x.Shape[1]), Side(x.Shape[2])]
            : throw new ArgumentException($"A {kernel}×{kernel} transposed convolution of {x} to {channels} channels, stride {stride}, padding {padding}, extra {extra} is impossible.");
    }

    private static ImmutableArray<Parameter> ParametersOf(string name, Value x, int channels, int kernel, int stride, bool bias, float gain)
    {
        // A pixel that comes out sees every stride-th tap only.
        int fanIn = Math.Max(1, x.Shape[0] * kernel * kernel / (stride * stride));
        var weights = new Parameter(name + ".kernel", [x.Shape[0], channels, kernel, kernel], ParameterKind.Kernel, Initialiser.He(fanIn, gain));
        return bias ? [weights, new Parameter(name + ".bias", [channels], ParameterKind.Vector, Initialiser.Zero)] : [weights];
    }

    public override void Emit(OnnxGraphWriter onnx)
    {
        string kernelName = onnx.Initializer(Kernel);
        onnx.Node("ConvTranspose", Bias is null ? [onnx[Input], kernelName] : [onnx[Input], kernelName, onnx.Initializer(Bias)], onnx[Output],
            new("strides", [stride, stride]), new("pads", [padding, padding, padding, padding]), new("output_padding", [extra, extra]));
    }
}
