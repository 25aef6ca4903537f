using System.Collections.Immutable;

namespace Impersonator.Networks;

/// <summary>The mesh of a person in another pose, and the person's photo → the person in that pose as a photo would show it.</summary>
/// <remarks>
/// <para>Liquid warping (Liu et al., "Liquid Warping GAN", ICCV 2019; with attention, TPAMI 2021), small enough for a processor: the photo's
/// features at S/2, S/4 and S/8 are looked up where each pixel of the frame finds its surface point (<see cref="FlowPyramid"/>) and join a
/// residual U-Net over what the mesh shows, on the way in and on the way back. Above S/2 there are two narrow convolutions only. Unlike theirs it does
/// not draw the person anew: it starts as the mesh, whose colours go on beyond its edge, and learns where to depart from it.</para>
/// <para><see cref="Source"/> runs once per photo, <see cref="Transfer"/> once per frame, <see cref="Build"/> is both, for training; all
/// three have the same parameters, however many photos there are. Pictures are bytes / 255. <c>photo</c> [<see cref="PhotoChannels"/>, S, S]: colour times alpha, alpha, surface (canonical x, y, z).
/// <c>frame</c> [<see cref="FrameChannels"/>, S, S]: mesh colour times coverage, coverage, normal, surface, seen, depth. <c>flow</c> [S/2, S/2, 2]: place in
/// the photo, x and y in −1 … 1 between its outer edges, −2 = nothing.</para>
/// <para>Outputs: <c>paint</c> [3, S, S] colour, straight sRGB in about 0 … 1; <c>matte</c> [1, S, S] logits of the person's alpha; <c>blend</c>
/// [1, S, S] logits of how far the mesh's own colour is kept. Picture: <c>b = sigmoid(blend) · coverage</c>,
/// <c>colour = b · mesh + (1 − b) · paint</c>, <c>alpha = sigmoid(matte)</c>.</para>
/// </remarks>
public static class GeneratorNet
{
    /// <summary>Channels of <c>photo</c>.</summary>
    public const int PhotoChannels = 7;

    /// <summary>Channels of <c>frame</c>.</summary>
    public const int FrameChannels = 12;

    /// <summary>The frame's channel of coverage, behind the three of colour.</summary>
    public const int CoverageChannel = 3;

    /// <summary>The frame's channel of how squarely the photo shows the point.</summary>
    public const int SeenChannel = 10;

    private const float HeadGain = 0.1f;

    /// <summary>Halvings to which colours go on: 16 pixels and more.</summary>
    private const int ExtensionLevels = 4;

    /// <summary>By how much the features are smaller than the photo.</summary>
    public static ImmutableArray<int> Scales { get; } = [2, 4, 8];

    /// <summary>The name of the features at a scale; <c>name.j</c> are those of photo j.</summary>
    public static string FeatureName(int scale) => $"features.{scale}";

    /// <summary>Input <c>photo</c>; outputs <c>features.2</c>, <c>features.4</c>, <c>features.8</c>.</summary>
    /// <param name="size">Null = the one whose weights ship.</param>
    /// <exception cref="ArgumentException">The network looks at no photo.</exception>
    public static Graph Source(GeneratorNetSize? size = null)
    {
        size = Checked(size);
        if (size.Mixing == FeatureMixing.None) throw new ArgumentException("A network without mixing has no source; feed its Transfer with the frame alone.", nameof(size));
        var g = new GraphBuilder("GeneratorNet source");
        Value[] features = Encode(g, g.Input("photo", PhotoChannels, size.Side, size.Side), size);
        for (int i = 0; i < features.Length; i++) g.Output(FeatureName(Scales[i]), features[i]);
        return g.Build();
    }

    /// <summary>Inputs <c>frame</c> and for each photo j from 0 <c>flow.j</c>, <c>features.2.j</c>, <c>features.4.j</c>, <c>features.8.j</c>; outputs <c>paint</c>, <c>matte</c>, <c>blend</c>.</summary>
    /// <param name="size">Null = the one whose weights ship.</param>
    /// <param name="sources">Photos of the person; none are read without mixing.</param>
    public static Graph Transfer(GeneratorNetSize? size = null, int sources = 1)
    {
        size = Checked(size);
        int[] channels = [size.Half, size.Quarter, size.Eighth];
        return Assemble("GeneratorNet transfer", size, sources, (g, j) =>
            [.. Scales.Select((scale, i) => g.Input($"{FeatureName(scale)}.{j}", channels[i], size.Side / scale, size.Side / scale))]);
    }

    /// <summary>Inputs <c>frame</c> and for each photo j from 0 <c>photo.j</c>, <c>flow.j</c>; outputs as <see cref="Transfer"/>.</summary>
    /// <param name="size">Null = the one whose weights ship.</param>
    /// <param name="sources">Photos of the person; none are read without mixing.</param>
    public static Graph Build(GeneratorNetSize? size = null, int sources = 1)
    {
        size = Checked(size);
        return Assemble("GeneratorNet", size, sources, (g, j) => Encode(g, g.Input($"photo.{j}", PhotoChannels, size.Side, size.Side), size));
    }

    private static GeneratorNetSize Checked(GeneratorNetSize? size)
    {
        size ??= new GeneratorNetSize();
        return size.Side >= 16 && size.Side % 16 == 0 ? size : throw new ArgumentException($"A side of {size.Side} pixels is no multiple of 16.", nameof(size));
    }

