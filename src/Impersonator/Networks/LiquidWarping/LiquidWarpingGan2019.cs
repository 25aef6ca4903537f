using System.Collections.Immutable;

namespace Impersonator.Networks.LiquidWarping;

/// <summary>The generator of 2019, exactly: warped features are added to those of the frame at three scales and after each residual block.</summary>
/// <remarks>
/// Liu, Piao, Min, Luo, Ma, Gao, "Liquid Warping GAN: A Unified Framework for Human Motion Imitation, Appearance Transfer and Novel View
/// Synthesis", ICCV 2019. 97,452,736 parameters; 52.79 G multiplications per frame at 256². Convolutions have no bias; every norm is an
/// instance norm with scale and shift; nothing follows a residual sum. Its weights were trained with PyTorch 1.2, whose sampling aligned the corners.
/// </remarks>
/// <param name="size">Null = as published.</param>
/// <param name="alignCorners">False samples as PyTorch does since 1.3: for weights that were trained with it.</param>
public sealed partial class LiquidWarpingGan2019(LiquidWarpingSize? size = null, bool alignCorners = true) : LiquidWarpingNetwork("lwgan-2019", size ?? new(), alignCorners)
{
    private const string SourceStream = "src_model", TransferStream = "tsf_model", BackgroundModel = "bg_model.model";

    /// <inheritdoc/>
    public override int ForegroundGrowth => 3;

    /// <inheritdoc/>
    public override int BackgroundGrowth => 13;

    private protected override int FirstWarped => 1;

    /// <inheritdoc/>
    public override LiquidWarpingNetwork At(int side) => new LiquidWarpingGan2019(Size with { Picture = side }, AlignCorners);

    /// <inheritdoc/>
    public override Graph Background()
    {
        var g = new GraphBuilder(Name + " background");
        g.Output("background", Backdrop(g, g.Input("known", 4, Size.Picture, Size.Picture)));
        return g.Build();
    }

    /// <inheritdoc/>
    public override Graph Source(bool pictures = false)
    {
        var g = new GraphBuilder(Name + " source");
        Stream stream = Follow(g, SourceStream, g.Input("source", 6, Size.Picture, Size.Picture), []);
        foreach (string feature in Features) g.Output(feature, stream.Features[feature]);
        if (pictures) Show(g, stream, "image", "mask");
        return g.Build();
    }

