namespace Impersonator.Networks.Operations;

internal sealed class PixelShuffle(string name, Value x, int factor) : Operation(name, [x], [Channels(x, factor), x.Shape[1] * factor, x.Shape[2] * factor])
{
    public int Factor => factor;

    private static int Channels(Value x, int factor)
        => factor > 0 && Picture(x).Shape[0] % (factor * factor) == 0 ? x.Shape[0] / (factor * factor)
            : throw new ArgumentException($"The channels of {x} are no multiple of {factor}².", nameof(factor));

    public override void Emit(OnnxGraphWriter onnx) => onnx.Node("DepthToSpace", [onnx[Input]], onnx[Output], new("blocksize", factor), new("mode", "CRD"));
}
