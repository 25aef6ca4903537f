using System.Text;
using Impersonator.Files;
using Impersonator.Imaging;

namespace Impersonator.Tests.Imaging;

public class ImageWriterTests
{
    [Theory]
    [InlineData("a.png", true)]
    [InlineData("a.png", false)]
    public void WriteRead_Png_IsTheSamePicture(string name, bool opaque)
    {
        using var folder = new TemporaryFolder();
        Frame frame = Pictures.Noise(33, 21, seed: 1, opaque);
        ImageWriter.Write(folder[name], frame);
        Photo photo = PhotoReader.Read(folder[name]);
        Assert.Equal(!opaque, photo.HasAlpha);
        Assert.Equal(frame.ToImage().ToFrame().Rgba, photo.Image.ToFrame().Rgba);
        Assert.Equal([name], folder.Names);
    }

    [Theory]
    [InlineData("a.jpg")]
    [InlineData("a.JPEG")]
    [InlineData("a.webp")]
    public void WriteRead_Lossy_IsNearlyTheSamePicture(string name)
    {
        using var folder = new TemporaryFolder();
        Frame frame = Pictures.Smooth(75, 50);
        ImageWriter.Write(folder[name], frame.ToImage());
        Assert.True(Pictures.Difference(frame, PhotoReader.Read(folder[name]).Image.ToFrame()) < 3);
    }

    [Fact]
    public void WriteRead_WebpWithAlpha_KeepsIt()
    {
        using var folder = new TemporaryFolder();
        Frame frame = Pictures.Smooth(40, 40);
        for (int i = 0; i < 800; i++) frame.Rgba[(i * 4) + 3] = 0;
        ImageWriter.Write(folder["a.webp"], frame);
        Photo photo = PhotoReader.Read(folder["a.webp"]);
        Assert.True(photo.HasAlpha);
        Assert.Equal(0, photo.Image[20, 10].W);
        Assert.Equal(1, photo.Image[20, 30].W);
    }

    [Fact]
    public void Write_JpegOfTransparent_IsWhite()
    {
        using var folder = new TemporaryFolder();
        ImageWriter.Write(folder["a.jpg"], new Frame(16, 16));
        Assert.All(PhotoReader.Read(folder["a.jpg"]).Image.ToFrame().Rgba, value => Assert.Equal(255, value));
    }

    [Theory]
    [InlineData("a.png")]
    [InlineData("a.jpg")]
    [InlineData("a.webp")]
    public void Write_SaysThatItIsSynthetic_UnlessToldNotTo(string name)
    {
        using var folder = new TemporaryFolder();
        ImageWriter.Write(folder[name], Pictures.Smooth(20, 20));
        Assert.Contains(SyntheticMark.DigitalSourceType, Latin(folder[name]), StringComparison.Ordinal);
        ImageWriter.Write(folder[name], Pictures.Smooth(20, 20), new ImageOptions { Marked = false });
        Assert.DoesNotContain(SyntheticMark.DigitalSourceType, Latin(folder[name]), StringComparison.Ordinal);
    }

    [Fact]
    public void WriteRead_Matte_IsTheSameToAByte()
    {
        using var folder = new TemporaryFolder();
        var matte = new Matte(16, 16);
        for (int i = 0; i < 256; i++) matte.Values[i] = i / 255f;
        ImageWriter.Write(folder["m.png"], matte);
        Matte back = MatteReader.Read(folder["m.png"]);
        for (int i = 0; i < 256; i++) Assert.Equal(matte.Values[i], back.Values[i], 0.5 / 255);
    }

    [Fact]
    public void ReadMatte_OfAPictureWithAlpha_IsItsAlpha()
    {
        using var folder = new TemporaryFolder();
        Frame frame = Pictures.Noise(9, 9, seed: 3, opaque: false);
        ImageWriter.Write(folder["m.png"], frame);
        Matte matte = MatteReader.Read(folder["m.png"]);
        for (int i = 0; i < 81; i++) Assert.Equal(frame.Rgba[(i * 4) + 3] / 255f, matte.Values[i], 5);
    }

    [Fact]
    public void Write_UnknownEnding_IsOneLineAndLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(".png", Assert.Throws<OutputException>(() => ImageWriter.Write(folder["a.tga"], new Frame(2, 2))).Message, StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }

    private static string Latin(string path) => Encoding.Latin1.GetString(File.ReadAllBytes(path));
}
