namespace Impersonator.Videos;

/// <summary>How a video is written.</summary>
public sealed record VideoOptions
{
    /// <summary>The options that hold when none are given.</summary>
    public static VideoOptions Default { get; } = new();

    /// <summary>Quality of .webm, .webp and .mp4, 1 (small) to 100 (fine). Default 85.</summary>
    public int Quality { get; init; } = 85;

    internal void Validate()
    {
        if (Quality is < 1 or > 100) throw new ArgumentOutOfRangeException(nameof(Quality), Quality, "Quality is 1 to 100.");
    }
}
