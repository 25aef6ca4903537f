namespace Impersonator.Networks;

/// <summary>How a picture is made larger or smaller.</summary>
public enum Interpolation
{
    /// <summary>Linear between pixel centres at one half; the border is repeated.</summary>
    Bilinear,

    /// <summary>The pixel whose area the new one's upper left corner lies in.</summary>
    Nearest,
}
