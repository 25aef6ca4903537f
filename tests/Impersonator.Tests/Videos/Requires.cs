using Impersonator.Videos;

namespace Impersonator.Tests.Videos;

/// <summary>What a test needs from the machine; without it the test is skipped and says why.</summary>
internal static class Requires
{
    public static void Ffmpeg() => Assert.SkipUnless(VideoFormats.HasFfmpeg, "ffmpeg is not on the PATH.");

    public static void FfmpegFor(string name)
    {
        if (name.EndsWith(".mp4", StringComparison.Ordinal)) Ffmpeg();
    }
}
