namespace Impersonator.Networks;

/// <summary>How large <see cref="PoseNet"/> is. The default is the one whose weights ship; tests train smaller ones.</summary>
public sealed record PoseNetSize
{
    /// <summary>Side of the maps, a multiple of 8: a quarter of PersonNet's picture.</summary>
    public int Grid { get; init; } = 64;

    /// <summary>Channels at half of the maps' resolution.</summary>
    public int Half { get; init; } = 48;

    /// <summary>Channels at a quarter, where keypoints read what lies below them.</summary>
    public int Quarter { get; init; } = 96;

    /// <summary>Channels at an eighth.</summary>
    public int Eighth { get; init; } = 160;

    /// <summary>Channels of a token.</summary>
    public int Width { get; init; } = 224;

    /// <summary>Heads of attention; must divide <see cref="Width"/>.</summary>
    public int Heads { get; init; } = 7;

    /// <summary>Transformer blocks.</summary>
    public int Transformers { get; init; } = 5;

    /// <summary>How many times wider a block's inner layer is.</summary>
    public int Expansion { get; init; } = 3;
}
