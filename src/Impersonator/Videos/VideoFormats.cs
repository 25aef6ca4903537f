using Impersonator.Files;

namespace Impersonator.Videos;

/// <summary>Which kinds of video there are here, and which one a path asks for.</summary>
public static class VideoFormats
{
    /// <summary>MP4 can be written and videos can be read: an <c>ffmpeg</c> is on the PATH.</summary>
    public static bool HasFfmpeg => Ffmpeg.Find("ffmpeg") is not null;

    /// <summary>The kind that a path's ending asks for; a path that ends in <c>/</c> or has no ending is a folder.</summary>
    /// <exception cref="OutputException">An ending that is none of ours.</exception>
    public static VideoFormat Of(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (Path.EndsInDirectorySeparator(path)) return VideoFormat.PngFolder;
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".mp4" => VideoFormat.Mp4,
            ".webm" => VideoFormat.WebM,
            ".gif" => VideoFormat.Gif,
            ".webp" => VideoFormat.WebP,
            "" => VideoFormat.PngFolder,
            _ => throw new OutputException($"{path} is no kind of video we write; end it in .mp4, .webm, .gif, .webp, or in / for a folder of PNG files."),
        };
    }
}
