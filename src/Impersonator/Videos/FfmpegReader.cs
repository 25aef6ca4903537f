using System.Diagnostics;
using Impersonator.Files;
using Impersonator.Imaging;

namespace Impersonator.Videos;

/// <summary>A video file's frames through an <c>ffmpeg</c> child: upright, square pixels, constant frame rate.</summary>
internal sealed class FfmpegReader : VideoReader
{
    private readonly string _path, _rate;
    private readonly InputLimits _limits;
    private readonly Lock _lock = new();
    private Process? _running;

    private FfmpegReader(string path, VideoProbe probe, InputLimits limits) : base(probe.Width, probe.Height, probe.FrameRate, probe.FrameCount)
        => (_path, _rate, _limits) = (path, probe.Rate, limits);

    public static FfmpegReader OpenFile(string path, InputLimits limits)
    {
        long bytes = new FileInfo(path).Length;
        if (bytes == 0) throw new VideoException($"{path} is empty; give a video.");
        if (bytes > limits.MaxFileBytes)
            throw new VideoException($"{path} is {bytes / 1048576.0:0.#} MiB, over the limit of {limits.MaxFileBytes / 1048576.0:0.#} MiB; cut it or make it smaller.");
        return new FfmpegReader(path, VideoProbe.Of(path, limits), limits);
    }

    public static VideoException Missing(string path)
        => new($"{path} needs ffmpeg to be read, which is not on the PATH; install it, or give a folder of pictures.");

    public override IEnumerable<Frame> ReadFrames(CancellationToken cancellationToken = default)
    {
        Process process = Begin();
        var errors = new ChildErrors(process);
        try
        {
            using CancellationTokenRegistration ending = cancellationToken.Register(process.Kill); // a waiting read then ends
            for (int count = 0; ; count++)
            {
                var frame = new Frame(Width, Height);
                int got = process.StandardOutput.BaseStream.ReadAtLeast(frame.Rgba, frame.Rgba.Length, throwOnEndOfStream: false);
                cancellationToken.ThrowIfCancellationRequested();
                if (got < frame.Rgba.Length)
                {
                    process.WaitForExit();
                    if (process.ExitCode != 0 || got > 0 || count == 0)
                        throw new VideoException($"{_path} is damaged, ffmpeg says after {count} frames: {VideoProbe.Reason(errors, _path)}; convert it again.");
                    yield break;
                }
                if (count == _limits.MaxFrames) throw new VideoException($"{_path} has more than {_limits.MaxFrames} frames, the limit; cut it.");
                yield return frame;
            }
        }
        finally
        {
            Close();
        }
    }

    private Process Begin()
    {
        string program = Ffmpeg.Find("ffmpeg") ?? throw Missing(_path);
        string[] arguments =
        [
            "-v", "error", "-nostdin", "-protocol_whitelist", "file,pipe", "-format_whitelist", Ffmpeg.Containers, "-i", Ffmpeg.UrlOf(_path),
            "-map", "0:V:0", "-vf", FormattableString.Invariant($"fps={_rate},scale={Width}:{Height}:flags=bicubic,setsar=1"),
            "-f", "rawvideo", "-pix_fmt", "rgba", "pipe:1",
        ];
        lock (_lock)
        {
            if (_running is not null) throw new InvalidOperationException("Another loop still reads this video; open it twice.");
            return _running = Ffmpeg.Start(program, arguments, takesInput: false, givesOutput: true);
        }
    }

    private protected override void Close()
    {
        lock (_lock)
        {
            if (_running is not null) Ffmpeg.End(_running);
            _running = null;
        }
    }
}
