using Impersonator.Networks;
using Impersonator.Training.Evaluation.Pictures;

namespace Impersonator.Tests.Training;

public sealed class PictureFiguresTests
{
    private const int Side = 48;

    /// <summary>Somebody between columns 8..40 and rows 4..44 whose clothes have a fine pattern.</summary>
    private static ComparedPicture Person(Func<int, int, float> light, int side = Side)
    {
        var (rgb, alpha) = (new float[3 * side * side], new float[side * side]);
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++)
            {
                bool inside = x >= side / 6 && x < side - (side / 6) && y >= side / 12 && y < side - (side / 12);
                alpha[(y * side) + x] = inside ? 1 : 0;
                for (int c = 0; c < 3; c++) rgb[(((c * side) + y) * side) + x] = inside ? light(x, y) : ComparedPicture.Grey;
            }
        return new ComparedPicture(side, side, rgb, alpha);
    }

    private static ComparedPicture Plain(float light, int side = Side) => new(side, side, [.. Enumerable.Repeat(light, 3 * side * side)], [.. Enumerable.Repeat(1f, side * side)]);

    private static float Pattern(int x, int y) => 0.5f + (0.3f * MathF.Sin(1.1f * x) * MathF.Cos(0.8f * y));

    private static ComparedPicture Blurred(ComparedPicture picture)
    {
        var rgb = new float[picture.Rgb.Length];
        int w = picture.Width, h = picture.Height;
        for (int c = 0; c < 3; c++)
            for (int y = 0; y < h; y++)
                for (int x = 0; x < w; x++)
                {
                    for (int dy = -1; dy <= 1; dy++)
                        for (int dx = -1; dx <= 1; dx++) rgb[(((c * h) + y) * w) + x] += picture.Rgb[(((c * h) + Math.Clamp(y + dy, 0, h - 1)) * w) + Math.Clamp(x + dx, 0, w - 1)] / 9;
                }
        return new ComparedPicture(w, h, rgb, picture.Alpha);
    }

    [Fact]
    public void Around_Rectangle_IsTheRectangle()
    {
        ComparedPicture person = Person(Pattern);
        Assert.Equal(new PictureArea(8, 4, 32, 40), PictureArea.Around(person.Alpha, Side, Side, margin: 0));
        Assert.Equal(new PictureArea(4, 0, 40, 48), PictureArea.Around(person.Alpha, Side, Side, margin: 0.1f));
        Assert.Null(PictureArea.Around(new float[Side * Side], Side, Side));
    }

    [Fact]
    public void OfPlanes_HalfCoverage_LiesHalfOverGrey()
    {
        byte[] planes = [255, 0, 0, 128];
        ComparedPicture picture = ComparedPicture.OfPlanes(planes, 1);
        Assert.Equal(128 / 255f, picture.Alpha[0], 1e-6f);
        Assert.Equal((128 / 255f) + (0.5f * 127 / 255f), picture.Rgb[0], 1e-6f);
        Assert.Equal(0.5f * 127 / 255f, picture.Rgb[1], 1e-6f);
    }

    [Fact]
    public void SignalToNoise_OffByATenth_Is20Decibels()
    {
        Assert.Equal(20, SignalToNoise.Of(Plain(0.6f), Plain(0.5f), Plain(0).Whole), 1e-4);
        Assert.Equal(SignalToNoise.Most, SignalToNoise.Of(Plain(0.5f), Plain(0.5f), Plain(0).Whole));
    }

    [Fact]
    public void SignalToNoise_MistakeOutsideOfTheArea_DoesNotCount()
    {
        ComparedPicture truth = Person(Pattern), made = Person(Pattern);
        made.Rgb[0] = 1;
        Assert.Equal(SignalToNoise.Most, SignalToNoise.Of(made, truth, new PictureArea(8, 4, 32, 40)));
        Assert.True(SignalToNoise.Of(made, truth, truth.Whole) < SignalToNoise.Most);
    }

    [Fact]
    public void Similarity_SamePicture_IsOne()
    {
        ComparedPicture person = Person(Pattern);
        Assert.Equal(1, StructuralSimilarity.Of(person, person, person.Whole), 1e-9);
        Assert.Equal(1, StructuralSimilarity.MultiScale(person, person, person.Whole), 1e-9);
    }

    [Fact]
    public void Similarity_PlainPictures_IsTheTermOfLight()
    {
        // (2·0.4·0.6 + 0.0001) / (0.4² + 0.6² + 0.0001); both have no contrast, so structure is 1.
        Assert.Equal(0.4801 / 0.5201, StructuralSimilarity.Of(Plain(0.4f), Plain(0.6f), Plain(0).Whole), 1e-6);
        // All five scales fit into 176 pixels; light counts at the coarsest.
        Assert.Equal(Math.Pow(0.4801 / 0.5201, 0.1333 / 1.0001), StructuralSimilarity.MultiScale(Plain(0.4f, 176), Plain(0.6f, 176), Plain(0, 176).Whole), 1e-6);
    }

    [Fact]
    public void Similarity_TwoDots_IsAsByHand()
    {
        // One window only. Weights of the middle and of its neighbour: e⁰ and e^(−1/4.5), squared sums of the row apart.
        const int Window = StructuralSimilarity.Window;
        double sum = Enumerable.Range(-5, Window).Sum(i => Math.Exp(-i * i / 4.5));
        double middle = 1 / (sum * sum), beside = Math.Exp(-1 / 4.5) / (sum * sum);
        ComparedPicture a = Plain(0, Window), b = Plain(0, Window);
        for (int c = 0; c < 3; c++) (a.Rgb[(c * 121) + 60], b.Rgb[(c * 121) + 61]) = (1, 1);
        const double C1 = 0.0001, C2 = 0.0009;
        double expected = ((2 * middle * beside) + C1) / ((middle * middle) + (beside * beside) + C1)
            * ((-2 * middle * beside) + C2) / (middle - (middle * middle) + beside - (beside * beside) + C2);
        Assert.Equal(expected, StructuralSimilarity.Of(a, b, a.Whole), 1e-6);
    }

    [Fact]
    public void Similarity_BlurredPicture_IsLess()
    {
        ComparedPicture truth = Person(Pattern), once = Blurred(truth), twice = Blurred(once);
        double one = StructuralSimilarity.Of(once, truth, truth.Whole), two = StructuralSimilarity.Of(twice, truth, truth.Whole);
        Assert.True(two < one && one < 0.999, $"{two} {one}");
        Assert.True(StructuralSimilarity.MultiScale(twice, truth, truth.Whole) < StructuralSimilarity.MultiScale(once, truth, truth.Whole));
    }

    [Fact]
    public void Sharpness_HalfTheContrast_IsAQuarter()
    {
        ComparedPicture truth = Person(Pattern);
        Assert.Equal(1, Sharpness.Of(truth, truth, truth.Whole), 1e-6);
        Assert.Equal(0.25, Sharpness.Of(Person((x, y) => 0.5f + (0.5f * (Pattern(x, y) - 0.5f))), truth, truth.Whole), 1e-4);
        Assert.InRange(Sharpness.Of(Blurred(truth), truth, truth.Whole), 0.01, 0.8);
    }

    [Fact]
    public void Sharpness_PlainPerson_DoesNotCountTheOutline()
        => Assert.Equal(0, Sharpness.Of(Person((_, _) => 0.9f), Person(Pattern), Plain(0).Whole), 1e-9);

    [Fact]
    public void Flicker_ChangesAsTheTruth_IsZero()
    {
        ComparedPicture a = Person(Pattern), b = Person((x, y) => Pattern(x + 2, y));
        Assert.Equal(0, Flicker.Of(a, b, a, b, a.Whole), 1e-9);
        // Wrong, but equally wrong in both frames.
        Assert.Equal(0, Flicker.Of(Plain(0.2f), Plain(0.3f), Plain(0.5f), Plain(0.6f), a.Whole), 1e-4);
        // The truth stands still, the picture gets lighter by a tenth.
        Assert.Equal(25.5, Flicker.Of(Plain(0.2f), Plain(0.3f), Plain(0.5f), Plain(0.5f), a.Whole), 1e-4);
    }

    [Fact]
    public void Frechet_SameSet_IsZeroAndMovedSet_IsTheSquareOfTheWay()
    {
        float[][] set = Features(40, (_, f) => f);
        Assert.Equal(0, FrechetDistance.Of(set, set), 1e-6);
        Assert.Equal(9 + 16, FrechetDistance.Of(Features(40, (_, f) => [f[0] + 3, f[1], f[2] - 4]), set), 1e-4);
    }

    [Fact]
    public void Frechet_WiderSet_IsTheSquareOfTheDeviationsDifference()
    {
        // One feature: (σ₁ − σ₂)² = σ² of the set whose other is twice as wide.
        float[][] set = Features(40, (_, f) => [f[0]]);
        double mean = set.Average(f => f[0]), variance = set.Sum(f => (f[0] - mean) * (f[0] - mean)) / 39;
        Assert.Equal(variance, FrechetDistance.Of(Features(40, (_, f) => [(float)(mean + (2 * (f[0] - mean)))]), set), 1e-4);
    }

    [Fact]
    public void Frechet_BothSetsTurned_StaysTheSame()
    {
        static float[] Turned(float[] f) => [(0.6f * f[0]) - (0.8f * f[1]), (0.8f * f[0]) + (0.6f * f[1]), f[2]];
        float[][] one = Features(30, (_, f) => f), other = Features(30, (i, f) => [f[1] * 1.5f, f[0] + (0.3f * f[2]), f[2] + (i % 3)]);
        double before = FrechetDistance.Of(one, other);
        Assert.True(before > 0.1);
        Assert.Equal(before, FrechetDistance.Of([.. one.Select(Turned)], [.. other.Select(Turned)]), 1e-4);
    }

    [Fact]
    public void Perceptual_SameIsZeroOppositeIsFourOrthogonalTwo()
    {
        static PerceptualFeatures Of(float a, float b) => new([[a, a, a, a, b, b, b, b]], [(2, 2, 2)], []);
        (float, float, float, float) whole = (0, 0, 1, 1);
        Assert.Equal(0, Of(1, 0).DistanceTo(Of(1, 0), whole), 1e-9);
        Assert.Equal(2, Of(1, 0).DistanceTo(Of(0, 1), whole), 1e-9);
        Assert.Equal(4, Of(1, 0).DistanceTo(Of(-1, 0), whole), 1e-9);
    }

    [Fact]
    public void PictureScore_TruthItself_IsPerfectAndBlurIsNot()
    {
        var size = new PersonNetSize { Picture = 64, Half = 8, Quarter = 8, Eighth = 16, EighthBlocks = 1 };
        using var network = new PerceptualNetwork(Weights.Initialise(PersonNet.Features(size), 3), size);
        ComparedPicture truth = Person(Pattern);
        PictureTruth real = PictureTruth.Of(truth, network);
        PictureScore same = PictureScore.Of(truth, real, network);
        Assert.Equal((SignalToNoise.Most, 0, 1, 1), (same.Psnr, same.Perceptual, same.MatteOverlap, Math.Round(same.Ssim, 9)));
        PictureScore once = PictureScore.Of(Blurred(truth), real, network), twice = PictureScore.Of(Blurred(Blurred(truth)), real, network);
        Assert.True(0 < once.Perceptual && once.Perceptual < twice.Perceptual, $"{once.Perceptual} {twice.Perceptual}");
        Assert.Equal(16, once.Features.Made.Length);
    }

    /// <summary>Features of three numbers without any order in them, changed.</summary>
    private static float[][] Features(int count, Func<int, float[], float[]> change)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).Select(i => change(i, [(float)random.NextDouble() * 2, (float)random.NextDouble(), (float)random.NextDouble() - 0.5f]))];
    }
}
