using Impersonator.Files;
using Impersonator.Imaging;

namespace Impersonator.Videos;

/// <summary>Takes frames and makes a video of them: whole after <see cref="Complete"/>, nothing at all without it.</summary>
/// <remarks>Every kind says that it is synthetic: XMP where the container has it, else a comment (<see cref="SyntheticMark"/>).</remarks>
public abstract class VideoWriter : IDisposable
{
    private bool _completed;

    private protected VideoWriter(int width, int height, double frameRate) => (Width, Height, FrameRate) = (width, height, frameRate);

    /// <summary>Columns of every frame.</summary>
    public int Width { get; }

    /// <summary>Rows of every frame.</summary>
    public int Height { get; }

    /// <summary>Frames per second.</summary>
    public double FrameRate { get; }

    /// <summary>Frames written so far.</summary>
    public int FrameCount { get; private set; }

    /// <summary>Begins a video; its kind follows from the path, see <see cref="VideoFormats.Of"/>.</summary>
    /// <param name="path">The file or folder; an older one is replaced when this one is whole.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="frameRate">Frames per second, above 0, at most 1000.</param>
    /// <param name="options">Quality; null = <see cref="VideoOptions.Default"/>.</param>
    /// <exception cref="OutputException">Unknown kind, no ffmpeg for .mp4, too large for the kind, or the place cannot be written.</exception>
    public static VideoWriter Create(string path, int width, int height, double frameRate, VideoOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (!(frameRate > 0 && frameRate <= 1000)) throw new ArgumentOutOfRangeException(nameof(frameRate), frameRate, "A frame rate is above 0 and at most 1000.");
        options ??= VideoOptions.Default;
        options.Validate();
        return VideoFormats.Of(path) switch
        {
            VideoFormat.Mp4 => new Mp4Writer(path, width, height, frameRate, options),
            VideoFormat.WebM => new WebMWriter(path, width, height, frameRate, options),
            VideoFormat.Gif => new GifWriter(path, width, height, frameRate),
            VideoFormat.WebP => new AnimatedWebPWriter(path, width, height, frameRate, options),
            _ => new PngFolderWriter(path, width, height, frameRate),
        };
    }

    /// <summary>Adds a frame. Its bytes are copied, so the caller may draw the next one into it at once.</summary>
    /// <exception cref="ArgumentException">The frame's size is not the video's.</exception>
    /// <exception cref="OutputException">The disk is full, or ffmpeg failed.</exception>
    public void Write(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (_completed) throw new InvalidOperationException("The video is complete; it takes no more frames.");
        if (frame.Width != Width || frame.Height != Height)
            throw new ArgumentException($"A frame of {frame.Width}×{frame.Height} for a video of {Width}×{Height}.", nameof(frame));
        WriteFrame(frame);
        FrameCount++;
    }

    /// <summary>Ends the video and puts it in its place.</summary>
    /// <exception cref="InvalidOperationException">No frame was written.</exception>
    /// <exception cref="OutputException">The disk is full, or ffmpeg failed.</exception>
    public void Complete()
    {
        if (_completed) throw new InvalidOperationException("The video is complete already.");
        if (FrameCount == 0) throw new InvalidOperationException("A video has at least one frame.");
        WriteEnd();
        _completed = true;
    }

    /// <summary>Frees everything; without <see cref="Complete"/> before it, nothing stays on disk.</summary>
    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    private protected abstract void WriteFrame(Frame frame);

    private protected abstract void WriteEnd();

    private protected abstract void Close();
}
