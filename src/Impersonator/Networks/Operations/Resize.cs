namespace Impersonator.Networks.Operations;

internal sealed class Resize(string name, Value x, float factor, Interpolation interpolation)
    : Operation(name, [x], [Picture(x).Shape[0], Side(x, 1, factor), Side(x, 2, factor)])
{
    public Interpolation Interpolation => interpolation;

    public float Factor => factor;

    private static int Side(Value x, int axis, float factor)
    {
        // A whole result only: runtimes round differently.
        float side = x.Shape[axis] * factor;
        return side >= 1 && side == MathF.Round(side) ? (int)side : throw new ArgumentException($"{x} times {factor} has no whole side.", nameof(factor));
    }

    public override void Emit(OnnxGraphWriter onnx)
    {
        string scales = onnx.Floats(Name + ".scales", [1, 1, factor, factor], 4);
        if (interpolation == Interpolation.Nearest)
            onnx.Node("Resize", [onnx[Input], "", scales], onnx[Output], new("mode", "nearest"), new("coordinate_transformation_mode", "asymmetric"), new("nearest_mode", "floor"));
        else
            onnx.Node("Resize", [onnx[Input], "", scales], onnx[Output], new("mode", "linear"), new("coordinate_transformation_mode", "half_pixel"));
    }
}
