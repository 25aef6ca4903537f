using System.Diagnostics;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Tests.Imaging;
using Impersonator.Videos;

namespace Impersonator.Tests.Videos;

/// <summary>Films through ffmpeg, there and back.</summary>
public class FfmpegTests
{
    [Theory]
    [InlineData("film.mp4", 64, 48, 30)]
    [InlineData("film.mp4", 51, 37, 29.97)]
    [InlineData("film.webm", 64, 48, 30)]
    [InlineData("film.webm", 51, 37, 25)]
    [InlineData("film.gif", 64, 48, 20)]
    public void WriteRead_GivesTheSameFrames(string name, int width, int height, double frameRate)
    {
        Requires.Ffmpeg();
        using var folder = new TemporaryFolder();
        Write(folder[name], width, height, frameRate, 20);
        using VideoReader reader = VideoReader.Open(folder[name]);
        Assert.Equal(frameRate, reader.FrameRate, 0.1);
        Assert.Equal(20, reader.FrameCount!.Value, 1.0);
        int index = 0;
        foreach (Frame frame in reader.ReadFrames(TestContext.Current.CancellationToken))
        {
            Frame cropped = frame.ToImage().Crop(0, 0, width, height).ToFrame(); // .mp4 has even sides
            Assert.True(Pictures.Difference(Pictures.Smooth(width, height, index), cropped) < 6, $"frame {index}");
            index++;
        }
        Assert.Equal(20, index);
    }

    [Theory]
    [InlineData("film.mp4")]
    [InlineData("film.webm")]
    [InlineData("film.gif")]
    public void Write_IsDecodedWithoutAWarning(string name)
    {
        Requires.Ffmpeg();
        using var folder = new TemporaryFolder();
        Write(folder[name], 64, 48, 30, 40);
        using Process process = Ffmpeg.Start(Ffmpeg.Find("ffmpeg")!, ["-nostdin", "-v", "warning", "-i", folder[name], "-f", "null", "-"], takesInput: false, givesOutput: false);
        Assert.Equal("", process.StandardError.ReadToEnd());
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public void Write_Mp4_SaysThatItIsSynthetic()
    {
        Requires.Ffmpeg();
        using var folder = new TemporaryFolder();
        Write(folder["film.mp4"], 16, 16, 10, 2);
        Assert.Contains(SyntheticMark.DigitalSourceType, File.ReadAllText(folder["film.mp4"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LeavingTheLoop_EndsTheChild()
    {
        Requires.Ffmpeg();
        using var folder = new TemporaryFolder();
        Write(folder["film.mp4"], 64, 64, 30, 60);
        using VideoReader reader = VideoReader.Open(folder["film.mp4"]);
        Assert.NotNull(reader.ReadFrames(TestContext.Current.CancellationToken).First());
        Assert.Equal(60, reader.ReadFrames(TestContext.Current.CancellationToken).Count()); // refuses while one still runs
    }

    [Fact]
    public void Read_Cancelled_Throws()
    {
        Requires.Ffmpeg();
        using var folder = new TemporaryFolder();
        Write(folder["film.mp4"], 64, 64, 30, 60);
        using VideoReader reader = VideoReader.Open(folder["film.mp4"]);
        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (Frame _ in reader.ReadFrames(source.Token)) source.Cancel();
        });
    }

    [Fact]
    public void Open_NotAVideo_IsOneLine()
    {
        Requires.Ffmpeg();
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.mp4"], "this is a text");
        Refused(folder["a.mp4"], InputLimits.Default);
        File.WriteAllText(folder["b.mp4"], "");
        Refused(folder["b.mp4"], InputLimits.Default);
        Refused(folder["missing.mp4"], InputLimits.Default);
    }

    // A play list can name any other file or address; ffmpeg must not follow it for us.
    [Fact]
    public void Open_PlayList_IsRefused()
    {
        Requires.Ffmpeg();
        using var folder = new TemporaryFolder();
        Write(folder["film.mp4"], 16, 16, 10, 2);
        File.WriteAllText(folder["a.mp4"], $"ffconcat version 1.0\nfile {folder["film.mp4"]}\n");
        Refused(folder["a.mp4"], InputLimits.Default);
        File.WriteAllText(folder["b.mp4"], $"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{folder["film.mp4"]}\n#EXT-X-ENDLIST\n");
        Refused(folder["b.mp4"], InputLimits.Default);
    }

    [Fact]
    public void Open_OverALimit_IsOneLine()
    {
        Requires.Ffmpeg();
        using var folder = new TemporaryFolder();
        Write(folder["film.mp4"], 64, 48, 30, 20);
        Refused(folder["film.mp4"], InputLimits.Default with { MaxFrames = 10 });
        Refused(folder["film.mp4"], InputLimits.Default with { MaxPixels = 3000 });
        Refused(folder["film.mp4"], InputLimits.Default with { MaxFileBytes = 500 });
    }

    [Fact]
    public void Write_WhenFfmpegFails_IsOneLineAndLeavesNothing()
    {
        Requires.Ffmpeg();
        using var folder = new TemporaryFolder();
        using (VideoWriter writer = VideoWriter.Create(folder["film.mp4"], 40_000, 2, 30)) // more than H.264 can hold
        {
            var error = Assert.Throws<OutputException>(() =>
            {
                for (int i = 0; i < 50; i++) writer.Write(new Frame(40_000, 2));
                writer.Complete();
            });
            Assert.Contains("film.mp4", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
        Assert.Empty(folder.Names);
    }

    private static void Refused(string path, InputLimits limits)
    {
        var error = Assert.Throws<VideoException>(() => VideoReader.Open(path, limits));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static void Write(string path, int width, int height, double frameRate, int frames)
    {
        using VideoWriter writer = VideoWriter.Create(path, width, height, frameRate);
        for (int i = 0; i < frames; i++) writer.Write(Pictures.Smooth(width, height, i));
        writer.Complete();
    }
}
