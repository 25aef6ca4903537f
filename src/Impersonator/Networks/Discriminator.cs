namespace Impersonator.Networks;

/// <summary>Judges every patch of a picture: does it come from a camera, given what the mesh shows there? Only for training.</summary>
/// <remarks>
/// <para>Isola et al., "Image-to-Image Translation with Conditional Adversarial Networks", CVPR 2017 (patches of 70 pixels), with the
/// instance norms and features to be matched of Wang et al., "pix2pixHD", CVPR 2018. Deviation: SiLU instead of leaky ReLU.</para>
/// <para>Inputs <c>picture</c> [3, P, P] and <c>condition</c> [4, P, P] (mesh colour times coverage, coverage), 0 … 1. Outputs <c>score</c>
/// [1, P/8, P/8], higher = real, without limits (for the hinge loss); <c>features.0</c> … <c>features.3</c>.</para>
/// </remarks>
public static class Discriminator
{
    /// <summary>Intermediate maps that come out.</summary>
    public const int FeatureCount = 4;

    /// <summary>Writes the network down.</summary>
    /// <param name="side">P, a multiple of 8; no weight depends on it.</param>
    /// <param name="width">Channels of the first layer, a multiple of which all others are.</param>
    public static Graph Build(int side = 256, int width = 48)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (side < 16 || side % 8 != 0) throw new ArgumentException($"A side of {side} pixels is no multiple of 8 from 16 on.", nameof(side));
        var g = new GraphBuilder("Discriminator");
        Value x = g.Scale(g.Concat(g.Input("picture", 3, side, side), g.Input("condition", 4, side, side)), 2, -1);
        for (int i = 0; i < FeatureCount; i++)
        {
            // Three halvings, then one layer more that sees further; no norm where the colours are.
            x = g.Conv(x, $"layer.{i}", width << Math.Min(i, 3), kernel: i < 3 ? 4 : 3, stride: i < 3 ? 2 : 1, padding: 1, bias: i == 0);
            x = g.Silu(i == 0 ? x : g.InstanceNorm(x, $"layer.{i}.norm"));
            g.Output($"features.{i}", x);
        }
        g.Output("score", g.Precise(g.Conv(x, "score", 1, bias: true, gain: 0.3f)));
        return g.Build();
    }
}
