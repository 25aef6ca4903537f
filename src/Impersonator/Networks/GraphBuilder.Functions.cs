using Impersonator.Networks.Operations;

namespace Impersonator.Networks;

/// <content>Operations without parameters.</content>
public sealed partial class GraphBuilder
{
    /// <summary>max(x, 0).</summary>
    public Value Relu(Value x) => Act(x, ActivationKind.Relu);

    /// <summary>x · sigmoid(x).</summary>
    public Value Silu(Value x) => Act(x, ActivationKind.Silu);

    /// <summary>x · Φ(x), by the error function.</summary>
    public Value Gelu(Value x) => Act(x, ActivationKind.Gelu);

    /// <summary>x · clamp(x + 3, 0, 6) / 6: near <see cref="Silu"/>, cheaper on a processor.</summary>
    public Value HardSwish(Value x) => Act(x, ActivationKind.HardSwish);

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public Value Sigmoid(Value x) => Act(x, ActivationKind.Sigmoid);

    /// <summary>tanh(x).</summary>
    public Value Tanh(Value x) => Act(x, ActivationKind.Tanh);

    /// <summary>ln(1 + eˣ).</summary>
    public Value Softplus(Value x) => Act(x, ActivationKind.Softplus);

    /// <summary>eˣ.</summary>
    public Value Exp(Value x) => Act(x, ActivationKind.Exp);

    /// <summary>Softmax over an axis (batch not counted; −1 is the last).</summary>
    public Value Softmax(Value x, int axis = -1) => Add(new Softmax(Unnamed("softmax"), x, axis));

    /// <summary>x + y. Sides of 1 are repeated.</summary>
    public Value Add(Value x, Value y) => Combine(x, y, BinaryKind.Add);

    /// <summary>x − y. Sides of 1 are repeated.</summary>
    public Value Subtract(Value x, Value y) => Combine(x, y, BinaryKind.Subtract);

    /// <summary>x · y, element by element. Sides of 1 are repeated.</summary>
    public Value Multiply(Value x, Value y) => Combine(x, y, BinaryKind.Multiply);

    /// <summary>x / y, element by element. Sides of 1 are repeated.</summary>
    public Value Divide(Value x, Value y) => Combine(x, y, BinaryKind.Divide);

    /// <summary>x · factor + shift with two fixed numbers.</summary>
    public Value Scale(Value x, float factor, float shift = 0) => Add(new Scale(Unnamed("scale"), x, factor, shift));

    /// <summary>x kept within [min, max].</summary>
    public Value Clamp(Value x, float min, float max) => Add(new Clamp(Unnamed("clamp"), x, min, max));

    /// <summary>Values one after the other along the first axis (channels of [C, H, W]).</summary>
    public Value Concat(params ReadOnlySpan<Value> values) => Add(new Concat(Unnamed("concat"), [.. values], 0));

    /// <summary>Values one after the other along an axis (batch not counted).</summary>
    public Value ConcatAlong(int axis, params ReadOnlySpan<Value> values) => Add(new Concat(Unnamed("concat"), [.. values], axis));

    /// <summary>Part of an axis (batch not counted; 0 = channels of [C, H, W]).</summary>
    public Value Slice(Value x, int start, int count, int axis = 0) => Add(new Slice(Unnamed("slice"), x, start, count, axis));

    /// <summary>Parts of the first axis, of the given sizes.</summary>
    public Value[] Split(Value x, params ReadOnlySpan<int> sizes)
    {
        var parts = new Value[sizes.Length];
        for (int i = 0, start = 0; i < sizes.Length; start += sizes[i++]) parts[i] = Slice(x, start, sizes[i]);
        return parts;
    }

    /// <summary>[C, H, W] made larger or smaller by a factor; pixel centres at one half.</summary>
    public Value Resize(Value x, float factor, Interpolation interpolation = Interpolation.Bilinear) => Add(new Resize(Unnamed("resize"), x, factor, interpolation));

    /// <summary>Mean of windows of size × size that touch each other.</summary>
    public Value AveragePool(Value x, int size) => Add(new AveragePool(Unnamed("average"), x, size));

    /// <summary>Maximum of windows.</summary>
    /// <param name="x">[C, H, W].</param>
    /// <param name="size">Side of the window.</param>
    /// <param name="stride">Step; <paramref name="size"/> if not given.</param>
    /// <param name="padding">Border that never wins.</param>
    public Value MaxPool(Value x, int size, int? stride = null, int padding = 0) => Add(new MaxPool(Unnamed("maximum"), x, size, stride ?? size, padding));

    /// <summary>Mean of each channel of [C, H, W] as a vector [C].</summary>
    public Value GlobalPool(Value x) => Mean(x, 1, 2);

    /// <summary>Mean over axes (batch not counted), which vanish.</summary>
    public Value Mean(Value x, params ReadOnlySpan<int> axes) => Add(new Reduce(Unnamed("mean"), x, [.. axes], mean: true));

    /// <summary>Sum over axes (batch not counted), which vanish.</summary>
    public Value Sum(Value x, params ReadOnlySpan<int> axes) => Add(new Reduce(Unnamed("sum"), x, [.. axes], mean: false));


    /// <summary>Matrix product of the last two axes; those before must agree.</summary>
    public Value MatMul(Value x, Value y) => Add(new MatMul(Unnamed("matmul"), x, y));

    /// <summary>softmax(query · keyᵀ / √d) · value in each head, without linear maps.</summary>
    /// <param name="query">[N, C].</param>
    /// <param name="key">[M, C].</param>
    /// <param name="value">[M, D].</param>
    /// <param name="heads">Heads; must divide C and D.</param>
    public Value Attend(Value query, Value key, Value value, int heads) => Add(new ScaledAttention(Unnamed("attend"), query, key, value, heads));

    /// <summary>Other sides for the same numbers in the same order.</summary>
    public Value Reshape(Value x, params ReadOnlySpan<int> shape) => Add(new Reshape(Unnamed("reshape"), x, [.. shape]));

    /// <summary>Axes in another order (batch not counted): axis i of the result is axis <c>order[i]</c> of x.</summary>
    public Value Transpose(Value x, params ReadOnlySpan<int> order) => Add(new Transpose(Unnamed("transpose"), x, [.. order]));

    /// <summary>[C, H, W] → [H·W, C].</summary>
    public Value Tokens(Value x) => Transpose(Reshape(x, x.Shape[0], x.Shape[1] * x.Shape[2]), 1, 0);

    /// <summary>[height·width, C] → [C, height, width].</summary>
    public Value Image(Value x, int height, int width) => Reshape(Transpose(x, 1, 0), x.Shape[1], height, width);

    /// <summary>[C·f², H, W] → [C, H·f, W·f]: channels become pixels.</summary>
    public Value PixelShuffle(Value x, int factor) => Add(new PixelShuffle(Unnamed("shuffle"), x, factor));

    /// <summary>The value itself; no gradient flows back through it.</summary>
    public Value StopGradient(Value x) => Add(new StopGradient(Unnamed("stop"), x));

    /// <summary>The value itself, in full precision from here on even where the trainer computes in bf16 (coordinates, for one).</summary>
    public Value Precise(Value x) => Add(new Precise(Unnamed("precise"), x));

    private Value Act(Value x, ActivationKind kind) => Add(new Activation(Unnamed(kind.ToString().ToLowerInvariant()), x, kind));

    private Value Combine(Value x, Value y, BinaryKind kind) => Add(new Binary(Unnamed(kind.ToString().ToLowerInvariant()), x, y, kind));
}
