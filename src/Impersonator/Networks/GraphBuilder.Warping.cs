using Impersonator.Networks.Operations;

namespace Impersonator.Networks;

/// <content>Liquid warping: features of a photo, looked up where each pixel of a frame finds its surface point.</content>
public sealed partial class GraphBuilder
{
    /// <summary>Looks a picture up at places, bilinear.</summary>
    /// <param name="x">[C, H, W].</param>
    /// <param name="grid">[H', W', 2] places (x, y) in −1 … 1; what these mean is told by <paramref name="alignCorners"/>.</param>
    /// <param name="border">Outside: the nearest pixel (true) or zero, each of the four taps on its own (false).</param>
    /// <param name="alignCorners">−1 and 1 are the centres of the outermost pixels (true, PyTorch up to 1.2), or the outer edges (false).</param>
    public Value GridSample(Value x, Value grid, bool border = false, bool alignCorners = false) => Add(new GridSample(Unnamed("grid"), x, grid, border, alignCorners));

    /// <summary>[C, H, W] → [C, height, width], bilinear; the outermost pixels keep their places (PyTorch's aligned corners).</summary>
    /// <remarks>Source coordinate = index · (H − 1) / (height − 1). Made smaller it skips pixels, it does not average them.</remarks>
    public Value ResizeCorners(Value x, int height, int width) => Add(new CornerResize(Unnamed("resize"), x, height, width));

    /// <summary>A flow at another resolution, with aligned corners; itself if it has that size.</summary>
    /// <param name="flow">[H, W, 2] places in −1 … 1; −2 = nothing there, which is mixed with its neighbours like any number.</param>
    /// <param name="height">Rows wanted.</param>
    /// <param name="width">Columns wanted.</param>
    public Value ResizeFlow(Value flow, int height, int width)
        => flow.Shape[0] == height && flow.Shape[1] == width ? flow : Transpose(ResizeCorners(Transpose(Precise(flow), 2, 0, 1), height, width), 1, 2, 0);

    /// <summary>Features warped along a flow of any resolution.</summary>
    /// <remarks>Liu et al., "Liquid Warping GAN", ICCV 2019. Several warps at one scale share the flow that you give already resized.</remarks>
    /// <param name="features">[C, H, W] features of the photo.</param>
    /// <param name="flow">[H', W', 2] for each pixel of the frame, where in the photo its surface point lies (−1 … 1); −2 gives zeros.</param>
    /// <param name="alignCorners">As in <see cref="GridSample"/>; says nothing about the resize, which always aligns them.</param>
    public Value Warp(Value features, Value flow, bool alignCorners = false)
        => GridSample(features, ResizeFlow(flow, features.Shape[1], features.Shape[2]), alignCorners: alignCorners);

    /// <summary>Liquid warping by attention: at each pixel the frame's features ask the warped features of n photos, and the answer modulates them.</summary>
    /// <remarks>
    /// <c>key_j, value_j</c> from warped features j, <c>query</c> from x, 1×1 each; <c>a = Σ_j softmax_j(⟨query, key_j⟩ / √C) · value_j</c>;
    /// then <see cref="Spade"/> by a. What lies outside every flow takes part with the biases alone. The parameters do not depend on n.
    /// Liu et al., "Liquid Warping GAN with Attention", TPAMI 2021.
    /// </remarks>
    /// <param name="x">[C, H, W] features of the frame.</param>
    /// <param name="warped">n ≥ 1 features [C, H, W], one per photo, warped into the frame.</param>
    /// <param name="name">Parameters <c>name.query</c>, <c>name.key</c>, <c>name.value</c> and <c>name.spade</c>.</param>
    /// <param name="hidden">Channels inside <see cref="Spade"/>.</param>
    public Value AttendWarped(Value x, ReadOnlySpan<Value> warped, string name, int hidden = 128)
    {
        int channels = x.Shape[0], height = x.Shape[1], width = x.Shape[2], places = height * width, n = warped.Length;
        // The photos one below the other: one layer serves them all.
        Value stacked = ConcatAlong(1, warped);
        Value query = Reshape(Conv(x, name + ".query", channels, kernel: 1, bias: true), channels, 1, places);
        Value key = Reshape(Conv(stacked, name + ".key", channels, kernel: 1, bias: true), channels, n, places);
        Value value = Reshape(Conv(stacked, name + ".value", channels, kernel: 1, bias: true), channels, n, places);
        Value scores = Scale(Sum(Multiply(query, key), 0), 1 / MathF.Sqrt(channels)); // [n, H·W]
        Value mixed = Sum(Multiply(Reshape(Softmax(scores, 0), 1, n, places), value), 1); // [C, H·W]
        return Spade(x, Reshape(mixed, channels, height, width), name + ".spade", hidden);
    }

    /// <summary>Normalises each channel in each sample, then scales and shifts every pixel by what a condition says of it: <c>norm(x) · (1 + γ) + β</c>.</summary>
    /// <remarks>Park et al., "Semantic Image Synthesis with Spatially-Adaptive Normalization", CVPR 2019.</remarks>
    /// <param name="x">[C, H, W].</param>
    /// <param name="condition">[K, H, W].</param>
    /// <param name="name">Convolutions 3×3 <c>name.shared</c> (then ReLU), <c>name.gamma</c>, <c>name.beta</c>.</param>
    /// <param name="hidden">Channels between them.</param>
    public Value Spade(Value x, Value condition, string name, int hidden = 128)
    {
        Value shared = Relu(Conv(condition, name + ".shared", hidden, bias: true));
        Value gamma = Conv(shared, name + ".gamma", x.Shape[0], bias: true, gain: 0.3f), beta = Conv(shared, name + ".beta", x.Shape[0], bias: true, gain: 0.3f);
        return Add(Multiply(InstanceNorm(x), Scale(gamma, 1, 1)), beta);
    }
}
