using Impersonator.Imaging;
using Impersonator.Motions;
using Impersonator.Recovery.Capture;
using Impersonator.Videos;

namespace Impersonator.Cli;

/// <summary>What <c>--motion</c> may be: a name from the library, a motion file, a video or a folder of frames.</summary>
internal static class MotionSource
{
    public const string Kinds = "a name from the library (see: impersonator motions), a motion file (.bvh, .amc beside its .asf, .glb, .glb#Clip, .npz, .pkl), or a video of a person (.mp4, .webm, .gif and others; or a folder of frames)";

    /// <summary>The motion, or a part of it.</summary>
    /// <param name="studio">Opened when a video is to be watched.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="options">Who, of a video, and which part.</param>
    /// <param name="progress">Told of a video's frames.</param>
    /// <param name="warn">Told what a user should know.</param>
    /// <param name="token">Stops between frames.</param>
    /// <param name="overlay">A picture to write, of a video: the body over its frames.</param>
    public static Motion Read(Studio studio, string source, CaptureOptions options, IProgress<StageProgress> progress, Action<string> warn, CancellationToken token, string? overlay = null)
    {
        if (IsVideo(source))
        {
            CapturedMotion captured = studio.CaptureMotion(source, options, progress, token);
            if (captured.Warning is { } warning) warn(warning);
            if (overlay is not null)
            {
                using VideoReader again = VideoReader.Open(source);
                ImageWriter.Write(overlay, CaptureSheet.Draw(studio.Model, captured, again.ReadFrames(token)));
            }
            return captured.Motion;
        }
        options.Validate();
        Motion motion = IsFile(source) ? MotionFile.Read(source, null, token) : MotionLibrary.Create(source);
        return Part(motion, source, options);
    }

    /// <summary>A part of a motion that was not taken from a video.</summary>
    /// <exception cref="Files.InputException">Nothing is left.</exception>
    public static Motion Part(Motion motion, string source, CaptureOptions options)
    {
        if (options.From > motion.Duration) throw new Files.InputException(FormattableString.Invariant($"{source}: lasts {motion.Duration:0.###} s; nothing is left from {options.From:0.###} s on."));
        return options.From > 0 || options.To is not null ? motion.Cut((float)options.From, (float)(options.To ?? motion.Duration)) : motion;
    }

    public static bool IsFile(string source) => source.AsSpan().ContainsAny('.', '/', '\\');

    public static bool IsVideo(string source) => (IsFile(source) || !MotionLibrary.Names.Contains(source)) && VideoReader.CanRead(source);
}
