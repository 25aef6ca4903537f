using System.Numerics;
using Impersonator.Imaging;
using Impersonator.Networks;
using Impersonator.Recovery;
using Impersonator.Tests.Networks;

namespace Impersonator.Tests.Recovery;

public sealed class PersonFinderTests
{
    private static Photo Plain(int width, int height, Vector4 colour)
    {
        var image = new Image(width, height);
        Array.Fill(image.Pixels, colour);
        return new Photo("plain.png", image);
    }

    private static Weights ToyWeights() => Weights.Initialise(PersonNet.Build(PersonNetTests.Toy), seed: 3);

    [Theory]
    [InlineData(100, 100, 32, 1)]
    [InlineData(1000, 700, 64, 1)]
    [InlineData(64, 64, 64, 3)]
    public void Cut_PartOfThePhoto_ShowsItsColoursWhereTheyLie(int width, int height, int size, int dotWidth)
    {
        // A white dot on black at three quarters across and a quarter down.
        Photo photo = Plain(width, height, Vector4.UnitW);
        (int x, int y) = (width * 3 / 4, height / 4);
        int dot = Math.Max(dotWidth, 2 * width / size);
        for (int j = -dot; j <= dot; j++)
            for (int i = -dot; i <= dot; i++) photo.Image[x + i, y + j] = Vector4.One;
        var window = PhotoWindow.Whole(width, height);
        var input = new float[3 * size * size];
        new PhotoPyramid(photo).Cut(new LookView(window), size, input);
        Vector2 mean = default;
        float sum = 0;
        for (int i = 0; i < size * size; i++)
        {
            Vector2 place = window.ToPhoto(new Vector2((i % size) + 0.5f, (i / size) + 0.5f) / size);
            if (place.Y < 0 || place.Y > height) continue;
            float light = input[i] + PersonNet.Mean;
            mean += light * place;
            sum += light;
        }
        // A pixel of the result is width/size photo pixels; the dot's middle is found to a third of one.
        Assert.Equal(x + 0.5f, mean.X / sum, 0.34f * width / size);
        Assert.Equal(y + 0.5f, mean.Y / sum, 0.34f * width / size);
    }

    [Fact]
    public void Cut_BeyondThePhoto_IsTheGreyOfBars()
    {
        var input = new float[3 * 32 * 32];
        new PhotoPyramid(Plain(64, 32, Vector4.UnitW)).Cut(new LookView(PhotoWindow.Whole(64, 32)), 32, input);
        Assert.Equal(PersonNet.Bar - PersonNet.Mean, input[5], 1e-5f);
        Assert.Equal(-PersonNet.Mean, input[(16 * 32) + 5], 1e-5f);
    }

    [Fact]
    public void LookAt_MirroredPhoto_FindsTheMirroredPerson()
    {
        // Averaging with the mirrored look makes any network symmetric, an untrained one too.
        Photo photo = Plain(90, 120, Vector4.UnitW), mirrored = Plain(90, 120, Vector4.UnitW);
        for (int y = 0; y < 120; y++)
        {
            for (int x = 0; x < 90; x++)
            {
                photo.Image[x, y] = new Vector4(x / 90f, y / 120f, ((x * 7) + (y * 3)) % 11 / 11f, 1);
                mirrored.Image[89 - x, y] = photo.Image[x, y];
            }
        }
        using var finder = new PersonFinder(ToyWeights(), new PersonFinderOptions { CloseLooks = 0, Search = false }, PersonNetTests.Toy);
        PersonLook look = finder.LookAt(photo, Vector2.Zero, new Vector2(90, 120)), other = finder.LookAt(mirrored, Vector2.Zero, new Vector2(90, 120));
        for (int k = 0; k < PersonNet.KeypointCount; k++)
        {
            LookedKeypoint a = look.Keypoints[k], b = other.Keypoints[PersonNet.Mirror[k]];
            Assert.Equal(90 - a.Position.X, b.Position.X, 0.05f);
            Assert.Equal(a.Position.Y, b.Position.Y, 0.05f);
            Assert.Equal(a.Inside, b.Inside, 1e-3f);
        }
        Assert.Equal(1 - look.Maps.Surface[5], other.Maps.Surface[look.Maps.Side - 1 - 5], 1e-3f);
        Assert.Equal(look.Maps.MatteAt(new Vector2(0.3f, 0.6f)), other.Maps.MatteAt(new Vector2(0.7f, 0.6f)), 1e-3f);
    }

    [Theory]
    [InlineData(800, 600, 0.62f)]
    [InlineData(300, 900, 0.4f)]
    [InlineData(500, 500, 0.4f)]
    public void Windows_OfAPart_CoverThePhotoAndOverlap(int width, int height, float part)
    {
        PhotoWindow[] windows = [.. PersonFinder.Windows(Plain(width, height, Vector4.One), part)];
        for (int y = 0; y < height; y += 10)
            for (int x = 0; x < width; x += 10) Assert.Contains(windows, w => x >= w.Left && x <= w.Left + w.Side && y >= w.Top && y <= w.Top + w.Side);
        float side = part * Math.Max(width, height);
        Assert.All(windows, w => Assert.Equal(side, w.Side, 1e-3f));
        float[] lefts = [.. windows.Select(w => w.Left).Distinct().Order()];
        Assert.All(lefts.Zip(lefts.Skip(1)), p => Assert.True(p.Second - p.First <= 0.51f * side));
    }

    [Fact]
    public void Find_SmallNoisyPhotos_NeverFails()
    {
        using var finder = new PersonFinder(ToyWeights(), null, PersonNetTests.Toy);
        foreach ((int width, int height) in new[] { (1, 1), (20, 300), (300, 7) })
        {
            PersonLook look = finder.Find(Plain(width, height, new Vector4(0.2f, 0.4f, 0.1f, 1)));
            Assert.InRange(look.Score, 0, 1);
            Assert.All(look.Keypoints, k => Assert.True(float.IsFinite(k.Position.X) && float.IsFinite(k.Position.Y) && k.Error > 0));
        }
    }
}
