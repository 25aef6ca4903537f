using System.Text;
using Impersonator.Imaging;
using Impersonator.Tests.Imaging;
using Impersonator.Videos;
using SkiaSharp;

namespace Impersonator.Tests.Videos;

/// <summary>GIF and WebP, read back by another decoder.</summary>
public class AnimationTests
{
    [Theory]
    [InlineData("film.gif", 12, 30)]
    [InlineData("film.gif", 29.97, 30)]
    [InlineData("film.webp", 12, 30)]
    [InlineData("film.webp", 60, 30)]
    public void Write_EveryFrame_IsThereForItsTime(string name, double frameRate, int frames)
    {
        using var folder = new TemporaryFolder();
        Write(folder[name], 70, 45, frameRate, frames);
        using var codec = SKCodec.Create(folder[name]);
        Assert.Equal((70, 45, frames), (codec.Info.Width, codec.Info.Height, codec.FrameCount));
        Assert.Equal(-1, codec.RepetitionCount);
        Assert.Equal(frames / frameRate * 1000, codec.FrameInfo.Sum(frame => frame.Duration), 5.0);
        for (int i = 0; i < frames; i++) Assert.True(Pictures.Difference(Pictures.Smooth(70, 45, i), Decode(codec, i)) < 6, $"frame {i}");
    }

    [Fact]
    public void Write_GifAboveFiftyFrames_LeavesSomeOutAndKeepsTheTime()
    {
        using var folder = new TemporaryFolder();
        Write(folder["film.gif"], 16, 16, 120, 120);
        using var codec = SKCodec.Create(folder["film.gif"]);
        Assert.InRange(codec.FrameCount, 30, 50);
        Assert.Equal(1000, codec.FrameInfo.Sum(frame => frame.Duration), 10.0);
        Assert.All(codec.FrameInfo, frame => Assert.True(frame.Duration >= 20));
    }

    [Fact]
    public void Write_GifOfFewColours_KeepsThemExactly()
    {
        using var folder = new TemporaryFolder();
        var frame = new Frame(64, 64);
        for (int i = 0; i < frame.Rgba.Length; i += 4)
            (frame.Rgba[i], frame.Rgba[i + 1], frame.Rgba[i + 2], frame.Rgba[i + 3]) = ((byte)(i / 4 % 64 / 16 * 80), (byte)(i / 4 / 64 / 16 * 80), 7, 255);
        using (VideoWriter writer = VideoWriter.Create(folder["film.gif"], 64, 64, 10))
        {
            writer.Write(frame);
            writer.Complete();
        }
        using var codec = SKCodec.Create(folder["film.gif"]);
        Assert.Equal(frame.Rgba, Decode(codec, 0).Rgba);
    }

    // Noise fills the table of 4096 codes again and again, one colour makes the longest strings.
    [Theory]
    [InlineData(256)]
    [InlineData(3)]
    [InlineData(1)]
    public void GifLzw_Write_IsReadBackByTheSpecification(int colours)
    {
        var random = new Random(1);
        foreach (int length in (int[])[1, 2, 3, 255, 256, 257, 3838, 3839, 3840, 100_000])
        {
            byte[] indices = [.. Enumerable.Range(0, length).Select(_ => (byte)random.Next(colours))];
            using var stream = new MemoryStream();
            GifLzw.Write(stream, indices);
            Assert.Equal(indices, LzwReader.Read(stream.ToArray()));
        }
    }

    [Fact]
    public void Write_WebpWithAlpha_KeepsIt()
    {
        using var folder = new TemporaryFolder();
        Frame frame = Pictures.Smooth(32, 32);
        for (int i = 0; i < 512; i++) frame.Rgba[(i * 4) + 3] = 0;
        using (VideoWriter writer = VideoWriter.Create(folder["film.webp"], 32, 32, 10))
        {
            writer.Write(Pictures.Smooth(32, 32));
            writer.Write(frame);
            writer.Complete();
        }
        using var codec = SKCodec.Create(folder["film.webp"]);
        byte[] second = Decode(codec, 1).Rgba;
        Assert.Equal((0, 255), (second[(8 * 32 * 4) + 3], second[(24 * 32 * 4) + 3]));
    }

    [Theory]
    [InlineData("film.gif")]
    [InlineData("film.webp")]
    public void Write_SaysThatItIsSynthetic(string name)
    {
        using var folder = new TemporaryFolder();
        Write(folder[name], 16, 16, 10, 2);
        Assert.Contains(SyntheticMark.DigitalSourceType, Encoding.Latin1.GetString(File.ReadAllBytes(folder[name])), StringComparison.Ordinal);
    }

    private static void Write(string path, int width, int height, double frameRate, int frames)
    {
        using VideoWriter writer = VideoWriter.Create(path, width, height, frameRate);
        for (int i = 0; i < frames; i++) writer.Write(Pictures.Smooth(width, height, i));
        writer.Complete();
    }

    private static Frame Decode(SKCodec codec, int index)
    {
        var frame = new Frame(codec.Info.Width, codec.Info.Height);
        using var bitmap = new SKBitmap(new SKImageInfo(frame.Width, frame.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        Assert.Equal(SKCodecResult.Success, codec.GetPixels(bitmap.Info, bitmap.GetPixels(), new SKCodecOptions(index)));
        bitmap.GetPixelSpan().CopyTo(frame.Rgba);
        return frame;
    }
}
