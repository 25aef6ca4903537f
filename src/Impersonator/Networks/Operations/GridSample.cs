namespace Impersonator.Networks.Operations;

internal sealed class GridSample(string name, Value x, Value grid, bool border, bool alignCorners) : Operation(name, [x, grid], [Picture(x).Shape[0], Checked(grid).Shape[0], grid.Shape[1]])
{
    public bool Border => border;

    public bool AlignCorners => alignCorners;

    private static Value Checked(Value grid) => grid.Shape.Length == 3 && grid.Shape[2] == 2 ? grid
        : throw new ArgumentException($"{grid} is no grid of places; [H, W, 2] is needed.", nameof(grid));

    public override void Emit(OnnxGraphWriter onnx)
        => onnx.Node("GridSample", [onnx[Inputs[0]], onnx[Inputs[1]]], onnx[Output], new("mode", "bilinear"), new("padding_mode", border ? "border" : "zeros"), new("align_corners", alignCorners ? 1 : 0));
}
