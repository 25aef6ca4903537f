namespace Impersonator.Networks;

/// <summary>How large <see cref="PersonNet"/> is. The default is the one whose weights ship; tests train smaller ones.</summary>
public sealed record PersonNetSize
{
    /// <summary>Side of the picture, a multiple of 32.</summary>
    public int Picture { get; init; } = 256;

    /// <summary>Channels at half the resolution.</summary>
    public int Half { get; init; } = 32;

    /// <summary>Channels at a quarter.</summary>
    public int Quarter { get; init; } = 48;

    /// <summary>Residual blocks at a quarter.</summary>
    public int QuarterBlocks { get; init; } = 1;

    /// <summary>Channels at an eighth.</summary>
    public int Eighth { get; init; } = 128;

    /// <summary>Residual blocks at an eighth.</summary>
    public int EighthBlocks { get; init; } = 2;

    /// <summary>Channels at a sixteenth and below.</summary>
    public int Sixteenth { get; init; } = 256;

    /// <summary>Residual blocks at a sixteenth.</summary>
    public int SixteenthBlocks { get; init; } = 3;

    /// <summary>Transformer blocks at a thirty-second.</summary>
    public int Transformers { get; init; } = 2;

    /// <summary>Channels of the way back at a sixteenth.</summary>
    public int BackSixteenth { get; init; } = 128;

    /// <summary>Channels of the way back at an eighth, where one more residual block follows.</summary>
    public int BackEighth { get; init; } = 96;

    /// <summary>Channels of the way back at a quarter, from which the heads read.</summary>
    public int BackQuarter { get; init; } = 64;

    /// <summary>Channels of the way back at one half: the matte's.</summary>
    public int BackHalf { get; init; } = 24;
}
