using System.Numerics;
using Impersonator.Imaging;
using Impersonator.Subjects.Backgrounds;

namespace Impersonator.Tests.Subjects;

public class BackgroundFillTests
{
    [Fact]
    public void Fill_EmptyMatte_IsThePhoto()
    {
        (Image photo, _, _) = Wall();
        Assert.Equal(photo.Pixels, Fill(photo, new Matte(160, 200)).Pixels);
    }

    [Fact]
    public void Fill_FarFromThePerson_IsThePhoto()
    {
        (Image photo, Matte person, _) = Wall();
        Image filled = Fill(photo, person);
        for (int y = 0; y < 200; y++)
            for (int x = 0; x < 160; x++)
                if (Math.Abs(x - 80) > 45) Assert.Equal(photo[x, y], filled[x, y]);
    }

    [Fact]
    public void Fill_StripedWall_GoesOnBehindThePerson()
    {
        (Image photo, Matte person, Image truth) = Wall();
        Image filled = Fill(photo, person);
        double sum = 0, count = 0;
        for (int i = 0; i < person.Values.Length; i++)
        {
            if (person.Values[i] == 0) continue;
            Assert.Equal(1, filled.Pixels[i].W);
            sum += Vector4.Distance(filled.Pixels[i], truth.Pixels[i]);
            count++;
        }
        Assert.True(sum / count < 0.03, $"mean difference {sum / count:0.000}"); // the stripes differ by 0.3
    }

    // The person is the only green thing, with a soft green haze around it.
    [Fact]
    public void Fill_NothingOfThePerson_IsLeft()
    {
        (Image photo, Matte person, _) = Wall();
        foreach (Vector4 pixel in Fill(photo, person).Pixels) Assert.True(pixel.Y < pixel.X + 0.02f, $"{pixel}");
    }

    // Larger than the picture on which is searched, so that it is made smaller: nothing of the hole's outline may show.
    [Fact]
    public void Fill_PlainWall_ShowsNoOutline()
    {
        (Image photo, Matte person) = (new Image(260, 700), new Matte(260, 700));
        Array.Fill(photo.Pixels, new Vector4(0.7f, 0.7f, 0.7f, 1));
        for (int y = 150; y < 550; y++)
            for (int x = 90; x < 170; x++) (photo[x, y], person[x, y]) = (new Vector4(0.1f, 0.1f, 0.4f, 1), 1);
        foreach (Vector4 pixel in Fill(photo, person).Pixels) Assert.Equal(0.7f, pixel.X, 0.006f);
    }

    // Light ground below the person, darker where an ellipse at its feet or one far aside lies.
    private static (Image Photo, Matte Person) Ground(int shadowAt)
    {
        var (photo, person) = (new Image(200, 200), new Matte(200, 200));
        for (int y = 0; y < 200; y++)
            for (int x = 0; x < 200; x++)
            {
                float light = MathF.Pow((x - shadowAt) / 30f, 2) + MathF.Pow((y - 176) / 8f, 2) < 1 ? 0.25f : 0.6f + (0.02f * ((x + y) % 3));
                person[x, y] = Math.Abs(x - 100) < 12 && y is > 40 and < 178 ? 1 : 0;
                photo[x, y] = person[x, y] > 0 ? new Vector4(0, 0.3f, 0, 1) : new Vector4(light, light, light, 1);
            }
        return (photo, person);
    }

    [Fact]
    public void Fill_ShadowAtTheFeet_IsGone()
    {
        (Image photo, Matte person) = Ground(shadowAt: 115);
        Image filled = Fill(photo, person);
        Assert.Equal(0.25f, photo[135, 176].X);
        for (int y = 165; y < 190; y++)
            for (int x = 60; x < 160; x++) Assert.True(filled[x, y].X > 0.5f, $"({x}, {y}): {filled[x, y].X}");
    }

    [Fact]
    public void Fill_DarkThingAwayFromTheFeet_Stays()
    {
        (Image photo, Matte person) = Ground(shadowAt: 165);
        Assert.Equal(0.25f, Fill(photo, person)[165, 176].X);
    }

