namespace Impersonator.Networks;

/// <summary>How large <see cref="GeneratorNet"/> is. The default is the one whose weights ship; tests train smaller ones.</summary>
public sealed record GeneratorNetSize
{
    /// <summary>Side S of photo and frame, a multiple of 16. No weight depends on it.</summary>
    public int Side { get; init; } = 256;

    /// <summary>Channels at full resolution.</summary>
    public int Full { get; init; } = 12;

    /// <summary>Channels at half the resolution.</summary>
    public int Half { get; init; } = 32;

    /// <summary>Channels at a quarter.</summary>
    public int Quarter { get; init; } = 64;

    /// <summary>Residual blocks at a quarter, on the way in and again on the way back.</summary>
    public int QuarterBlocks { get; init; } = 1;

    /// <summary>Channels at an eighth.</summary>
    public int Eighth { get; init; } = 128;

    /// <summary>Residual blocks at an eighth.</summary>
    public int EighthBlocks { get; init; } = 2;

    /// <summary>Channels at a sixteenth.</summary>
    public int Sixteenth { get; init; } = 192;

    /// <summary>Residual blocks at a sixteenth.</summary>
    public int SixteenthBlocks { get; init; } = 3;

    /// <summary>How the photos' features are taken in.</summary>
    public FeatureMixing Mixing { get; init; } = FeatureMixing.Sum;

    /// <summary>The default size with the mixing that weights were trained for; null if they are another network's.</summary>
    internal static GeneratorNetSize? Of(Weights weights)
    {
        // From the one with most parameters: what a smaller one has, a larger one has, too.
        foreach (FeatureMixing mixing in (ReadOnlySpan<FeatureMixing>)[FeatureMixing.Attention, FeatureMixing.Sum, FeatureMixing.None])
        {
            var size = new GeneratorNetSize { Mixing = mixing };
            if (weights.Fit(GeneratorNet.Build(size))) return size;
        }
        return null;
    }
}
