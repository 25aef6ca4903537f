using System.Numerics;
using Impersonator.Imaging;

namespace Impersonator.Tests.Imaging;

public class ResamplingTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 50)]
    [InlineData(20, 10)]
    [InlineData(64, 48)]
    public void Resize_PlainColour_StaysPlain(int width, int height)
    {
        var image = new Image(20, 30);
        var colour = new Vector4(0.2f, 0.1f, 0.4f, 0.5f);
        Array.Fill(image.Pixels, colour);
        foreach (Vector4 pixel in image.Resize(width, height).Pixels) Assert.True(Vector4.Distance(pixel, colour) < 1e-5f);
    }

    [Fact]
    public void Resize_SameSize_IsTheSamePicture()
    {
        Image image = Pictures.Noise(31, 17, seed: 3, opaque: false).ToImage();
        Image same = image.Resize(31, 17);
        for (int i = 0; i < image.Pixels.Length; i++) Assert.True(Vector4.Distance(image.Pixels[i], same.Pixels[i]) < 1e-5f);
    }

    // Both ways, a linear ramp must stay the same ramp away from the border: places do not shift by half a pixel.
    [Theory]
    [InlineData(40)]
    [InlineData(150)]
    [InlineData(33)]
    public void Resize_Ramp_KeepsPlaces(int width)
    {
        var image = new Image(100, 2);
        for (int y = 0; y < 2; y++)
            for (int x = 0; x < 100; x++) image[x, y] = new Vector4((x + 0.5f) / 100);
        Image resized = image.Resize(width, 2);
        for (int x = width / 8; x < width - (width / 8); x++) Assert.Equal((x + 0.5f) / width, resized[x, 0].X, 0.002f);
    }

    [Fact]
    public void Resize_FineStripes_BecomeTheirMeanLight()
    {
        var image = new Image(200, 200);
        for (int i = 0; i < image.Pixels.Length; i++) image.Pixels[i] = i % 2 == 0 ? Vector4.One : Vector4.UnitW;
        foreach (Vector4 pixel in image.Resize(50, 50).Row(25)[5..^5]) Assert.Equal(0.5f, pixel.X, 0.01f);
    }

    [Fact]
    public void Resize_HardEdges_StayInRange()
    {
        Image image = Pictures.Noise(40, 40, seed: 4, opaque: false).ToImage();
        foreach (Vector4 pixel in image.Resize(90, 25).Pixels) Assert.True(pixel is { X: >= 0, Y: >= 0, Z: >= 0, W: >= 0 and <= 1 });
    }

    [Fact]
    public void Resize_Matte_IsTheAlphaOfTheResizedImage()
    {
        var random = new Random(5);
        var (matte, image) = (new Matte(40, 30), new Image(40, 30));
        for (int i = 0; i < matte.Values.Length; i++) image.Pixels[i].W = matte.Values[i] = random.NextSingle();
        var (small, expected) = (matte.Resize(17, 55), image.Resize(17, 55));
        for (int i = 0; i < small.Values.Length; i++) Assert.Equal(expected.Pixels[i].W, small.Values[i], 5);
    }

    [Fact]
    public void Crop_ReachingOutside_IsTransparentThere()
    {
        Image image = Pictures.Noise(5, 4, seed: 6, opaque: true).ToImage();
        Image part = image.Crop(-1, 2, 8, 4);
        for (int y = 0; y < 4; y++)
            for (int x = 0; x < 8; x++)
            {
                int fromX = x - 1, fromY = y + 2;
                bool inside = fromX is >= 0 and < 5 && fromY is >= 0 and < 4;
                Assert.Equal(inside ? image[fromX, fromY] : Vector4.Zero, part[x, y]);
            }
        Assert.All(image.Crop(50, 50, 2, 2).Pixels, pixel => Assert.Equal(Vector4.Zero, pixel));
    }
}
