namespace Impersonator.Training.Augmentations;

/// <summary>How hard training pictures are treated: shares of the batch, 0..1.</summary>
internal sealed record AugmentationOptions
{
    /// <summary>Turns, mirrors, shifts and scales the view; false shows the person's box with a margin.</summary>
    public bool Moves { get; init; } = true;

    /// <summary>People put before a piece of another sample.</summary>
    public double Transplants { get; init; } = 0.1;

    /// <summary>Backgrounds overlaid with patterns: painted backdrops are tidier than the world.</summary>
    public double Clutter { get; init; } = 0.15;

    /// <summary>Faces under a mosaic or a blur.</summary>
    public double HiddenFaces { get; init; } = 0.08;

    /// <summary>Multiplies the shares of the four kinds of things in front.</summary>
    public double Occluders { get; init; } = 1;

    /// <summary>Multiplies the shares of blur, exposure, casts, noise, JPEG and low resolution.</summary>
    public double Colours { get; init; } = 1;

    /// <summary>Nothing is treated.</summary>
    public static AugmentationOptions None { get; } = new() { Moves = false, Transplants = 0, Clutter = 0, HiddenFaces = 0, Occluders = 0, Colours = 0 };
}
