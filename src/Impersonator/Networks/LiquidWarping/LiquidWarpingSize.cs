namespace Impersonator.Networks.LiquidWarping;

/// <summary>Sizes of a published liquid warping generator. The defaults are the published ones; smaller ones are for tests.</summary>
public sealed record LiquidWarpingSize
{
    /// <summary>Side S of the pictures, pixels; a multiple of 8. No weight depends on it.</summary>
    public int Picture { get; init; } = 256;

    /// <summary>Channels of the first layer; all others are multiples of it.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Residual blocks of each stream.</summary>
    public int Blocks { get; init; } = 6;

    /// <summary>Channels between the convolutions of a SPADE norm (2020 only).</summary>
    public int Hidden { get; init; } = 128;
}