    /// <inheritdoc/>
    public override Graph Transfer(int sources = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sources, 1);
        var g = new GraphBuilder(Name + " transfer");
        Value target = g.Input("target", 6, Size.Picture, Size.Picture);
        Dictionary<string, ImmutableArray<int>> shapes = Features.ToDictionary(name => name, _ => Shape(8 * Size.Width, 8));
        (shapes[EncoderName(1)], shapes[EncoderName(2)]) = (Shape(2 * Size.Width, 2), Shape(4 * Size.Width, 4));
        Dictionary<string, Value>[] warped = [.. Enumerable.Range(0, sources).Select(j => Warped(g, j, shapes))];
        Show(g, Follow(g, TransferStream, target, warped), "image", "mask");
        return g.Build();
    }

    /// <summary>The whole of training's forward pass. Inputs <c>known</c>, <c>source</c>, <c>target</c>, <c>flow</c>; outputs <c>background</c>, <c>source.image</c>, <c>source.mask</c>, <c>image</c>, <c>mask</c>.</summary>
    public Graph Forward()
    {
        var g = new GraphBuilder(Name);
        g.Output("background", Backdrop(g, g.Input("known", 4, Size.Picture, Size.Picture)));
        Stream source = Follow(g, SourceStream, g.Input("source", 6, Size.Picture, Size.Picture), []);
        Show(g, source, "source.image", "source.mask");
        Value target = g.Input("target", 6, Size.Picture, Size.Picture), flow = g.Input("flow", Size.Picture, Size.Picture, 2);
        Dictionary<string, Value> warped = Warped(g, flow, Warpable(source));
        Show(g, Follow(g, TransferStream, target, [warped]), "image", "mask");
        return g.Build();
    }

    // Encoder and residual blocks of a stream; what was warped is added behind each, but not at full resolution.
    private Stream Follow(GraphBuilder g, string name, Value x, ReadOnlySpan<Dictionary<string, Value>> warped)
    {
        var stream = new Stream(name, []);
        for (int i = 0; i < 4; i++)
        {
            x = Layer(g, g.Conv(x, $"{name}.encoders.{i}.0", Size.Width << i, i == 0 ? 7 : 3, stride: i == 0 ? 1 : 2), $"{name}.encoders.{i}.1");
            stream.Features[EncoderName(i)] = x = i < FirstWarped ? x : Sum(g, x, EncoderName(i), warped);
        }
        for (int i = 0; i < Size.Blocks; i++)
            stream.Features[ResidualName(i)] = x = Sum(g, Residual(g, x, $"{name}.resnets.{i}"), ResidualName(i), warped);
        return stream;
    }

    private Dictionary<string, Value> Warpable(Stream stream) => Features.ToDictionary(name => name, name => stream.Features[name]);

    private static Value Sum(GraphBuilder g, Value x, string feature, ReadOnlySpan<Dictionary<string, Value>> warped)
    {
        foreach (Dictionary<string, Value> source in warped) x = g.Add(x, source[feature]);
        return x;
    }

    private void Show(GraphBuilder g, Stream stream, string image, string mask)
    {
        (Value colours, Value background) = Decode(g, stream);
        g.Output(image, g.Tanh(colours));
        g.Output(mask, g.Sigmoid(background));
    }

    // Both before their last nonlinearity.
    private (Value Image, Value Mask) Decode(GraphBuilder g, Stream stream)
    {
        Value x = stream.Features[ResidualName(Size.Blocks - 1)];
        for (int i = 0; i < 3; i++)
        {
            int channels = Size.Width << (2 - i);
            x = Layer(g, g.ConvTranspose(x, $"{stream.Name}.decoders.{i}.0", channels, kernel: 3, extra: 1), $"{stream.Name}.decoders.{i}.1");
            Value joined = g.Concat(stream.Features[EncoderName(2 - i)], x);
            x = Layer(g, g.Conv(joined, $"{stream.Name}.skippers.{i}.0", channels), $"{stream.Name}.skippers.{i}.1");
        }
        return (g.Conv(x, stream.Name + ".img_reg.0", 3, kernel: 7), g.Conv(x, stream.Name + ".attetion_reg.0", 1, kernel: 7));
    }

    // One sequence in the original: layers are numbered with their norms and rectifiers.
    private Value Backdrop(GraphBuilder g, Value x)
    {
        int at = 0;
        for (int i = 0; i < 4; i++, at += 3)
            x = Layer(g, g.Conv(x, $"{BackgroundModel}.{at}", Size.Width << i, i == 0 ? 7 : 3, stride: i == 0 ? 1 : 2), $"{BackgroundModel}.{at + 1}");
        for (int i = 0; i < Size.Blocks; i++, at++) x = Residual(g, x, $"{BackgroundModel}.{at}");
        for (int i = 0; i < 3; i++, at += 3)
            x = Layer(g, g.ConvTranspose(x, $"{BackgroundModel}.{at}", Size.Width << (2 - i), kernel: 3, extra: 1), $"{BackgroundModel}.{at + 1}");
        return g.Tanh(g.Conv(x, $"{BackgroundModel}.{at}", 3, kernel: 7));
    }

    private static Value Layer(GraphBuilder g, Value convolved, string norm) => g.Relu(g.InstanceNorm(convolved, norm));

    private static Value Residual(GraphBuilder g, Value x, string name)
    {
        Value branch = Layer(g, g.Conv(x, name + ".main.0", x.Shape[0]), name + ".main.1");
        return g.Add(x, g.InstanceNorm(g.Conv(branch, name + ".main.3", x.Shape[0]), name + ".main.4"));
    }

    /// <summary>A stream before its decoder: every feature by name.</summary>
    private sealed record Stream(string Name, Dictionary<string, Value> Features);
}
