using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Tests.Imaging;
using Impersonator.Videos;

namespace Impersonator.Tests.Videos;

public class VideoWriterTests
{
    public static TheoryData<string> Names => ["film.webm", "film.gif", "film.webp", "film/", "film", "film.mp4"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Dispose_WithoutComplete_LeavesNothing(string name)
    {
        Requires.FfmpegFor(name);
        using var folder = new TemporaryFolder();
        using (VideoWriter writer = VideoWriter.Create(folder[name], 32, 32, 25))
            for (int i = 0; i < 9; i++) writer.Write(Pictures.Smooth(32, 32, i));
        Assert.Empty(folder.Names);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Complete_LeavesTheFilmAndNothingElse(string name)
    {
        Requires.FfmpegFor(name);
        using var folder = new TemporaryFolder();
        using (VideoWriter writer = VideoWriter.Create(folder[name], 33, 31, 25))
        {
            for (int i = 0; i < 5; i++) writer.Write(Pictures.Smooth(33, 31, i));
            writer.Complete();
            Assert.Equal(5, writer.FrameCount);
        }
        Assert.Equal([name.TrimEnd('/')], folder.Names);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Create_InAMissingFolder_IsOneLineThatNamesThePath(string name)
    {
        Requires.FfmpegFor(name);
        using var folder = new TemporaryFolder();
        string path = folder["missing/" + name];
        var error = Assert.Throws<OutputException>(() => VideoWriter.Create(path, 32, 32, 25));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Write_KeepsItsOwnCopyOfTheFrame()
    {
        using var folder = new TemporaryFolder();
        var frame = new Frame(16, 16);
        using (VideoWriter writer = VideoWriter.Create(folder["film/"], 16, 16, 25))
        {
            for (int i = 0; i < 20; i++)
            {
                Array.Fill(frame.Rgba, (byte)255);
                frame.Rgba[0] = (byte)i;
                writer.Write(frame);
            }
            writer.Complete();
        }
        for (int i = 0; i < 20; i++)
            Assert.Equal(i, PhotoReader.Read(folder[$"film/frame_{i + 1:00000}.png"]).Image.ToFrame().Rgba[0]);
    }

    [Fact]
    public void Write_OtherSizeOrAfterTheEnd_IsTheCallersBug()
    {
        using var folder = new TemporaryFolder();
        using VideoWriter writer = VideoWriter.Create(folder["film.webm"], 16, 16, 25);
        Assert.Throws<ArgumentException>(() => writer.Write(new Frame(16, 17)));
        Assert.Throws<InvalidOperationException>(writer.Complete);
        writer.Write(new Frame(16, 16));
        writer.Complete();
        Assert.Throws<InvalidOperationException>(() => writer.Write(new Frame(16, 16)));
    }

    [Theory]
    [InlineData("a.mp4", VideoFormat.Mp4)]
    [InlineData("a.WEBM", VideoFormat.WebM)]
    [InlineData("a.gif", VideoFormat.Gif)]
    [InlineData("a.webp", VideoFormat.WebP)]
    [InlineData("a.gif/", VideoFormat.PngFolder)]
    [InlineData("frames", VideoFormat.PngFolder)]
    public void FormatOf_FollowsTheEnding(string path, VideoFormat format) => Assert.Equal(format, VideoFormats.Of(path));

    [Fact]
    public void FormatOf_UnknownEnding_NamesTheKnownOnes() => Assert.Contains(".webm", Assert.Throws<OutputException>(() => VideoFormats.Of("a.avi")).Message, StringComparison.Ordinal);

    // However many frames a second, the last one ends where it must: errors do not add up.
    [Theory]
    [InlineData(29.97, 100)]
    [InlineData(24, 1000)]
    [InlineData(7, 1000)]
    public void FrameTimes_OfAllFrames_AddUp(double frameRate, int ticks)
    {
        var times = new FrameTimes(frameRate, ticks);
        Assert.Equal(Math.Round(1000 * ticks / frameRate), Enumerable.Range(0, 1000).Sum(i => times.Of(i)));
    }
}
