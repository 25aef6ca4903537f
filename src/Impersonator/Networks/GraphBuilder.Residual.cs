namespace Impersonator.Networks;

/// <content>What our residual U-Nets are made of: convolution, batch norm, SiLU (He et al., "Deep Residual Learning", 2016; Ronneberger et al., "U-Net", 2015).</content>
public sealed partial class GraphBuilder
{
    /// <summary>What the last norm of a residual branch starts with: small, so that a deep network starts as a shallow one.</summary>
    internal const float BranchScale = 0.3f;

    /// <summary>Convolution and norm; parameters <c>name.kernel</c>, <c>name.norm.…</c>.</summary>
    internal Value Normed(Value x, string name, int channels, int kernel = 3, int stride = 1, float scale = 1)
        => BatchNorm(Conv(x, name, channels, kernel, stride), name + ".norm", scale);

    /// <summary>Convolution, norm, SiLU.</summary>
    internal Value Layer(Value x, string name, int channels, int kernel = 3, int stride = 1) => Silu(Normed(x, name, channels, kernel, stride));

    /// <summary>Two layers <c>name.a</c>, <c>name.b</c> around which the input passes by.</summary>
    internal Value Residual(Value x, string name)
    {
        Value branch = Layer(x, name + ".a", x.Shape[0]);
        return Silu(Add(x, Normed(branch, name + ".b", x.Shape[0], scale: BranchScale)));
    }

    /// <summary>Residual blocks <c>name.0</c>, <c>name.1</c> ….</summary>
    internal Value Residuals(Value x, string name, int blocks)
    {
        for (int i = 0; i < blocks; i++) x = Residual(x, $"{name}.{i}");
        return x;
    }

    /// <summary>Half the resolution, then residual blocks.</summary>
    internal Value Stage(Value x, string name, int channels, int blocks) => Residuals(Layer(x, name, channels, stride: 2), name, blocks);

    /// <summary>One step of the way back: the coarse map, enlarged, plus the finer one of the way in, through a convolution.</summary>
    /// <param name="coarse">[C, H/2, W/2].</param>
    /// <param name="fine">[C', H, W].</param>
    /// <param name="name">Parameters <c>name.up</c>, <c>name.across</c>, <c>name</c>.</param>
    /// <param name="width">Channels of the sum.</param>
    /// <param name="channels">Channels that come out.</param>
    /// <param name="beside">Something more to be added, [width, H, W].</param>
    internal Value Join(Value coarse, Value fine, string name, int width, int channels, Value? beside = null)
    {
        Value up = Resize(Normed(coarse, name + ".up", width, kernel: 1), 2);
        Value sum = Add(up, Normed(fine, name + ".across", width, kernel: 1));
        return Layer(Silu(beside is null ? sum : Add(sum, beside)), name, channels);
    }
}
