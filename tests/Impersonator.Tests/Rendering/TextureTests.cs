using System.Numerics;
using Impersonator.Imaging;
using Impersonator.Rendering;

namespace Impersonator.Tests.Rendering;

public class TextureTests
{
    private const double Step = 1.0 / 65535;

    [Theory]
    [InlineData(8, 8)]
    [InlineData(13, 5)]
    public void Sample_ConstantPicture_IsConstantAtEveryLevel(int width, int height)
    {
        var image = new Image(width, height);
        Array.Fill(image.Pixels, new Vector4(0.25f, 0.5f, 0.75f, 1));
        Texture texture = Texture.Opaque(image);
        for (float level = 0; level <= texture.LevelCount; level += 0.3f)
        {
            Vector4 colour = texture.Sample(new Vector2(0.3f, 0.9f), level);
            Assert.True(Vector4.Distance(colour, new Vector4(0.25f, 0.5f, 0.75f, 1)) < 3 * Step);
        }
    }

    [Fact]
    public void Sample_TexelCentres_AreTheTexels()
    {
        Image image = Noise(7, 5);
        Texture texture = Texture.Opaque(image);
        for (int y = 0; y < 5; y++)
            for (int x = 0; x < 7; x++)
                Assert.True(Vector4.Distance(image[x, y], texture.Sample(new Vector2((x + 0.5f) / 7, (y + 0.5f) / 5))) < 2 * Step);
    }

    [Theory]
    [InlineData(16, 16)]
    [InlineData(13, 5)]
    public void Sample_CoarsestLevel_IsNearTheMean(int width, int height)
    {
        Image image = Noise(width, height);
        Vector4 mean = image.Pixels.Aggregate(Vector4.Zero, (sum, p) => sum + p) / image.Pixels.Length;
        // Odd sides give the texels of a level unequal shares; powers of two give the mean itself.
        Assert.True(Vector4.Distance(mean, Texture.Opaque(image).Sample(default, 100)) < (width == 16 ? 4 * Step : 0.15));
    }

    [Fact]
    public void Opaque_EmptyTexels_TakeTheColourOfWhatIsThere()
    {
        // An island of one colour in a sea of nothing.
        var image = new Image(32, 32);
        for (int y = 8; y < 20; y++)
            for (int x = 6; x < 17; x++) image[x, y] = new Vector4(0.8f, 0.4f, 0.2f, 1);
        Texture texture = Texture.Opaque(image);
        for (float level = 0; level < 6; level += 0.5f)
            for (int i = 0; i < 32; i++)
                Assert.True(Vector4.Distance(new Vector4(0.8f, 0.4f, 0.2f, 1), texture.Sample(new Vector2(i / 31f, 1 - (i / 31f)), level)) < 0.002f);
    }

    [Fact]
    public void WithHoles_HalfCovered_KeepsColourAndHalvesAlpha()
    {
        var image = new Image(8, 8);
        for (int y = 0; y < 8; y++)
            for (int x = 0; x < 8; x++) image[x, y] = (x + y) % 2 == 0 ? new Vector4(0.6f, 0.3f, 0.1f, 1) : default;
        Vector4 coarse = Texture.WithHoles(image).Sample(new Vector2(0.5f), 3);
        Assert.Equal(0.5, coarse.W, 3);
        Assert.Equal(0.6, coarse.X / coarse.W, 3);
    }

    [Fact]
    public void Sample_LongFootprint_StaysSharpAcross()
    {
        // Columns black and white: a footprint long down the columns must not mix them, one across must.
        var image = new Image(64, 64);
        for (int y = 0; y < 64; y++)
            for (int x = 0; x < 64; x++) image[x, y] = x % 16 < 8 ? Vector4.One : new Vector4(0, 0, 0, 1);
        Texture texture = Texture.Opaque(image);
        Vector2 place = new(4f / 64, 0.5f);
        Assert.True(texture.Sample(place, new Vector2(1f / 64, 0), new Vector2(0, 8f / 64)).X > 0.95f);
        Assert.InRange(texture.Sample(place, new Vector2(16f / 64, 0), new Vector2(0, 16f / 64)).X, 0.3f, 0.7f);
    }

    [Fact]
    public void Sample_WildCoordinates_StayInside()
    {
        Texture texture = Texture.Opaque(Noise(4, 4));
        foreach (float wild in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e30f, -1e30f])
            Assert.Equal(1, texture.Sample(new Vector2(wild, -wild), new Vector2(wild), default).W, 3);
    }

    private static Image Noise(int width, int height)
    {
        var random = new Random(3);
        var image = new Image(width, height);
        foreach (ref Vector4 pixel in image.Pixels.AsSpan()) pixel = new Vector4((float)random.NextDouble(), (float)random.NextDouble(), (float)random.NextDouble(), 1);
        return image;
    }
}
