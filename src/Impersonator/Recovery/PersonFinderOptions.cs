namespace Impersonator.Recovery;

/// <summary>How a person is looked for.</summary>
public sealed record PersonFinderOptions
{
    /// <summary>Side of the close look in longer sides of the person's box. Default 1.3.</summary>
    public float Margin { get; init; } = 1.3f;

    /// <summary>Close looks, each around what the one before it found. Default 2: the box that a look at the whole photo gives is rough.</summary>
    public int CloseLooks { get; init; } = 2;

    /// <summary>Whether the last close look is averaged with one at the mirrored picture. Default true.</summary>
    public bool Mirrored { get; init; } = true;

    /// <summary>Whether the close look is also tried with the camera turned by quarters where it leaves doubt, as with people who lie or hang head down. Default true.</summary>
    public bool Turned { get; init; } = true;

    /// <summary>Whether overlapping parts of the photo are searched when a look at all of it leaves doubt. Default true.</summary>
    public bool Search { get; init; } = true;

    /// <summary>Score from which on there is no doubt, 0..1. Default 0.8.</summary>
    public float Sure { get; init; } = 0.8f;
}
