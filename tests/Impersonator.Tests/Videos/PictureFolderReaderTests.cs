using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Tests.Imaging;
using Impersonator.Videos;

namespace Impersonator.Tests.Videos;

public class PictureFolderReaderTests
{
    [Fact]
    public void WriteRead_Folder_GivesTheSameFrames()
    {
        using var folder = new TemporaryFolder();
        Frame[] frames = [.. Enumerable.Range(0, 12).Select(seed => Pictures.Noise(20, 10, seed, opaque: true))];
        using (VideoWriter writer = VideoWriter.Create(folder["film/"], 20, 10, 25))
        {
            foreach (Frame frame in frames) writer.Write(frame);
            writer.Complete();
        }
        using VideoReader reader = VideoReader.Open(folder["film"]);
        Assert.Equal((20, 10, 12), (reader.Width, reader.Height, reader.FrameCount));
        Assert.Equal(frames.Select(frame => frame.Rgba), reader.ReadFrames(TestContext.Current.CancellationToken).Select(frame => frame.Rgba));
    }

    [Fact]
    public void Order_IsNatural()
    {
        string[] names = ["f10.png", "f2.png", "f02.png", "f1.png", "a.png", "f2b1.png", "f100.png"];
        Assert.Equal(["a.png", "f1.png", "f02.png", "f2.png", "f2b1.png", "f10.png", "f100.png"], names.Order(new NaturalOrder()));
    }

    [Fact]
    public void Open_EmptyOrTooMany_IsOneLine()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<VideoException>(() => VideoReader.Open(folder.Path));
        for (int i = 0; i < 3; i++) ImageWriter.Write(folder[$"{i}.png"], Pictures.Smooth(4, 4));
        Assert.Throws<VideoException>(() => VideoReader.Open(folder.Path, InputLimits.Default with { MaxFrames = 2 }));
    }

    [Fact]
    public void ReadFrames_OfSeveralSizes_NamesTheOddOne()
    {
        using var folder = new TemporaryFolder();
        ImageWriter.Write(folder["1.png"], Pictures.Smooth(4, 4));
        ImageWriter.Write(folder["2.png"], Pictures.Smooth(5, 4));
        using VideoReader reader = VideoReader.Open(folder.Path);
        var error = Assert.Throws<VideoException>(() => reader.ReadFrames(TestContext.Current.CancellationToken).Count());
        Assert.Contains("2.png is 5×4", error.Message, StringComparison.Ordinal);
    }
}
