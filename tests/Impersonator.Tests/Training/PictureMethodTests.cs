using Impersonator.Networks;
using Impersonator.Training.Evaluation.Methods;
using Impersonator.Training.Evaluation.Pictures;

namespace Impersonator.Tests.Training;

public sealed class PictureMethodTests
{
    private const int Side = 256, Plane = Side * Side;

    /// <summary>A red square of full coverage, and one pixel of half coverage.</summary>
    private static byte[] Frame()
    {
        var frame = new byte[12 * Plane];
        for (int y = 60; y < 200; y++)
            for (int x = 80; x < 180; x++) (frame[(y * Side) + x], frame[(3 * Plane) + (y * Side) + x]) = (200, 255);
        (frame[0], frame[3 * Plane]) = (64, 128);
        return frame;
    }

    [Fact]
    public void Mesh_HalfCoverage_LiesOverGrey()
    {
        ComparedPicture picture = new MeshMethod().Read([])(Frame(), []);
        Assert.Equal(128 / 255f, picture.Alpha[0], 1e-6f);
        Assert.Equal((64 / 255f) + (0.5f * 127 / 255f), picture.Rgb[0], 1e-5f);
        Assert.Equal((200 / 255f, 0f, 1f), (picture.Rgb[(100 * Side) + 100], picture.Rgb[Plane + (100 * Side) + 100], picture.Alpha[(100 * Side) + 100]));
    }

    [Theory]
    [InlineData(-50, 0.25f)]
    [InlineData(50, 200 / 255f)]
    public void Compose_Blend_ChoosesPaintOrMesh(float blend, float expected)
    {
        int at = (100 * Side) + 100;
        (float[] paint, float[] matte, float[] blends) = (new float[3 * Plane], new float[Plane], new float[Plane]);
        Array.Fill(paint, 0.25f);
        Array.Fill(matte, 50);
        Array.Fill(blends, blend);
        ComparedPicture picture = NetworkMethod.Compose(Frame(), paint, matte, blends, Side);
        Assert.Equal(expected, picture.Rgb[at], 1e-4f);
        // Where there is no mesh the paint is taken whatever the blend.
        Assert.Equal(0.25f, picture.Rgb[1], 1e-4f);
    }

    [Fact]
    public void Network_Untrained_IsNearlyTheMesh()
    {
        Graph graph = GeneratorNet.Build();
        using var method = new NetworkMethod("ours", graph, Weights.Initialise(graph, 1));
        var flow = new short[2 * (Side / 2) * (Side / 2)];
        Array.Fill(flow, short.MinValue);
        ComparedPicture mesh = MeshMethod.Of(Frame()), drawn = method.Read(new byte[7 * Plane])(Frame(), flow);
        Assert.InRange(SignalToNoise.Of(drawn, mesh, new PictureArea(80, 60, 100, 140)), 20, SignalToNoise.Most);
    }

    [Theory]
    [InlineData(FeatureMixing.Sum, "sum")]
    [InlineData(FeatureMixing.Attention, "attention")]
    [InlineData(FeatureMixing.None, "no warping")]
    public void Open_OurWeights_TellsTheMixing(FeatureMixing mixing, string expected)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "some.safetensors");
        Weights.Initialise(GeneratorNet.Build(new GeneratorNetSize { Mixing = mixing }), 1).Write(path, WeightPrecision.Half);
        using NetworkMethod method = NetworkMethod.Open(path);
        Assert.Equal($"some (ours, {expected})", method.Name);
    }

    [Fact]
    public void Open_PersonNet_Refuses()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "person.safetensors");
        Weights.Initialise(PersonNet.Build(new PersonNetSize { Picture = 64 }), 1).Write(path, WeightPrecision.Half);
        Assert.Contains("not the weights of a generator", Assert.Throws<Impersonator.Files.InputException>(() => NetworkMethod.Open(path)).Message);
    }
}
