using System.Diagnostics;
using System.Globalization;
using Impersonator.Files;
using Impersonator.Imaging;

namespace Impersonator.Videos;

/// <summary>MP4 with H.264: raw frames to an <c>ffmpeg</c> child, which writes the temporary file.</summary>
/// <remarks>4:2:0 chroma needs even sides, so an odd one repeats its last column or row. Colours: BT.709, studio range.</remarks>
internal sealed class Mp4Writer : VideoWriter
{
    private readonly OutputFile _file;
    private readonly Process _process;
    private readonly ChildErrors _errors;
    private readonly int _codedWidth, _codedHeight;
    private readonly byte[] _row;
    private bool _ended;

    public Mp4Writer(string path, int width, int height, double frameRate, VideoOptions options) : base(width, height, frameRate)
    {
        string program = Ffmpeg.Find("ffmpeg") ?? throw new OutputException($"{path} needs ffmpeg, which is not on the PATH; install it, or end the name in .webm, which needs nothing.");
        (_codedWidth, _codedHeight) = ((width + 1) & ~1, (height + 1) & ~1);
        _row = new byte[_codedWidth * 4];
        _file = OutputFile.Create(path);
        _process = Ffmpeg.Start(program, Arguments(_file.TemporaryPath, frameRate, options.Quality), takesInput: true, givesOutput: false);
        _errors = new ChildErrors(_process);
    }

    private protected override void WriteFrame(Frame frame)
    {
        byte[] rgba = PictureEncoder.OverWhite(frame.Rgba);
        try
        {
            Stream input = _process.StandardInput.BaseStream;
            if (_codedWidth == Width && _codedHeight == Height) input.Write(rgba);
            else WritePadded(input, rgba);
        }
        catch (IOException cause)
        {
            throw Failed(cause);
        }
    }

    private protected override void WriteEnd()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException cause)
        {
            throw Failed(cause);
        }
        _process.WaitForExit();
        // On a full disk some versions say so and still end with 0, leaving half a film.
        if (_process.ExitCode != 0 || _errors.First is not null) throw Failed(null);
        EndChild();
        _file.Complete();
    }

    private protected override void Close()
    {
        EndChild();
        _file.Dispose();
    }

    private IEnumerable<string> Arguments(string target, double frameRate, int quality)
    {
        // Quality 1…100 over x264's useful range: 40 is rough, 14 is beyond what eyes tell apart; 85 gives 18.
        double rateFactor = 40 - (26 * quality / 100.0);
        return
        [
            "-v", "error", "-xerror", "-y", "-f", "rawvideo", "-pix_fmt", "rgba", "-s", $"{_codedWidth}x{_codedHeight}",
            "-framerate", frameRate.ToString("0.######", CultureInfo.InvariantCulture), "-i", "pipe:0",
            "-vf", "scale=out_color_matrix=bt709:out_range=tv", "-c:v", "libx264", "-preset", "veryfast",
            "-crf", rateFactor.ToString("0.#", CultureInfo.InvariantCulture), "-pix_fmt", "yuv420p",
            "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv",
            "-movflags", "+faststart", "-metadata", "comment=" + SyntheticMark.Comment, "-f", "mp4", Ffmpeg.UrlOf(target),
        ];
    }

    private void WritePadded(Stream input, byte[] rgba)
    {
        for (int y = 0; y < _codedHeight; y++)
        {
            ReadOnlySpan<byte> row = rgba.AsSpan(Math.Min(y, Height - 1) * Width * 4, Width * 4);
            row.CopyTo(_row);
            row[^4..].CopyTo(_row.AsSpan(_row.Length - 4));
            input.Write(_row);
        }
    }

    private OutputException Failed(Exception? cause)
    {
        _process.WaitForExit(); // also until its last error line has arrived
        string why = (_errors.First ?? $"exit code {_process.ExitCode}").Replace(Ffmpeg.UrlOf(_file.TemporaryPath), "its file", StringComparison.Ordinal);
        string advice = why.Contains("libx264", StringComparison.Ordinal) ? "install an ffmpeg with H.264 or end the name in .webm" : "check the disk, or end the name in .webm";
        return new OutputException($"{_file.Path} cannot be written, ffmpeg says: {why}; {advice}.", cause);
    }

    private void EndChild()
    {
        if (_ended) return;
        _ended = true;
        Ffmpeg.End(_process);
    }
}
