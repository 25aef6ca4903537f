using System.Numerics;
using Impersonator.Imaging;

namespace Impersonator.Tests.Imaging;

public class BlurringTests
{
    [Fact]
    public void Gaussian_Impulse_IsTheCurve()
    {
        const float Sigma = 2;
        var matte = new Matte(41, 41);
        matte[20, 20] = 1;
        Matte blurred = matte.Gaussian(Sigma);
        for (int y = 15; y <= 25; y++)
            for (int x = 15; x <= 25; x++)
            {
                float squared = ((x - 20) * (x - 20)) + ((y - 20) * (y - 20));
                Assert.Equal(MathF.Exp(-squared / (2 * Sigma * Sigma)) / (2 * MathF.PI * Sigma * Sigma), blurred[x, y], 3);
            }
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.5f)]
    [InlineData(30f)]
    public void Gaussian_OfImage_IsThatOfItsChannels(float sigma)
    {
        Image image = Pictures.Noise(23, 19, seed: 1, opaque: false).ToImage();
        var green = new Matte(23, 19);
        for (int i = 0; i < green.Values.Length; i++) green.Values[i] = image.Pixels[i].Y;
        var (blurred, expected) = (image.Gaussian(sigma), green.Gaussian(sigma));
        for (int i = 0; i < green.Values.Length; i++) Assert.Equal(expected.Values[i], blurred.Pixels[i].Y, 5);
    }

    [Fact]
    public void Gaussian_PlainColour_StaysPlainToTheBorder()
    {
        var image = new Image(9, 7);
        Array.Fill(image.Pixels, new Vector4(0.3f));
        foreach (Vector4 pixel in image.Gaussian(4).Pixels) Assert.Equal(0.3f, pixel.X, 5);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(100)]
    public void Box_IsTheMeanOverTheSquare(int radius)
    {
        var random = new Random(2);
        var matte = new Matte(21, 150);
        for (int i = 0; i < matte.Values.Length; i++) matte.Values[i] = random.NextSingle();
        Matte box = matte.Box(radius);
        foreach ((int x, int y) in ((int, int)[])[(0, 0), (10, 70), (20, 149), (3, 64), (7, 63)])
        {
            double sum = 0;
            for (int dy = -radius; dy <= radius; dy++)
                for (int dx = -radius; dx <= radius; dx++) sum += matte[Math.Clamp(x + dx, 0, 20), Math.Clamp(y + dy, 0, 149)];
            Assert.Equal(sum / Math.Pow((2 * radius) + 1, 2), box[x, y], 4);
        }
    }
}
