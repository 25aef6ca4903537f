using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Motions;
using Impersonator.Networks;
using Impersonator.Networks.LiquidWarping;
using Impersonator.Synthesis.LiquidWarping;
using Impersonator.Tests.Networks.LiquidWarping;

namespace Impersonator.Tests.Synthesis.LiquidWarping;

public sealed class WarpedShotTests : IDisposable
{
    private const int Side = 64;
    private static readonly LiquidWarpingSize Small = new() { Width = 2, Blocks = 1, Hidden = 3 };
    private readonly TemporaryFolder _folder = new();
    private readonly SmallPerson _small;
    private readonly Motion _motion;

    public WarpedShotTests()
    {
        _small = new SmallPerson(_folder, 48, 64);
        Pose rest = _small.Person.Pose;
        _motion = new Motion("arm", 10, _small.Body.HipHeight, [rest, rest with { Rotations = rest.Rotations.SetItem(Joint.LeftShoulder, Quaternion.CreateFromAxisAngle(Vector3.UnitZ, -1)) }]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Render_PhotoPose_IsWhatTrainingsForwardGives()
    {
        var network = new LiquidWarpingGan2019(Small);
        Weights weights = FormulaWeights.Of(network);
        using WarpedShot shot = Shot(network, weights);
        Frame frame = shot.Render(_small.Person.Pose);
        Assert.Equal((48, 64), (frame.Width, frame.Height));

        var surface = new BodySurface(_small.Body, WarpedShot.Square(_small.Person.Camera, Side));
        surface.Draw(_small.Person.Pose);
        float[] picture = NetworkPicture.Of(_small.Photo.Image, Side), condition = ConditionMap.Of(surface, _small.Uv.FirstEdges), behind = condition[(2 * Side * Side)..];
        float[] flow = ConditionMap.Flow(surface, surface);
        float[] known = ConditionMap.Erode(behind, Side, 13), foreground = Array.ConvertAll(ConditionMap.Erode(behind, Side, 3), v => 1 - v);
        IReadOnlyDictionary<string, NetworkArray> expected = NetworkRun.In("onnx", ((LiquidWarpingGan2019)network.At(Side)).Forward(), weights, new()
        {
            ["known"] = new([.. NetworkPicture.Masked(picture, known), .. known], 1, 4, Side, Side),
            ["source"] = new([.. NetworkPicture.Masked(picture, foreground), .. condition], 1, 6, Side, Side),
            ["target"] = new([.. NetworkPicture.Sample(picture, Side, flow, true), .. condition], 1, 6, Side, Side),
            ["flow"] = new(flow, 1, Side, Side, 2),
        });
        for (int y = 0; y < 64; y++)
        {
            for (int x = 0; x < 48; x++)
            {
                for (int c = 0; c < 3; c++)
                {
                    int at = (y * Side) + x + 8;
                    float mask = expected["mask"].Values[at], image = expected["image"].Values[(c * Side * Side) + at], background = expected["background"].Values[(c * Side * Side) + at];
                    Assert.Equal(((mask * background) + ((1 - mask) * image) + 1) / 2 * 255, frame.Rgba[(4 * ((y * 48) + x)) + c], 1.01f);
                }
            }
        }
    }

    [Fact]
    public void Render_Generator2020_SeesTheTextureInPlaceOfTheWarp()
    {
        var network = new LiquidWarpingGan2020(Small);
        Weights weights = FormulaWeights.Of(network);
        using WarpedShot shot = Shot(network, weights);
        byte[] first = shot.Render(0).Rgba, second = shot.Render(1).Rgba;
        Assert.Equal(first, shot.Render(0).Rgba);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void PhotoTexture_OnABody_ShowsWhatThePhotoShowsAndNothingElse()
    {
        const int Large = 256;
        var surface = new BodySurface(_small.Body, WarpedShot.Square(_small.Person.Camera, Large));
        surface.Draw(_small.Person.Pose);
        float[] photo = new float[3 * Large * Large];
        for (int i = 0; i < Large * Large; i++) (photo[i], photo[(Large * Large) + i]) = (0.5f + (i % Large / 1000f), 0.5f + (i / Large / 1000f));
        var texture = new PhotoTexture(photo, surface, _small.Uv, alignCorners: false);
        Assert.True(Share(texture, surface, photo, 1) > 0.9, "the photo's own pose shows the photo");
        // Turned by half a turn the other side is seen, which the photo did not show.
        surface.Draw(_small.Person.Pose with { Rotations = _small.Person.Pose.Rotations.SetItem(0, Quaternion.CreateFromAxisAngle(Vector3.UnitY, MathF.PI)) });
        Assert.True(Share(texture, surface, photo, 0) > 0.8, "what was not seen is empty");
    }

    // Share of the body's pixels that are the photo's times a factor.
    private static double Share(PhotoTexture texture, BodySurface surface, float[] photo, float factor)
    {
        float[] drawn = texture.On(surface);
        int side = surface.Side, body = 0, same = 0;
        for (int i = 0; i < side * side; i++)
        {
            if (surface.Maps.TriangleAt(i % side, i / side) < 0)
            {
                Assert.Equal(0, drawn[i]);
                continue;
            }
            // At the edges of its triangle a pixel is mixed with the empty texels beside it.
            Vector2 w = surface.Maps.Weights[(i / side * surface.Maps.Stride) + (i % side)];
            if (MathF.Min(1 - w.X - w.Y, MathF.Min(w.X, w.Y)) < 0.08f) continue;
            if (++body > 0 && MathF.Abs(drawn[i] - (factor * photo[i])) < 0.01f && MathF.Abs(drawn[(side * side) + i] - (factor * photo[(side * side) + i])) < 0.01f) same++;
        }
        Assert.InRange(body, 500, side * side);
        TestContext.Current.TestOutputHelper?.WriteLine($"{same} of {body}");
        return (double)same / body;
    }

    [Fact]
    public void Background_Given_IsSeenWhereTheMaskSays()
    {
        var network = new LiquidWarpingGan2019(Small);
        Weights weights = FormulaWeights.Of(network);
        // Heads of zeros: the mask is one half and the image mid grey everywhere.
        foreach (Parameter head in network.Parameters.Where(p => p.Name is "tsf_model.attetion_reg.0.kernel" or "tsf_model.img_reg.0.kernel")) weights.Set(head.Name, head.Shape, new float[head.Count]);
        var white = new Image(1, 1);
        white[0, 0] = Vector4.One;
        using WarpedShot shot = Shot(network, weights, new WarpedShotOptions { Size = Side, Background = white, Threads = 1 });
        // Half of white (1) and half of mid grey (0).
        Assert.All(shot.Render(0).Rgba.Where((_, i) => i % 4 != 3), v => Assert.InRange(v, 190, 192));
    }

    [Fact]
    public void FrameCount_Seconds_AreFramesAtTheRate()
    {
        var network = new LiquidWarpingGan2019(Small);
        using WarpedShot shot = Shot(network, FormulaWeights.Of(network), new WarpedShotOptions { Size = Side, FramesPerSecond = 20, Seconds = 0.5f, Threads = 1 });
        Assert.Equal(10, shot.FrameCount);
        Assert.Throws<ArgumentOutOfRangeException>(() => shot.Render(10));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(32)]
    [InlineData(2048)]
    public void Validate_Size_MustSuitTheNetwork(int size) => Assert.Contains("multiple of 8", Assert.Throws<InputException>(new WarpedShotOptions { Size = size }.Validate).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sample_AnyFlow_IsTheNetworksOwnSampling(bool alignCorners)
    {
        float[] picture = FormulaWeights.Inputs("picture", 2 * 12 * 12), flow = Array.ConvertAll(FormulaWeights.Inputs("flow", 2 * 9 * 9), v => 1.3f * v);
        var g = new GraphBuilder("sample");
        g.Output("out", g.GridSample(g.Input("x", 2, 12, 12), g.Input("flow", 9, 9, 2), alignCorners: alignCorners));
        float[] expected = NetworkRun.In("onnx", g.Build(), new Weights(), new() { ["x"] = new(picture, 1, 2, 12, 12), ["flow"] = new(flow, 1, 9, 9, 2) })["out"].Values;
        Assert.True(NetworkRun.Distance(expected, NetworkPicture.Sample(picture, 12, flow, alignCorners)) < 1e-5);
    }

    private WarpedShot Shot(LiquidWarpingNetwork network, Weights weights, WarpedShotOptions? options = null)
        => new(network, weights, _small.Photo, _small.Person, _small.Body, _small.Uv, _motion, options ?? new WarpedShotOptions { Size = Side, Threads = 1 }, TestContext.Current.CancellationToken);
}
