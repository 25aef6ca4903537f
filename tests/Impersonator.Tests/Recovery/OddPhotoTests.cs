using System.Numerics;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Networks;
using Impersonator.Recovery;
using Impersonator.Training.Synthesis;

namespace Impersonator.Tests.Recovery;

/// <summary>Pictures that are no photo of one standing person: each is refused with one line or handled.</summary>
public sealed class OddPhotoTests
{
    /// <summary>Seeds of people who are wholly in the picture and plain to see.</summary>
    private const long AloneAndWhole = 3, AlsoAlone = 17;

    private static readonly Lazy<Studio> Shared = new(() => Studio.Open());

    /// <summary>The studio with the network that ships.</summary>
    private static Studio Network()
    {
        Assert.SkipUnless(Weights.Shipped.Contains(PersonRecovery.Network), "This build has no PersonNet.");
        return Shared.Value;
    }

    private static Photo Picture(int width, int height, Func<int, int, Vector3> colour)
    {
        var image = new Image(width, height);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++) image[x, y] = new Vector4(colour(x, y), 1);
        return new Photo("odd.png", image);
    }

    private static Photo Painted(long seed, int size)
    {
        var sample = new Sample(size);
        new NakedPainter().Paint(seed, sample);
        return Picture(size, size, (x, y) => new Vector3(Light(sample, x, y, 0), Light(sample, x, y, 1), Light(sample, x, y, 2)));
    }

    private static float Light(Sample sample, int x, int y, int channel) => Srgb.ToLinear(sample.Rgb[(3 * ((y * sample.Size) + x)) + channel]);

    private static void RefusedInOneLine(Photo photo)
    {
        string message = Assert.ThrowsAny<InputException>(() => Network().Recover(photo, cancellationToken: TestContext.Current.CancellationToken)).Message;
        Assert.StartsWith("odd.png: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    private static void RefusedInOneLineOrHandled(Photo photo)
    {
        Studio studio = Network();
        try
        {
            Person person = studio.Recover(photo, cancellationToken: TestContext.Current.CancellationToken).Person;
            Assert.Equal(photo.Width, studio.FindMatte(photo, person, TestContext.Current.CancellationToken).Width);
        }
        catch (InputException refusal)
        {
            Assert.DoesNotContain('\n', refusal.Message);
        }
    }

    [Fact]
    public void Recover_BlackPicture_IsRefused() => RefusedInOneLine(Picture(300, 400, (_, _) => Vector3.Zero));

    [Fact]
    public void Recover_LandscapeOfSkyAndGrass_IsRefused() => RefusedInOneLine(Picture(480, 320, (x, y) => y < 170 + (20 * MathF.Sin(x / 60f)) ? new Vector3(0.3f, 0.5f, 0.9f) : new Vector3(0.1f, 0.3f + (((x * 7) + (y * 13)) % 10 / 60f), 0.05f)));

    [Fact]
    public void Recover_OnePixel_IsRefused() => RefusedInOneLine(Picture(1, 1, (_, _) => Vector3.One));

    [Fact]
    public void Recover_PersonOfTwentyPixels_IsRefused()
    {
        Photo small = Painted(3, 256);
        RefusedInOneLine(small with { Image = small.Image.Resize(28, 28), Name = "odd.png" });
    }

    [Fact]
    public void Recover_UpsideDown_IsRefusedOrHandled()
    {
        Photo upright = Painted(5, 256);
        RefusedInOneLineOrHandled(Picture(256, 256, (x, y) => upright.Image[255 - x, 255 - y] is var p ? new Vector3(p.X, p.Y, p.Z) : default));
    }

    [Fact]
    public void Recover_FaceAlone_IsRefusedOrHandled()
    {
        Photo whole = Painted(7, 512);
        RefusedInOneLineOrHandled(whole with { Image = whole.Image.Crop(200, 60, 110, 110) });
    }

    [Fact]
    public void Recover_TwoEmbracing_IsRefusedOrHandled()
    {
        Photo one = Painted(9, 256), other = Painted(10, 256);
        Vector4 back = other.Image[2, 2];
        RefusedInOneLineOrHandled(Picture(256, 256, (x, y) => Vector4.Distance(other.Image[x, y], back) > 0.05f ? Colour(other.Image[x, y]) : Colour(one.Image[Math.Max(0, x - 18), y])));
    }

    [Fact]
    public void Recover_Animal_IsRefusedOrHandled()
    {
        // A dog from the side: body, head, snout, ear, tail and four legs.
        (float X, float Y, float A, float B)[] parts = [(150, 150, 70, 32), (235, 115, 26, 22), (262, 122, 16, 9), (224, 92, 8, 16), (74, 122, 8, 30), (100, 205, 9, 42), (122, 208, 9, 40), (185, 205, 9, 42), (206, 208, 9, 40)];
        RefusedInOneLineOrHandled(Picture(320, 260, (x, y) =>
            parts.Any(p => (((x - p.X) * (x - p.X) / (p.A * p.A)) + ((y - p.Y) * (y - p.Y) / (p.B * p.B))) < 1) ? new Vector3(0.25f, 0.13f, 0.06f) : new Vector3(0.2f, 0.5f, 0.15f)));
    }

    [Fact]
    public void Recover_DrawingOfAStickMan_IsRefusedOrHandled()
    {
        (Vector2 From, Vector2 To)[] lines = [(new(150, 110), new(150, 220)), (new(150, 130), new(95, 180)), (new(150, 130), new(205, 180)), (new(150, 220), new(110, 320)), (new(150, 220), new(190, 320))];
        RefusedInOneLineOrHandled(Picture(300, 380, (x, y) =>
        {
            var at = new Vector2(x, y);
            bool ink = MathF.Abs(Vector2.Distance(at, new Vector2(150, 80)) - 30) < 3 || lines.Any(l =>
                Vector2.Distance(at, Vector2.Lerp(l.From, l.To, Math.Clamp(Vector2.Dot(at - l.From, l.To - l.From) / (l.To - l.From).LengthSquared(), 0, 1))) < 3);
            return ink ? new Vector3(0.02f) : Vector3.One;
        }));
    }

    [Fact]
    public void FindPeople_TwoSideBySide_ListsBothWithBoxesApart()
    {
        Photo one = Painted(AloneAndWhole, 256), other = Painted(AlsoAlone, 256);
        IReadOnlyList<PersonLook> people = Network().FindPeople(Picture(400, 256, (x, y) => x < 200 ? Colour(one.Image[x + 28, y]) : Colour(other.Image[x - 172, y])), TestContext.Current.CancellationToken);
        Assert.Equal(2, people.Count);
        PersonLook left = people.MinBy(p => p.Box.Low.X)!, right = people.MaxBy(p => p.Box.Low.X)!;
        Assert.True(left.Box.High.X < 215 && right.Box.Low.X > 185);
    }

    [Fact]
    public void Find_UpsideDown_FindsThePersonTurned()
    {
        Photo upright = Painted(AloneAndWhole, 256), turned = Picture(256, 256, (x, y) => Colour(upright.Image[255 - x, 255 - y]));
        IReadOnlyList<PersonLook> before = Network().FindPeople(upright, TestContext.Current.CancellationToken), after = Network().FindPeople(turned, TestContext.Current.CancellationToken);
        float mean = before[0].Keypoints.Take(Keypoints.Count).Zip(after[0].Keypoints, (a, b) => Vector2.Distance(a.Position, new Vector2(256) - b.Position)).Average();
        Assert.InRange(mean / before[0].Size, 0, 0.03f);
    }

    private static Vector3 Colour(Vector4 pixel) => new(pixel.X, pixel.Y, pixel.Z);
}