    private static Graph Assemble(string name, GeneratorNetSize size, int sources, Func<GraphBuilder, int, Value[]> featuresOf)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sources, 1);
        var g = new GraphBuilder(name);
        Value frame = g.Input("frame", FrameChannels, size.Side, size.Side);
        if (size.Mixing == FeatureMixing.None) sources = 0;
        var photos = new List<(FlowPyramid Flow, Value[] Features)>();
        for (int j = 0; j < sources; j++)
        {
            g.Sharing = j > 0;
            Value[] features = featuresOf(g, j);
            photos.Add((new FlowPyramid(g, g.Input($"flow.{j}", size.Side / 2, size.Side / 2, 2)), features));
        }
        g.Sharing = false;
        Decode(g, frame, Draw(g, frame, size, new WarpedPhotos(g, size.Mixing, photos)), size);
        return g.Build();
    }

    /// <summary>The photo's features at each scale, each of which has seen the whole photo.</summary>
    private static Value[] Encode(GraphBuilder g, Value photo, GeneratorNetSize size)
    {
        Value half = g.Layer(photo, "source.half", size.Half, stride: 2); // [Half, S/2, S/2]
        Value quarter = g.Stage(half, "source.quarter", size.Quarter, size.QuarterBlocks); // [Quarter, S/4, S/4]
        Value eighth = g.Stage(quarter, "source.eighth", size.Eighth, size.EighthBlocks); // [Eighth, S/8, S/8]
        Value deep = g.Stage(eighth, "source.sixteenth", size.Sixteenth, 1); // [Sixteenth, S/16, S/16]
        eighth = g.Join(deep, eighth, "source.back.eighth", size.Eighth, size.Eighth);
        quarter = g.Join(eighth, quarter, "source.back.quarter", size.Quarter, size.Quarter);
        return [g.Join(quarter, half, "source.back.half", size.Half, size.Half), quarter, eighth];
    }

    /// <summary>The U-Net: [12, S, S] → [Half, S/2, S/2].</summary>
    private static Value Draw(GraphBuilder g, Value frame, GeneratorNetSize size, WarpedPhotos photos)
    {
        Value half = Enter(frame, "half", size.Half, 0, blocks: 0); // [Half, S/2, S/2]
        Value quarter = Enter(half, "quarter", size.Quarter, 1, size.QuarterBlocks); // [Quarter, S/4, S/4]
        Value eighth = Enter(quarter, "eighth", size.Eighth, 2, size.EighthBlocks); // [Eighth, S/8, S/8]
        Value deep = g.Stage(eighth, "sixteenth", size.Sixteenth, size.SixteenthBlocks); // [Sixteenth, S/16, S/16]
        Value back = Return(deep, eighth, "back.eighth", size.Eighth, 2);
        back = g.Residuals(Return(back, quarter, "back.quarter", size.Quarter, 1), "back.quarter", size.QuarterBlocks);
        return Return(back, half, "back.half", size.Half, 0);

        // One step in: what the photos show joins before the blocks.
        Value Enter(Value x, string name, int channels, int level, int blocks)
        {
            Value own = g.Normed(x, name, channels, stride: 2);
            return g.Residuals(g.Silu(photos.Mix(own, level, name) is { } seen ? g.Add(own, Taken(seen, name, channels)) : own), name, blocks);
        }

        Value Return(Value coarse, Value fine, string name, int channels, int level)
            => g.Join(coarse, fine, name, channels, channels, photos.Mixed(level) is { } seen ? Taken(seen, name, channels) : null);

        Value Taken(Value seen, string name, int channels) => g.Normed(seen, name + ".warped", channels, kernel: 1, scale: GraphBuilder.BranchScale);
    }

    /// <summary>Small changes to the mesh as it is, at full resolution.</summary>
    private static void Decode(GraphBuilder g, Value frame, Value features, GeneratorNetSize size)
    {
        Value exact = g.Precise(frame), coverage = g.Slice(exact, CoverageChannel, 1), mesh = Extended(g, exact);
        // Enlarged smoothly: pixels made of channels show as a grid.
        Value fine = g.Concat(g.Resize(g.Layer(features, "fine.half", size.Full), 2), mesh, g.Slice(frame, CoverageChannel, 1), g.Slice(frame, SeenChannel, 1));
        Value[] change = g.Split(g.Precise(g.Conv(g.Layer(fine, "fine", size.Full), "change", 5, bias: true, gain: HeadGain)), 3, 1, 1);
        g.Output("paint", g.Add(mesh, change[0]));
        g.Output("matte", g.Add(g.Scale(coverage, 8, -4), change[1]));
        g.Output("blend", g.Scale(change[2], 1, 2));
    }

    /// <summary>[3, S, S] the mesh's straight colour, and beyond its edge the mean of what is near: colour over the same of half the size.</summary>
    /// <remarks>Gortler et al., "The Lumigraph", 1996 (pull, then push).</remarks>
    private static Value Extended(GraphBuilder g, Value frame)
    {
        Value[] levels = new Value[ExtensionLevels + 1];
        levels[0] = g.Slice(frame, 0, CoverageChannel + 1);
        for (int k = 1; k < levels.Length; k++) levels[k] = g.AveragePool(levels[k - 1], 2);
        Value colour = g.Divide(g.Slice(levels[^1], 0, 3), g.Clamp(g.Slice(levels[^1], CoverageChannel, 1), 1 / 255f, 1));
        for (int k = levels.Length - 2; k >= 0; k--)
            colour = g.Add(g.Slice(levels[k], 0, 3), g.Multiply(g.Scale(g.Slice(levels[k], CoverageChannel, 1), -1, 1), g.Resize(colour, 2)));
        return colour;
    }
}
