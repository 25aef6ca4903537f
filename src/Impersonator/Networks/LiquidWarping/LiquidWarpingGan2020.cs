using System.Collections.Immutable;

namespace Impersonator.Networks.LiquidWarping;

/// <summary>The generator of 2020 (Impersonator++, AttLWB-SPADE), exactly: several photos, weighed by attention at each pixel, modulate the frame's features.</summary>
/// <remarks>
/// Liu, Piao, Tu, Luo, Ma, Gao, "Liquid Warping GAN with Attention: A Unified Framework for Human Image Synthesis", TPAMI 2021.
/// 36,276,992 parameters; 35.7 G multiplications per frame at 256² with two photos. The streams have no norm but the attention's; the
/// <c>target</c> picture is the photos' texture on the frame's body. Earlier frames may join as further sources: encode
/// <c>image · (1 − mask)</c> with the earlier condition and give the flow from frame to frame (temporal attention, off in the original's default).
/// </remarks>
/// <param name="size">Null = as published.</param>
/// <param name="alignCorners">The published weights were trained without.</param>
public sealed class LiquidWarpingGan2020(LiquidWarpingSize? size = null, bool alignCorners = false) : LiquidWarpingNetwork("lwgan-2020", size ?? new(), alignCorners)
{
    private const string BackgroundModel = "bg_net.main";

    /// <inheritdoc/>
    public override int ForegroundGrowth => 1;

    /// <inheritdoc/>
    public override int BackgroundGrowth => 11;

    private protected override int FirstWarped => 0;

    /// <inheritdoc/>
    public override LiquidWarpingNetwork At(int side) => new LiquidWarpingGan2020(Size with { Picture = side }, AlignCorners);

    /// <inheritdoc/>
    public override Graph Background()
    {
        var g = new GraphBuilder(Name + " background");
        int[] widths = [Size.Width, 2 * Size.Width, 2 * Size.Width, 4 * Size.Width];
        Value x = g.Input("known", 4, Size.Picture, Size.Picture);
        int at = 0;
        for (int i = 0; i < 4; i++, at += 3)
            x = g.Relu(g.InstanceNorm(g.Conv(x, $"{BackgroundModel}.{at}", widths[i], i == 0 ? 7 : 3, stride: i == 0 ? 1 : 2, bias: true)));
        for (int i = 0; i < Size.Blocks; i++, at++)
        {
            Value branch = g.Relu(g.InstanceNorm(g.Conv(x, $"{BackgroundModel}.{at}.main.0", x.Shape[0], bias: true)));
            x = g.Add(x, g.InstanceNorm(g.Conv(branch, $"{BackgroundModel}.{at}.main.3", x.Shape[0], bias: true)));
        }
        for (int i = 2; i >= 0; i--, at += 3) x = g.Relu(g.InstanceNorm(g.ConvTranspose(x, $"{BackgroundModel}.{at}", widths[i])));
        g.Output("background", g.Tanh(g.Conv(x, $"{BackgroundModel}.{at}", 3, kernel: 7)));
        return g.Build();
    }

    /// <inheritdoc/>
    public override Graph Source(bool pictures = false)
    {
        var g = new GraphBuilder(Name + " source");
        Value x = g.Input("source", 6, Size.Picture, Size.Picture);
        for (int i = 0; i < 3; i++) g.Output(EncoderName(i), x = g.Relu(g.Conv(x, $"src_net.encoders.layers.{i}.0", Size.Width << i, stride: 2, bias: true)));
        for (int i = 0; i < Size.Blocks; i++) g.Output(ResidualName(i), x = Residual(g, x, $"src_net.res_blocks.{i}"));
        if (!pictures) return g.Build();
        for (int i = 0; i < 3; i++) x = Enlarge(g, x, $"src_net.decoders.layers.{i}.0", i);
        Heads(g, x, "src_net.img_reg.0", "src_net.att_reg.0");
        return g.Build();
    }

    /// <inheritdoc/>
    public override Graph Transfer(int sources = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sources, 1);
        var g = new GraphBuilder(Name + " transfer");
        Value x = g.Input("target", 6, Size.Picture, Size.Picture);
        Dictionary<string, ImmutableArray<int>> shapes = Features.ToDictionary(name => name, _ => Shape(4 * Size.Width, 8));
        (shapes[EncoderName(0)], shapes[EncoderName(1)]) = (Shape(Size.Width, 2), Shape(2 * Size.Width, 4));
        Dictionary<string, Value>[] warped = [.. Enumerable.Range(0, sources).Select(j => Warped(g, j, shapes))];
        Value Attend(Value x, string feature, string name) => g.AttendWarped(x, [.. warped.Select(source => source[feature])], name, Size.Hidden);

        var skips = new Value[3];
        for (int i = 0; i < 3; i++)
            skips[i] = x = Attend(g.Relu(g.Conv(x, $"tsf_net_enc.layers.{i}.0", Size.Width << i, stride: 2)), EncoderName(i), $"enc_attlwbs.{i}");
        for (int i = 0; i < Size.Blocks; i++) x = Attend(Residual(g, x, $"res_blocks.{i}"), ResidualName(i), $"res_attlwbs.{i}");
        for (int i = 0; i < 3; i++)
        {
            x = Enlarge(g, x, $"tsf_net_dec.upconvs.{i}.0", i);
            if (i < 2) x = g.Relu(g.Conv(g.Concat(skips[1 - i], x), $"tsf_net_dec.skippers.{i}.0", x.Shape[0], bias: true));
        }
        Heads(g, x, "tsf_img_reg.0", "tsf_att_reg.0");
        return g.Build();
    }

    /// <inheritdoc/>
    public override string KeyOf(Parameter parameter) => base.KeyOf(parameter)
        .Replace(".query.", ".fq.", StringComparison.Ordinal).Replace(".key.", ".fk.", StringComparison.Ordinal).Replace(".value.", ".fv.", StringComparison.Ordinal)
        .Replace(".spade.shared.", ".spade.mlp_shared.0.", StringComparison.Ordinal).Replace(".spade.gamma.", ".spade.mlp_gamma.", StringComparison.Ordinal).Replace(".spade.beta.", ".spade.mlp_beta.", StringComparison.Ordinal);

    private static Value Residual(GraphBuilder g, Value x, string name)
        => g.Add(x, g.Conv(g.Relu(g.Conv(x, name + ".main.0", x.Shape[0], bias: true)), name + ".main.2", x.Shape[0], bias: true));

    private Value Enlarge(GraphBuilder g, Value x, string name, int step) => g.Relu(g.ConvTranspose(x, name, Size.Width << (2 - step), bias: true));

    private static void Heads(GraphBuilder g, Value x, string image, string mask)
    {
        g.Output("image", g.Tanh(g.Conv(x, image, 3, kernel: 5)));
        g.Output("mask", g.Sigmoid(g.Conv(x, mask, 1, kernel: 5)));
    }
}
