using System.Collections.Immutable;

namespace Impersonator.Networks.Operations;

internal sealed class ScaledAttention(string name, Value query, Value key, Value value, int heads) : Operation(name, [query, key, value], ShapeOf(query, key, value, heads))
{
    public int Heads => heads;

    public override long Multiplications => (Inputs[0].Count + Output.Count) * Inputs[1].Shape[0];

    private static ImmutableArray<int> ShapeOf(Value query, Value key, Value value, int heads)
    {
        bool fits = query.Shape.Length == 2 && key.Shape.Length == 2 && value.Shape.Length == 2 && query.Shape[1] == key.Shape[1] && key.Shape[0] == value.Shape[0]
            && heads > 0 && query.Shape[1] % heads == 0 && value.Shape[1] % heads == 0;
        return fits ? [query.Shape[0], value.Shape[1]] : throw new ArgumentException($"{query}, {key} and {value} make no attention of {heads} heads; [N, C], [M, C], [M, D] are needed.");
    }

    public override void Emit(OnnxGraphWriter onnx)
    {
        // [B, N, C] → [B, heads, N, C / heads], the keys turned once more.
        string Split(Value x, int[] order)
            => onnx.Node("Transpose", [onnx.Node("Reshape", [onnx[x], onnx.Integers(0, x.Shape[0], heads, x.Shape[1] / heads)])], null, new OnnxAttribute("perm", order));
        string scores = onnx.Node("MatMul", [Split(Inputs[0], [0, 2, 1, 3]), Split(Inputs[1], [0, 2, 3, 1])]);
        string scaled = onnx.Node("Mul", [scores, onnx.Number(1 / MathF.Sqrt(Inputs[0].Shape[1] / heads))]);
        string mixed = onnx.Node("MatMul", [onnx.Node("Softmax", [scaled], null, new OnnxAttribute("axis", -1)), Split(Inputs[2], [0, 2, 1, 3])]);
        string joined = onnx.Node("Transpose", [mixed], null, new OnnxAttribute("perm", [0, 2, 1, 3]));
        onnx.Node("Reshape", [joined, onnx.Integers([0, .. Output.Shape])], onnx[Output]);
    }
}
