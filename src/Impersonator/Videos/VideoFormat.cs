namespace Impersonator.Videos;

/// <summary>The kinds of video that are written.</summary>
public enum VideoFormat
{
    /// <summary>MP4 with H.264, through an <c>ffmpeg</c> on the PATH.</summary>
    Mp4,

    /// <summary>WebM with VP8 key frames; needs nothing.</summary>
    WebM,

    /// <summary>Animated GIF, 256 colours a frame.</summary>
    Gif,

    /// <summary>Animated WebP.</summary>
    WebP,

    /// <summary>A folder of numbered PNG files.</summary>
    PngFolder,
}
