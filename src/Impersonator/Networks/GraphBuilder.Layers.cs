using Impersonator.Networks.Operations;

namespace Impersonator.Networks;

/// <content>Layers with parameters.</content>
public sealed partial class GraphBuilder
{
    /// <summary>Convolution of [C, H, W], padded with zeros.</summary>
    /// <param name="x">Input.</param>
    /// <param name="name">Name of the layer; parameters <c>name.kernel</c>, <c>name.bias</c>.</param>
    /// <param name="channels">Channels that come out.</param>
    /// <param name="kernel">Side of the kernel.</param>
    /// <param name="stride">Step; 2 halves the picture.</param>
    /// <param name="groups">Groups of channels that do not see each other.</param>
    /// <param name="bias">Whether a bias is added. Off: a norm usually follows. Switch it on for heads.</param>
    /// <param name="padding">Zeros on each side; "same" (<c>dilation · (kernel − 1) / 2</c>) if not given.</param>
    /// <param name="dilation">Distance between the kernel's taps.</param>
    /// <param name="gain">Factor of the He initialisation; small for the last layer of a branch.</param>
    public Value Conv(Value x, string name, int channels, int kernel = 3, int stride = 1, int groups = 1, bool bias = false, int? padding = null, int dilation = 1, float gain = 1)
        => Add(new Convolution(name, x, channels, kernel, stride, groups, bias, padding ?? (dilation * (kernel - 1) / 2), dilation, gain));

    /// <summary>Convolution of each channel by itself.</summary>
    public Value Depthwise(Value x, string name, int kernel = 3, int stride = 1, bool bias = false, int dilation = 1)
        => Conv(x, name, x.Shape[0], kernel, stride, groups: x.Shape[0], bias, dilation: dilation);

    /// <summary>Transposed convolution of [C, H, W]: each pixel lays a kernel down, the overlaps are summed; the sides become <c>(H − 1) · stride − 2 · padding + kernel + extra</c>.</summary>
    /// <remarks>The kernel is [in, out, side, side], as everywhere. 4, 2, 1 without extra, and 3, 2, 1 with an extra of 1, double the sides exactly.</remarks>
    /// <param name="x">Input.</param>
    /// <param name="name">Name of the layer; parameters <c>name.kernel</c>, <c>name.bias</c>.</param>
    /// <param name="channels">Channels that come out.</param>
    /// <param name="kernel">Side of the kernel.</param>
    /// <param name="stride">Pixels between two laid kernels; 2 doubles the picture.</param>
    /// <param name="padding">Pixels cut off on each side.</param>
    /// <param name="extra">Pixels added at the right and the bottom (PyTorch's output padding); less than the stride.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="gain">Factor of the He initialisation.</param>
    public Value ConvTranspose(Value x, string name, int channels, int kernel = 4, int stride = 2, int padding = 1, int extra = 0, bool bias = false, float gain = 1)
        => Add(new TransposedConvolution(name, x, channels, kernel, stride, padding, extra, bias, gain));

    /// <summary>Affine map of the last axis: [.., C] → [.., channels]; parameters <c>name.kernel</c>, <c>name.bias</c>.</summary>
    public Value Linear(Value x, string name, int channels, bool bias = true, float gain = 1) => Add(new Linear(name, x, channels, bias, gain));

    /// <summary>Normalises each channel of [C, …] over batch and picture while training, by running statistics else.</summary>
    /// <remarks>Ioffe, Szegedy, "Batch Normalization", 2015. Behind a <see cref="Conv"/> it costs nothing at inference: it is folded into the kernel.</remarks>
    /// <param name="x">Input.</param>
    /// <param name="name">Parameters <c>name.scale</c>, <c>name.shift</c>, <c>name.mean</c>, <c>name.variance</c>.</param>
    /// <param name="scale">Where the scale starts; 0 … 0.3 for the last norm of a residual branch.</param>
    /// <param name="momentum">Weight of the newest batch in the running statistics.</param>
    public Value BatchNorm(Value x, string name, float scale = 1, float momentum = 0.03f) => Add(new BatchNormalization(name, x, scale, momentum));

    /// <summary>Normalises groups of channels of [C, …] in each sample, then scales and shifts each channel.</summary>
    public Value GroupNorm(Value x, string name, int groups, float scale = 1) => Add(new GroupNormalization(name, x, groups, scale));

    /// <summary>Normalises each channel in each sample, then scales and shifts it.</summary>
    public Value InstanceNorm(Value x, string name, float scale = 1) => GroupNorm(x, name, x.Shape[0], scale);

    /// <summary>Normalises each channel in each sample and leaves it so: nothing is learned.</summary>
    public Value InstanceNorm(Value x) => Add(new GroupNormalization(Unnamed("norm"), x, x.Shape[0], null));

    /// <summary>Normalises the last axis, then scales and shifts each of its elements.</summary>
    public Value LayerNorm(Value x, string name, float scale = 1) => Add(new LayerNormalization(name, x, scale));

    /// <summary>Scales and shifts each channel of [C, …] by learned numbers.</summary>
    public Value Affine(Value x, string name, float scale = 1) => Add(new Affine(name, x, scale));

    /// <summary>Adds a learned array of the value's own shape, e.g. the places of tokens.</summary>
    public Value Offset(Value x, string name, float deviation = 0.02f) => Add(new Offset(name, x, deviation));

    /// <summary>Multi-head self-attention with its four linear maps, of tokens [N, C] or of the pixels of [C, H, W]. Norm and residual are yours.</summary>
    /// <remarks>Vaswani et al., "Attention Is All You Need", 2017.</remarks>
    /// <param name="x">Input; the output has its shape.</param>
    /// <param name="name">Parameters <c>name.query.kernel</c>, …, <c>name.project.bias</c>.</param>
    /// <param name="heads">Heads; must divide C.</param>
    public Value Attention(Value x, string name, int heads) => Attention(x, x, name, heads);

    /// <summary>Multi-head attention of tokens <paramref name="x"/> to tokens <paramref name="context"/>, with its four linear maps.</summary>
    public Value Attention(Value x, Value context, string name, int heads)
    {
        if (x.Shape.Length == 3)
            return Image(Attention(Tokens(x), ReferenceEquals(x, context) ? Tokens(x) : Tokens(context), name, heads), x.Shape[1], x.Shape[2]);
        int channels = x.Shape[^1];
        // A gain of 0.7 keeps the variance of linear maps without a rectifier.
        Value query = Linear(x, name + ".query", channels, gain: 0.7f);
        Value key = Linear(context, name + ".key", channels, bias: false, gain: 0.7f);
        Value value = Linear(context, name + ".value", channels, gain: 0.7f);
        return Linear(Attend(query, key, value, heads), name + ".project", channels, gain: 0.7f);
    }

    /// <summary>A transformer's block on tokens [N, C]: norm, attention, residual; norm, two linear maps with GELU, residual.</summary>
    /// <param name="x">Input; the output has its shape.</param>
    /// <param name="name">Parameters start with it.</param>
    /// <param name="heads">Heads; must divide C.</param>
    /// <param name="expansion">How many times wider the inner layer is.</param>
    public Value Transformer(Value x, string name, int heads, int expansion = 2)
    {
        x = Add(x, Attention(LayerNorm(x, name + ".norm1"), name, heads));
        Value wide = Gelu(Linear(LayerNorm(x, name + ".norm2"), name + ".wide", expansion * x.Shape[^1]));
        return Add(x, Linear(wide, name + ".narrow", x.Shape[^1], gain: 0.3f));
    }
}
