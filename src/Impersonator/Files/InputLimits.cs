namespace Impersonator.Files;

/// <summary>What an input may cost before it is read. Checked against headers before memory is taken.</summary>
public sealed record InputLimits
{
    /// <summary>The limits that hold when none are given.</summary>
    public static InputLimits Default { get; } = new();

    /// <summary>Largest input file, bytes. Default 64 MiB.</summary>
    public long MaxFileBytes { get; init; } = 64L << 20;

    /// <summary>Largest picture, pixels. Default 100 million.</summary>
    public long MaxPixels { get; init; } = 100_000_000;

    /// <summary>Largest total of an archive once unpacked, bytes. Default 256 MiB.</summary>
    public long MaxUnpackedBytes { get; init; } = 256L << 20;

    /// <summary>Most joints in a skeleton. Default 4096.</summary>
    public int MaxJoints { get; init; } = 4096;

    /// <summary>Most frames in a motion or video. Default 100,000.</summary>
    public int MaxFrames { get; init; } = 100_000;
}
