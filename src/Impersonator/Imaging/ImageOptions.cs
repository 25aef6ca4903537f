namespace Impersonator.Imaging;

/// <summary>How a picture is written.</summary>
public sealed record ImageOptions
{
    /// <summary>The options that hold when none are given.</summary>
    public static ImageOptions Default { get; } = new();

    /// <summary>Quality of JPEG and WebP, 1 to 100. Default 92.</summary>
    public int Quality { get; init; } = 92;

    /// <summary>How hard PNG is squeezed, 0 (fast) to 9 (small). Default 6.</summary>
    public int PngLevel { get; init; } = 6;

    /// <summary>The file says that its picture was made by a trained algorithm (<see cref="SyntheticMark"/>). Default true.</summary>
    public bool Marked { get; init; } = true;

    internal void Validate()
    {
        if (Quality is < 1 or > 100) throw new ArgumentOutOfRangeException(nameof(Quality), Quality, "Quality is 1 to 100.");
        if (PngLevel is < 0 or > 9) throw new ArgumentOutOfRangeException(nameof(PngLevel), PngLevel, "PngLevel is 0 to 9.");
    }
}
