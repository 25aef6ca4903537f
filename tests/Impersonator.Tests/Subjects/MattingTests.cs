using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Rendering;
using Impersonator.Subjects.Matting;

namespace Impersonator.Tests.Subjects;

public class MattingTests
{
    [Fact]
    public void Segment_ClothesWiderThanTheBody_AreFound()
    {
        Scene scene = Scene.Standing();
        Matte matte = new BodySeededMatting().Segment(scene.Photo, () => scene.Body, scene.Keypoints, null, TestContext.Current.CancellationToken);
        double both = 0, either = 0;
        for (int i = 0; i < matte.Values.Length; i++)
        {
            bool found = matte.Values[i] > 0.5f, true_ = scene.Truth.Values[i] > 0.5f;
            both += found && true_ ? 1 : 0;
            either += found || true_ ? 1 : 0;
        }
        Assert.True(both / either > 0.97, $"overlap {both / either:0.000}");
        Assert.Equal(1, matte[100, 180]);
        Assert.Equal(0, matte[5, 5]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Segment_CoarseMatteOfTheNetwork_IsDrawnAtThePhotosResolutionOrIgnoredWhenEmpty(bool seen)
    {
        Scene scene = Scene.Standing();
        const int Side = 64;
        var window = PhotoWindow.Whole(scene.Photo.Width, scene.Photo.Height);
        Vector2 At(int i) => window.ToPhoto(new Vector2((i % Side) + 0.5f, (i / Side) + 0.5f) / Side);
        float[] cells = [.. Enumerable.Range(0, Side * Side).Select(i => (int)At(i).X is >= 0 and var x && x < scene.Photo.Width && seen ? scene.Truth[x, (int)At(i).Y] : 0)];
        var look = new PersonLook(window, [.. new LookedKeypoint[33]], new PersonMaps(Side, cells, 1, new float[15], new float[3], new float[1]));
        Matte matte = new BodySeededMatting().Segment(scene.Photo, () => scene.Body, scene.Keypoints, look, TestContext.Current.CancellationToken);
        double both = 0, either = 0;
        for (int i = 0; i < matte.Values.Length; i++)
        {
            bool found = matte.Values[i] > 0.5f, true_ = scene.Truth.Values[i] > 0.5f;
            both += found && true_ ? 1 : 0;
            either += found || true_ ? 1 : 0;
        }
        Assert.True(both / either > 0.97, $"overlap {both / either:0.000}");
    }

    [Fact]
    public void Segment_Twice_IsTheSame()
    {
        Scene scene = Scene.Standing();
        var matting = new BodySeededMatting();
        Assert.Equal(
            matting.Segment(scene.Photo, () => scene.Body, scene.Keypoints, null, TestContext.Current.CancellationToken).Values,
            matting.Segment(scene.Photo, () => scene.Body, scene.Keypoints, null, TestContext.Current.CancellationToken).Values);
    }

    [Fact]
    public void Segment_OtherSizeOrNoBody_IsTheCallersBug()
    {
        Scene scene = Scene.Standing();
        Assert.Throws<ArgumentException>(() => new BodySeededMatting().Segment(scene.Photo, () => new Matte(3, 3), scene.Keypoints, null, TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentException>(() => new BodySeededMatting().Segment(scene.Photo, () => new Matte(200, 400), scene.Keypoints, null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Segment_PersonFillingThePicture_IsTheBody()
    {
        Scene scene = Scene.Standing();
        var everything = new Matte(200, 400);
        Array.Fill(everything.Values, 1);
        Matte matte = new BodySeededMatting().Segment(scene.Photo, () => everything, scene.Keypoints, null, TestContext.Current.CancellationToken);
        Assert.All(matte.Values, alpha => Assert.Equal(1, alpha));
    }

    [Fact]
    public void BodyCoverage_Of_IsWhereItsKeypointsProject()
    {
        BodyModel model = BodyModel.Default;
        Camera camera = Camera.Front(120, 200, 300, 4) with { Translation = new Vector3(0, 1, 4) };
        Scene scene = Scene.Standing();
        var person = new Person(scene.Keypoints, Shape.Average, Pose.Rest(model.Skeleton, model.Create(Shape.Average).RestJoints[0]), camera);
        Matte body = BodyCoverage.Of(model, person);
        Vector2 pelvis = camera.Project(person.Pose.Root);
        Assert.Equal(1, body[(int)pelvis.X, (int)pelvis.Y]);
        Assert.Equal(0, body[1, 1]);
        Assert.InRange(body.Values.Count(alpha => alpha > 0), 120 * 200 / 20, 120 * 200 / 3);
    }

    [Fact]
    public void Segment_Cancelled_Throws()
    {
        Scene scene = Scene.Standing();
        Assert.Throws<OperationCanceledException>(() => new BodySeededMatting().Segment(scene.Photo, () => scene.Body, scene.Keypoints, null, new CancellationToken(canceled: true)));
    }

    // Every labelling of a 4×3 picture, tried one by one.
    [Fact]
    public void GridCut_Solve_IsTheCheapestOfAllCuts()
    {
        (int X, int Y)[] steps = [(1, 0), (0, 1), (1, 1), (-1, 1)];
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var cut = new GridCut(4, 3);
            float[] terminal = [.. Enumerable.Range(0, 12).Select(_ => (float)random.Next(-20, 21))];
            var edges = new List<(int From, int To, float Weight)>();
            for (int i = 0; i < 12; i++)
            {
                (int x, int y) = (i % 4, i / 4);
                cut.AddTerminal(x, y, terminal[i]);
                for (int d = 0; d < 4; d++)
                {
                    (int nx, int ny) = (x + steps[d].X, y + steps[d].Y);
                    if (nx is < 0 or > 3 || ny > 2) continue;
                    float weight = random.Next(0, 12);
                    cut.SetEdge(x, y, d, weight);
                    edges.Add((i, (ny * 4) + nx, weight));
                }
            }
            float Cost(Func<int, bool> source) => Enumerable.Range(0, 12).Sum(i => source(i) ? Math.Max(-terminal[i], 0) : Math.Max(terminal[i], 0)) + edges.Sum(e => source(e.From) != source(e.To) ? e.Weight : 0);

            bool[] solved = cut.Solve(TestContext.Current.CancellationToken);
            Assert.Equal(Enumerable.Range(0, 1 << 12).Min(bits => Cost(i => (bits >> i & 1) != 0)), Cost(i => solved[i]), 3);
        }
    }

    [Fact]
    public void DistanceField_To_IsTheDistanceToTheNearest()
    {
        var random = new Random(1);
        bool[] mask = [.. Enumerable.Range(0, 23 * 17).Select(_ => random.Next(20) == 0)];
        float[] field = DistanceField.To(mask, 23, 17);
        for (int i = 0; i < mask.Length; i++)
        {
            double least = Enumerable.Range(0, mask.Length).Where(k => mask[k]).Min(k => Math.Sqrt(Math.Pow((k % 23) - (i % 23), 2) + Math.Pow((k / 23) - (i / 23), 2)));
            Assert.Equal(least, field[i], 3);
        }
        Assert.All(DistanceField.To(new bool[6], 3, 2), away => Assert.True(away > 1000));
    }

    [Fact]
    public void ColourMixture_OfTwoColours_KnowsBoth()
    {
        var random = new Random(2);
        var samples = new float[2000 * 3];
        for (int i = 0; i < samples.Length; i++) samples[i] = (i < 3000 ? 0.2f : 0.8f) + ((random.NextSingle() - 0.5f) * 0.05f);
        var mixture = ColourMixture.Learn(samples, 2, 3);
        float atFirst = mixture.LogDensity([0.2f, 0.2f, 0.2f]), atSecond = mixture.LogDensity([0.8f, 0.8f, 0.8f]);
        Assert.Equal(atFirst, atSecond, 0.2f);
        Assert.True(atFirst > mixture.LogDensity([0.5f, 0.5f, 0.5f]) + 20);
    }

    // One colour: all that is left is the least deviation of 2 %.
    [Fact]
    public void ColourMixture_OfOneColour_IsTheGaussianOfTheNoise()
    {
        float[] samples = [.. Enumerable.Repeat(0.5f, 300)];
        var mixture = ColourMixture.Learn(samples, 4, 2);
        double peak = -1.5 * Math.Log(2 * Math.PI * 0.02 * 0.02);
        Assert.Equal(peak, mixture.LogDensity([0.5f, 0.5f, 0.5f]), 0.05);
        Assert.Equal(peak - 0.5, mixture.LogDensity([0.52f, 0.5f, 0.5f]), 0.05);
    }

    [Fact]
    public void GuidedFilter_MatteLinearInColour_StaysAsItIs()
    {
        Image guide = Imaging.Pictures.Smooth(60, 40).ToImage();
        var matte = new Matte(60, 40);
        for (int i = 0; i < matte.Values.Length; i++) matte.Values[i] = 0.1f + (0.5f * guide.Pixels[i].X) + (0.3f * guide.Pixels[i].Y);
        Matte filtered = GuidedFilter.Apply(guide, matte, 4, 1e-7f);
        for (int i = 0; i < matte.Values.Length; i++) Assert.Equal(matte.Values[i], filtered.Values[i], 0.01f);
    }

    [Fact]
    public void GuidedFilter_AlongEdges_IsTheFilterEverywhere()
    {
        Image guide = Imaging.Pictures.Smooth(200, 150).ToImage();
        var matte = new Matte(200, 150);
        for (int y = 0; y < 150; y++)
            for (int x = 0; x < 200; x++) matte[x, y] = Math.Clamp((x - 60 - (y * 0.2f)) / 3, 0, 1);
        Matte everywhere = GuidedFilter.Apply(guide, matte, 3, 1e-4f), along = GuidedFilter.ApplyAlongEdges(guide, matte, 3, 1e-4f);
        for (int i = 0; i < matte.Values.Length; i++) Assert.Equal(everywhere.Values[i], along.Values[i], 2e-3f);
    }

    [Fact]
    public void Islands_Clean_KeepsWhatHoldsASurePixelAndFillsPinholes()
    {
        string[] drawn = ["#######..#", "#######..#", "###.###...", "#######...", "#######..#"];
        bool[] mask = [.. string.Concat(drawn).Select(c => c == '#')];
        var sure = new bool[50];
        sure[0] = true;
        var wide = new bool[50 * 50];
        var wideSure = new bool[50 * 50];
        for (int y = 0; y < 50; y++)
            for (int x = 0; x < 50; x++)
            {
                wide[(y * 50) + x] = x < 40 && !(x == 20 && y == 20);
                wideSure[(y * 50) + x] = x == 0;
            }
        Assert.Equal(35 - 1, Islands.Clean(mask, sure, 10, 5).Count(inside => inside));
        Assert.Equal(40 * 50, Islands.Clean(wide, wideSure, 50, 50).Count(inside => inside));
    }

    /// <summary>A figure in a wide red coat before a striped wall, with its truth.</summary>
    private sealed record Scene(Photo Photo, Matte Body, Matte Truth, Keypoints Keypoints)
    {
        public static Scene Standing()
        {
            Vector2[] places =
            [
                new(100, 62), new(100, 40), new(100, 90), new(72, 100), new(62, 150), new(58, 195), new(128, 100), new(138, 150), new(142, 195),
                new(86, 200), new(86, 275), new(86, 345), new(114, 200), new(114, 275), new(114, 345), new(80, 360), new(120, 360),
            ];
            var keypoints = new Keypoints([.. places.Select(place => new KeypointObservation(place, 1)).ToImmutableArray()]);
            Matte body = KeypointSilhouette.Draw(keypoints, 200, 400), truth = new(200, 400);
            var image = new Image(200, 400);
            var random = new Random(3);
            for (int y = 0; y < 400; y++)
                for (int x = 0; x < 200; x++)
                {
                    bool coat = y is > 92 and < 300 && Math.Abs(x - 100) < 38 + ((y - 92) * 0.08f);
                    truth[x, y] = coat ? 1 : body[x, y];
                    var wall = new Vector3(0.3f, 0.5f, 0.4f) * (1 + (0.4f * MathF.Sin(y * 0.4f)));
                    Vector3 person = coat ? new Vector3(0.6f, 0.05f, 0.05f) : new Vector3(0.5f, 0.3f, 0.22f);
                    image[x, y] = new Vector4(Vector3.Lerp(wall, person, truth[x, y]) * (0.95f + (0.1f * random.NextSingle())), 1);
                }
            return new Scene(new Photo("scene", image), body, truth, keypoints);
        }
    }
}
