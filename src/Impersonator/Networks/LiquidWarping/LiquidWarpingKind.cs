namespace Impersonator.Networks.LiquidWarping;

/// <summary>How a generator of 2019 learns of the photo, as its paper compares them.</summary>
public enum LiquidWarpingKind
{
    /// <summary>The photo's features are warped and added at every scale, and the warped photo is the frame's picture: liquid warping.</summary>
    Features,

    /// <summary>The warped photo alone is given.</summary>
    Texture,

    /// <summary>The photo is given as it is, beside what the frame's mesh shows; nothing is warped.</summary>
    Concatenation,
}
