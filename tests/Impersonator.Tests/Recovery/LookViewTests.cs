using System.Numerics;
using Impersonator.Imaging;
using Impersonator.Networks;
using Impersonator.Recovery;
using Impersonator.Tests.Networks;

namespace Impersonator.Tests.Recovery;

public sealed class LookViewTests
{
    private static readonly PhotoWindow Window = new(-10, 20, 80);

    public static TheoryData<bool, int> Views { get; } = [.. from mirrored in new[] { false, true } from turns in Enumerable.Range(0, 4) select (mirrored, turns)];

    [Theory]
    [MemberData(nameof(Views))]
    public void FromPhoto_OfToPhoto_IsTheSamePlace(bool mirrored, int turns)
    {
        var view = new LookView(Window, mirrored, turns);
        foreach (Vector2 place in new[] { new Vector2(0.1f, 0.3f), new Vector2(0.9f, 0.2f) })
            Assert.Equal(0, Vector2.Distance(place, view.FromPhoto(view.ToPhoto(place))), 1e-5f);
    }

    [Fact]
    public void ToPhoto_OneQuarterTurn_ShowsThePhotosRightEdgeOnTop()
    {
        Vector2 top = new LookView(Window, QuarterTurns: 1).ToPhoto(new Vector2(0.5f, 0));
        Assert.Equal(0, Vector2.Distance(new Vector2(70, 60), top), 1e-4f);
    }

    [Theory]
    [MemberData(nameof(Views))]
    public void Back_MapOfAView_LiesWhereThePhotoShowedIt(bool mirrored, int turns)
    {
        // One cell of the second channel is marked in the view's own frame.
        var view = new LookView(Window, mirrored, turns);
        var maps = new float[2 * 64];
        maps[64 + (2 * 8) + 5] = 1;
        float[] back = new ViewFrame(view, Window, 8).Back(maps, [1, 0]);
        Vector2 expected = Window.FromPhoto(view.ToPhoto(new Vector2(5.5f, 2.5f) / 8)) * 8;
        int at = ((int)expected.Y * 8) + (int)expected.X + (mirrored ? 0 : 64);
        Assert.Equal(1, back[at], 1e-4f);
        Assert.Equal(1, back.Sum(), 1e-3f);
    }

    [Fact]
    public void Covered_SmallerView_IsItsOwnPartOfTheWindow()
    {
        float[] covered = new ViewFrame(new LookView(new PhotoWindow(10, 40, 40)), Window, 8).Covered;
        Assert.Equal(16, covered.Sum());
        Assert.Equal(1, covered[(2 * 8) + 2]);
        Assert.Equal(0, covered[(2 * 8) + 1]);
    }

    [Theory]
    [MemberData(nameof(Views))]
    public void Cut_View_ShowsWhatItSays(bool mirrored, int turns)
    {
        var photo = new Photo("odd.png", new Image(64, 64));
        for (int y = 0; y < 64; y++)
            for (int x = 0; x < 64; x++) photo.Image[x, y] = new Vector4(Srgb.ToLinear(x / 64f), Srgb.ToLinear(y / 64f), 0, 1);
        var view = new LookView(PhotoWindow.Whole(64, 64), mirrored, turns);
        var input = new float[3 * 32 * 32];
        new PhotoPyramid(photo).Cut(view, 32, input);
        Vector2 shown = view.ToPhoto(new Vector2(7.5f, 20.5f) / 32) - new Vector2(0.5f);
        int at = (20 * 32) + 7;
        Assert.Equal(shown.X / 64, input[at] + PersonNet.Mean, 0.01f);
        Assert.Equal(shown.Y / 64, input[(32 * 32) + at] + PersonNet.Mean, 0.01f);
    }

    [Fact]
    public void Decode_TheSameViewTwice_SaysWhatOneSays()
    {
        var size = PersonNetTests.Toy;
        using var engine = new OnnxEngine(PersonNet.Build(size), Weights.Initialise(PersonNet.Build(size), seed: 5));
        var random = new Random(1);
        float[] one = [.. Enumerable.Range(0, 3 * size.Picture * size.Picture).Select(_ => random.NextSingle() - 0.5f)];
        PersonLook Decoded(params float[][] pictures)
            => LookDecoder.Decode(engine.Run(new NetworkArray([.. pictures.SelectMany(p => p)], pictures.Length, 3, size.Picture, size.Picture)), [.. pictures.Select(_ => new LookView(Window))], Window);
        PersonLook single = Decoded(one), twice = Decoded(one, one);
        for (int k = 0; k < PersonNet.KeypointCount; k++)
        {
            Assert.Equal(0, Vector2.Distance(single.Keypoints[k].Position, twice.Keypoints[k].Position), 0.01f);
            Assert.Equal(single.Keypoints[k].Error, twice.Keypoints[k].Error, 1e-3f);
        }
        for (int i = 0; i < single.Maps.Surface.Length; i += 7) Assert.Equal(single.Maps.Surface[i], twice.Maps.Surface[i], 1e-3f);
    }
}
