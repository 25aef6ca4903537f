using System.Collections.Immutable;

namespace Impersonator.Networks;

/// <summary>Picture → matte, body parts, surface coordinates, depth, and 33 keypoints with their uncertainty.</summary>
/// <remarks>
/// <para>A residual encoder to 1/32 (He et al., "Deep Residual Learning", 2016), transformer blocks over the places there (what is left
/// and what is right is told by the whole body), and a U-Net's way back (Ronneberger et al., 2015) to 1/4 for keypoints and body,
/// to 1/2 for the matte. Batch norm, SiLU. Keypoints are heat maps whose mean is the place (Sun et al., "Integral Human Pose
/// Regression", 2018); the expected error is read where the heat is.</para>
/// <para>G = P/4. Input <c>picture</c> [batch, 3, P, P] sRGB 0..1 minus <see cref="Mean"/>. Outputs: <c>heat</c> [33, G, G] logits, a softmax over
/// the map is the keypoint's distribution; <c>scale</c> [33] logarithm of the expected error in cells of the map; <c>inside</c> [33] logits;
/// <c>matte</c> [1, P/2, P/2] logits; <c>parts</c> [15, G, G] logits, 0 = none; <c>surface</c> [3, G, G] place on the average body in its
/// T-pose, fractions of the canonical box; <c>depth</c> [1, G, G] metres behind the pelvis.</para>
/// </remarks>
public static class PersonNet
{
    /// <summary>Subtracted from the sRGB picture in 0..1.</summary>
    public const float Mean = 0.45f;

    /// <summary>Grey around a letterboxed photo, sRGB in 0..1.</summary>
    public const float Bar = 114 / 255f;

    /// <summary>Keypoints: the 17 of <see cref="Bodies.Keypoint"/>, then eight pairs, left before right.</summary>
    public const int KeypointCount = 33;

    /// <summary>None and the 14 body parts.</summary>
    public const int PartCount = 15;

    /// <summary>Pixels of the picture per cell of heat, parts, surface and depth.</summary>
    public const int Stride = 4;

    /// <summary>Pixels of the picture per pixel of the matte.</summary>
    public const int MatteStride = 2;

    private const int Heads = 4;

    /// <summary>[33] each keypoint's counterpart on the other side, itself in the middle.</summary>
    public static ImmutableArray<int> Mirror { get; } =
        [0, 1, 2, 6, 7, 8, 3, 4, 5, 12, 13, 14, 9, 10, 11, 16, 15, .. Enumerable.Range(17, 16).Select(k => k % 2 == 1 ? k + 1 : k - 1)];

    /// <summary>[15] each part's counterpart on the other side: parts come in pairs from the arms on.</summary>
    public static ImmutableArray<int> MirrorParts { get; } = [.. Enumerable.Range(0, PartCount).Select(p => p < 3 ? p : p % 2 == 1 ? p + 1 : p - 1)];

    /// <summary>Writes the network down.</summary>
    /// <param name="size">Null = the one whose weights ship.</param>
    public static Graph Build(PersonNetSize? size = null)
    {
        size ??= new PersonNetSize();
        var g = new GraphBuilder("PersonNet");
        (Value half, Value quarter, Value eighth) = Encode(g, size);
        Value sixteenth = g.Stage(eighth, "sixteenth", size.Sixteenth, size.SixteenthBlocks); // [Sixteenth, P/16, P/16]
        Value deep = Places(g, g.Layer(sixteenth, "deep", size.Sixteenth, stride: 2), size.Transformers); // [Sixteenth, P/32, P/32]

        Value back = g.Join(deep, sixteenth, "back.sixteenth", size.BackSixteenth, size.BackSixteenth);
        back = g.Join(back, eighth, "back.eighth", size.BackSixteenth, size.BackEighth);
        back = g.Residual(back, "back.eighth.block");
        back = g.Join(back, quarter, "back.quarter", size.BackQuarter, size.BackQuarter);
        Value body = g.Layer(back, "body", size.BackQuarter); // [BackQuarter, G, G]
        Value edge = g.Join(back, half, "back.half", size.BackHalf, size.BackHalf); // [BackHalf, P/2, P/2]

        Value heat = g.Precise(Head(g, body, "heat", KeypointCount, gain: 0.3f));
        g.Output("heat", heat);
        g.Output("scale", g.Clamp(Scale(g, heat, body), -4, 4));
        g.Output("inside", g.Precise(g.Linear(g.GlobalPool(deep), "inside", KeypointCount, gain: 0.3f)));
        g.Output("matte", g.Precise(g.Conv(edge, "matte", 1, bias: true, gain: 0.3f)));
        g.Output("parts", g.Precise(Head(g, body, "parts", PartCount, gain: 0.3f)));
        g.Output("surface", g.Scale(g.Precise(Head(g, body, "surface", 3, gain: 0.3f)), 0.25f, 0.5f));
        g.Output("depth", g.Scale(g.Precise(Head(g, body, "depth", 1, gain: 0.3f)), 0.25f));
        return g.Build();
    }

    /// <summary>The encoder alone: what two pictures are compared by (perceptual distance). Its parameters are some of <see cref="Build"/>'s.</summary>
    /// <remarks>Input <c>picture</c> as in <see cref="Build"/>; outputs <c>half</c>, <c>quarter</c>, <c>eighth</c>: features at those resolutions.</remarks>
    /// <param name="size">Null = the one whose weights ship.</param>
    public static Graph Features(PersonNetSize? size = null)
    {
        var g = new GraphBuilder("PersonNet features");
        (Value half, Value quarter, Value eighth) = Encode(g, size ?? new PersonNetSize());
        g.Output("half", half);
        g.Output("quarter", quarter);
        g.Output("eighth", eighth);
        return g.Build();
    }

    private static (Value Half, Value Quarter, Value Eighth) Encode(GraphBuilder g, PersonNetSize size)
    {
        Value half = g.Layer(g.Input("picture", 3, size.Picture, size.Picture), "stem", size.Half, stride: 2); // [Half, P/2, P/2]
        Value quarter = g.Stage(half, "quarter", size.Quarter, size.QuarterBlocks); // [Quarter, P/4, P/4]
        return (half, quarter, g.Stage(quarter, "eighth", size.Eighth, size.EighthBlocks)); // [Eighth, P/8, P/8]
    }

    /// <summary>Transformer blocks over the places of a map.</summary>
    private static Value Places(GraphBuilder g, Value x, int blocks)
    {
        Value tokens = g.Offset(g.Tokens(x), "places");
        for (int i = 0; i < blocks; i++) tokens = g.Transformer(tokens, $"transformer.{i}", Heads);
        return g.Image(tokens, x.Shape[1], x.Shape[2]);
    }

    private static Value Head(GraphBuilder g, Value x, string name, int channels, float gain) => g.Conv(x, name, channels, kernel: 1, bias: true, gain: gain);

    /// <summary>A map of error, averaged where the heat is; the heat does not learn from it.</summary>
    private static Value Scale(GraphBuilder g, Value heat, Value body)
    {
        int cells = heat.Shape[1] * heat.Shape[2];
        Value weights = g.Softmax(g.Reshape(g.StopGradient(heat), KeypointCount, cells));
        Value map = g.Precise(Head(g, body, "scale", KeypointCount, gain: 0.1f));
        return g.Sum(g.Multiply(weights, g.Reshape(map, KeypointCount, cells)), 1);
    }
}
