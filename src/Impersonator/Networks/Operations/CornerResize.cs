namespace Impersonator.Networks.Operations;

internal sealed class CornerResize(string name, Value x, int height, int width) : Operation(name, [x], [Picture(x).Shape[0], Side(height), Side(width)])
{
    private static int Side(int side) => side > 0 ? side : throw new ArgumentException($"A side of {side} pixels is impossible.");

    public override void Emit(OnnxGraphWriter onnx)
    {
        // Scales, not sizes: sizes would have to name the batch. A side is floor(side · scale), hence the half; aligned corners look at the sides only.
        string scales = onnx.Floats(Name + ".scales", [1, 1, (height + 0.5f) / Input.Shape[1], (width + 0.5f) / Input.Shape[2]], 4);
        onnx.Node("Resize", [onnx[Input], "", scales], onnx[Output], new("mode", "linear"), new("coordinate_transformation_mode", "align_corners"));
    }
}
