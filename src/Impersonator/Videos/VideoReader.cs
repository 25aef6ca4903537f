using Impersonator.Files;
using Impersonator.Imaging;

namespace Impersonator.Videos;

/// <summary>Gives the frames of a video, one after the other: a video file through <c>ffmpeg</c>, or a folder of pictures.</summary>
public abstract class VideoReader : IDisposable
{
    private static readonly string[] Endings = [".mp4", ".m4v", ".mov", ".mkv", ".webm", ".gif", ".avi", ".mpg", ".mpeg", ".ts", ".ogv", ".flv", ".wmv"];

    private protected VideoReader(int width, int height, double frameRate, int? frameCount)
        => (Width, Height, FrameRate, FrameCount) = (width, height, frameRate, frameCount);

    /// <summary>Columns of every frame, upright and with square pixels.</summary>
    public int Width { get; }

    /// <summary>Rows of every frame.</summary>
    public int Height { get; }

    /// <summary>Frames per second; 30 for a folder, which does not say.</summary>
    public double FrameRate { get; }

    /// <summary>How many frames there are: exact for a folder, about so for a video, null where it does not say.</summary>
    public int? FrameCount { get; }

    /// <summary>Whether a path is taken for a video: a folder, or a file of such an ending. <see cref="Open"/> tells whether it is one.</summary>
    public static bool CanRead(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Endings.Contains(Path.GetExtension(path).ToLowerInvariant()) || Directory.Exists(path);
    }

    /// <summary>Opens a video file or a folder of pictures and checks it against the limits; no frame is decoded yet.</summary>
    /// <param name="path">A video file, or a folder of JPEG, PNG or WebP files of one size, in natural order of their names.</param>
    /// <param name="limits">What it may cost; null = <see cref="InputLimits.Default"/>.</param>
    /// <exception cref="VideoException">Missing, too large, not a video, or no ffmpeg to read it with.</exception>
    public static VideoReader Open(string path, InputLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        limits ??= InputLimits.Default;
        if (Directory.Exists(path)) return PictureFolderReader.OpenFolder(path, limits);
        if (!File.Exists(path)) throw new VideoException($"{path} does not exist; give a video file or a folder of pictures.");
        return FfmpegReader.OpenFile(path, limits);
    }

    /// <summary>Decodes the frames as they are asked for, from the first one on. Leaving the loop ends the decoder.</summary>
    /// <exception cref="VideoException">Damaged, more frames than allowed, or a picture of another size.</exception>
    public abstract IEnumerable<Frame> ReadFrames(CancellationToken cancellationToken = default);

    /// <summary>Ends a decoder that still runs.</summary>
    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    private protected abstract void Close();
}