    [Fact]
    public void Fill_Twice_IsTheSame()
    {
        (Image photo, Matte person, _) = Wall();
        Assert.Equal(Fill(photo, person).Pixels, Fill(photo, person).Pixels);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 40)]
    [InlineData(60, 60)]
    public void Fill_WhereNothingIsLeftToCopy_IsStillAPicture(int width, int height)
    {
        var (photo, person) = (new Image(width, height), new Matte(width, height));
        Array.Fill(person.Values, 1);
        foreach (Vector4 pixel in Fill(photo, person).Pixels) Assert.True(pixel.W == 1 && float.IsFinite(pixel.X));
    }

    [Fact]
    public void Fill_OtherSizeOrCancelled_Throws()
    {
        (Image photo, Matte person, _) = Wall();
        Assert.Throws<ArgumentException>(() => Fill(photo, new Matte(2, 2)));
        Assert.Throws<OperationCanceledException>(() => BackgroundFill.Fill(photo, person, 1, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Membrane_OverARimOfOneColour_IsThatColour()
    {
        var (pixels, hole) = (new Vector4[13 * 11], new bool[13 * 11]);
        Array.Fill(pixels, new Vector4(0.25f));
        for (int i = 30; i < 100; i++) (pixels[i], hole[i]) = (new Vector4(9), true);
        Membrane.Fill(pixels, hole, 13, 11);
        Assert.All(pixels, pixel => Assert.Equal(0.25f, pixel.X, 5));
    }

    // A ramp whose middle was copied from elsewhere on the ramp, so at another level: gradients alone bring it back.
    [Fact]
    public void SeamRemoval_CopiesOfARampAtOtherLevels_BecomeTheRamp()
    {
        const int Width = 60, Height = 20;
        var pixels = new Vector4[Width * Height];
        var hole = new bool[pixels.Length];
        int[] source = [.. Enumerable.Repeat(-1, pixels.Length)];
        for (int i = 0; i < pixels.Length; i++)
        {
            int x = i % Width, y = i / Width;
            pixels[i] = new Vector4(x / 60f);
            hole[i] = x is >= 25 and < 35 && y is >= 5 and < 15;
            if (!hole[i]) continue;
            source[i] = i - (x < 30 ? 15 : 20);
            pixels[i] = new Vector4((source[i] % Width) / 60f);
        }
        SeamRemoval.Apply(pixels, (Vector4[])pixels.Clone(), hole, source, Width, rounds: 150, overRelaxation: 1.7f, TestContext.Current.CancellationToken);
        for (int i = 0; i < pixels.Length; i++) Assert.Equal(i % Width / 60f, pixels[i].X, 3);
    }

    // A soft shadow on the wall beside the person, up to 10 pixels beyond the outline: no ghost of it stays.
    [Fact]
    public void Fill_SoftShadowOnAWall_IsGone()
    {
        var (photo, person) = (new Image(300, 300), new Matte(300, 300));
        for (int y = 0; y < 300; y++)
            for (int x = 0; x < 300; x++)
            {
                float away = MathF.Max(MathF.Abs(x - 150) - 20, MathF.Abs(y - 150) - 90);
                person[x, y] = away < 0 ? 1 : 0;
                float light = 0.8f - (0.15f * Math.Clamp((10 - away) / 10, 0, 1));
                photo[x, y] = away < 0 ? new Vector4(0, 0, 0.3f, 1) : new Vector4(light, light, light, 1);
            }
        Assert.InRange(photo[174, 150].X, 0.6f, 0.75f);
        foreach (Vector4 pixel in Fill(photo, person).Pixels) Assert.Equal(0.8f, pixel.X, 0.02f);
    }

    // A hole of the matte in the middle of the person shows the person.
    [Fact]
    public void Fill_DoubtAmidThePerson_IsFilled()
    {
        (Image photo, Matte person, _) = Wall();
        for (int y = 100; y < 106; y++)
            for (int x = 76; x < 83; x++) person[x, y] = 0;
        foreach (Vector4 pixel in Fill(photo, person).Pixels) Assert.True(pixel.Y < pixel.X + 0.02f, $"{pixel}");
    }

    // Two copies of one colour in a rim of another, as different as two things are: neither's colour runs.
    [Fact]
    public void SeamRemoval_WhereAThingEnds_ItsColourDoesNotRun()
    {
        const int Width = 40;
        var pixels = new Vector4[Width * 5];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = new Vector4(i % Width < 20 ? 0.1f : 0.9f);
        bool[] hole = [.. pixels.Select((_, i) => i % Width is >= 10 and < 20 && i / Width is > 0 and < 4)];
        int[] source = [.. pixels.Select((_, i) => hole[i] ? i + 15 : -1)];
        var filled = (Vector4[])pixels.Clone();
        for (int i = 0; i < pixels.Length; i++)
            if (hole[i]) filled[i] = pixels[source[i]];
        SeamRemoval.Apply(filled, pixels, hole, source, Width, rounds: 20, overRelaxation: 1.3f, TestContext.Current.CancellationToken);
        Assert.InRange(filled[(2 * Width) + 18].X, 0.7f, 1);
    }

    /// <summary>A picture with a person before it, and how far what was filled in is from what is behind.</summary>
    private static (Image Filled, Image Truth, float MeanDifference) FillBefore(Func<int, int, float> light)
    {
        var (photo, person, truth) = (new Image(180, 160), new Matte(180, 160), new Image(180, 160));
        for (int y = 0; y < 160; y++)
            for (int x = 0; x < 180; x++)
            {
                float grey = light(x, y);
                truth[x, y] = new Vector4(grey, grey, 0.8f * grey, 1);
                person[x, y] = Math.Abs(x - 90) < 20 && Math.Abs(y - 80) < 50 ? 1 : 0;
                photo[x, y] = person[x, y] > 0 ? new Vector4(0, 0.8f, 0, 1) : truth[x, y];
            }
        Image filled = Fill(photo, person);
        float sum = 0;
        for (int i = 0; i < person.Values.Length; i++) sum += person.Values[i] * Vector4.Distance(filled.Pixels[i], truth.Pixels[i]);
        return (filled, truth, sum / person.Values.Sum());
    }

    [Fact]
    public void Fill_Horizon_GoesOnInItsRow()
    {
        (Image filled, Image truth, _) = FillBefore((_, y) => y < 71 ? 0.7f : 0.2f);
        for (int i = 0; i < filled.Pixels.Length; i++) Assert.True(Vector4.Distance(filled.Pixels[i], truth.Pixels[i]) < 0.02f, $"({i % 180}, {i / 180})");
    }

    // Tiles of 12 pixels: light and dark ones differ by 0.7.
    [Fact]
    public void Fill_Checkerboard_GoesOn()
        => Assert.InRange(FillBefore((x, y) => ((x / 12) + (y / 12)) % 2 == 0 ? 0.6f : 0.2f).MeanDifference, 0, 0.02f);

    // One slanted edge between two plain parts; nothing repeats, it only goes on.
    [Fact]
    public void Fill_SlantedEdge_GoesOn()
        => Assert.InRange(FillBefore((x, y) => y > 50 + (x / 3) ? 0.6f : 0.2f).MeanDifference, 0, 0.02f);

    // Grain must not be averaged away: a smooth spot in it is what is noticed first.
    [Fact]
    public void Fill_Grain_StaysGrain()
    {
        (Image filled, Image truth, _) = FillBefore((x, y) => 0.3f + (0.2f * ((((uint)((y * 180) + x) * 2654435761u) >> 16) & 255) / 255f));
        float inside = 0, outside = 0;
        for (int y = 50; y < 110; y++)
            for (int x = 0; x < 20; x++)
            {
                inside += MathF.Abs(filled[80 + x, y].X - filled[81 + x, y].X);
                outside += MathF.Abs(truth[80 + x, y].X - truth[81 + x, y].X);
            }
        Assert.InRange(inside / outside, 0.85f, 1.15f);
    }

    private static Image Fill(Image photo, Matte person) => BackgroundFill.Fill(photo, person, 1, TestContext.Current.CancellationToken);

    /// <summary>A wall with slanted stripes and a floor; a green person before it; the wall alone.</summary>
    private static (Image Photo, Matte Person, Image Truth) Wall()
    {
        var (photo, person, truth) = (new Image(160, 200), new Matte(160, 200), new Image(160, 200));
        for (int y = 0; y < 200; y++)
            for (int x = 0; x < 160; x++)
            {
                float stripe = y > 150 ? 0.15f : 0.4f + (0.15f * MathF.Sin((x + (y * 0.5f)) * 0.5f));
                truth[x, y] = new Vector4(stripe, stripe * 0.7f, stripe * 0.5f, 1);
                float away = MathF.Max(MathF.Abs(x - 80) - 20, MathF.Abs(y - 110) - 70);
                person[x, y] = away < 0 ? 1 : 0;
                photo[x, y] = Vector4.Lerp(truth[x, y], new Vector4(0, 0.8f, 0, 1), Math.Clamp((2 - away) / 4, 0, 1));
            }
        return (photo, person, truth);
    }

    [Fact]
    public void Extend_PlainGradient_GoesOnWithoutTints()
    {
        var sky = new Image(96, 96);
        for (int y = 0; y < 96; y++)
            for (int x = 0; x < 96; x++) sky[x, y] = new Vector4(0.1f + (0.003f * y), 0.2f + (0.003f * y), 0.5f, 1);
        Image extended = BackgroundFill.Extend(sky, 30, 50, 10, 0, seed: 1);
        Assert.Equal((136, 146), (extended.Width, extended.Height));
        for (int y = 0; y < extended.Height; y++)
            for (int x = 0; x < extended.Width; x++)
            {
                Vector4 colour = extended[x, y];
                if (x is >= 30 and < 126 && y >= 50) Assert.Equal(sky[x - 30, y - 50], colour);
                Assert.InRange(colour.Y - colour.X, 0.07f, 0.13f);
                Assert.InRange(colour.Z, 0.42f, 0.58f);
            }
    }

    // Grainy ground under a plain sky: above the sky there is sky, below the ground ground.
    [Fact]
    public void Extend_AboveAndBelow_GoesOnAsTheRowsDo()
    {
        var scene = new Image(120, 160);
        for (int i = 0; i < scene.Pixels.Length; i++)
        {
            float light = i / 120 < 60 ? 0.9f : 0.2f + (0.1f * ((((uint)i * 2654435761u) >> 16) & 255) / 255f);
            scene.Pixels[i] = new Vector4(light, light, light, 1);
        }
        Image extended = BackgroundFill.Extend(scene, 0, 25, 60, 25, seed: 1, TestContext.Current.CancellationToken);
        for (int y = 0; y < extended.Height; y++)
            for (int x = 0; x < extended.Width; x++)
            {
                if (y < 83) Assert.InRange(extended[x, y].X, 0.8f, 1);
                else if (y > 87) Assert.InRange(extended[x, y].X, 0.1f, 0.4f);
            }
    }
}
