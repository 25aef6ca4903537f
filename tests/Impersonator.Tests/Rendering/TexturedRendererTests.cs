using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Rendering;

namespace Impersonator.Tests.Rendering;

public class TexturedRendererTests
{
    [Fact]
    public void Draw_TextureOfThePicturesSize_ComesBackPixelByPixel()
    {
        var random = new Random(1);
        var image = new Image(64, 64);
        foreach (ref Vector4 pixel in image.Pixels.AsSpan()) pixel = new Vector4((float)random.NextDouble(), (float)random.NextDouble(), (float)random.NextDouble(), 1);
        var result = new Image(64, 64);
        new TexturedRenderer().Draw(result, TestMeshes.Square, [Textured(TestMeshes.Quad(0, 0, 64, 64, 2), Texture.Opaque(image))]);
        for (int i = 0; i < image.Pixels.Length; i++) Assert.True(Vector4.Distance(image.Pixels[i], result.Pixels[i]) < 0.001f, $"pixel {i}: {image.Pixels[i]} {result.Pixels[i]}");
    }

    [Fact]
    public void Draw_CoverOfASphere_SumsToItsArea()
    {
        var result = new Image(64, 64);
        new TexturedRenderer().Draw(result, TestMeshes.Square, [Textured(TestMeshes.Sphere(new Vector3(0, 0, 3), 1, 64), Plain(Vector3.One))]);
        float radius = 64 * MathF.Tan(MathF.Asin(1f / 3)), area = MathF.PI * radius * radius;
        Assert.InRange(result.Pixels.Sum(p => p.W), 0.99f * area, 1.01f * area);
        Assert.Contains(result.Pixels, p => p.W is > 0.2f and < 0.8f);
    }

    [Fact]
    public void Draw_HalfCoveredPixel_MixesInLinearLight()
    {
        var frame = new Frame(64, 64);
        for (int i = 3; i < frame.Rgba.Length; i += 4) frame.Rgba[i] = 255;
        new TexturedRenderer().Draw(frame, TestMeshes.Square, [Textured(TestMeshes.Quad(10.5f, 10, 20, 20, 1), Plain(Vector3.One))]);
        Assert.Equal(Srgb.ToByte(0.5f), frame.Rgba[4 * ((15 * 64) + 10)]);
        Assert.Equal(255, frame.Rgba[4 * ((15 * 64) + 11)]);
        Assert.Equal(0, frame.Rgba[4 * ((15 * 64) + 9)]);
    }

    [Fact]
    public void Draw_TransparentFrame_GetsStraightAlpha()
    {
        var frame = new Frame(64, 64);
        new TexturedRenderer().Draw(frame, TestMeshes.Square, [Textured(TestMeshes.Quad(10.5f, 10, 20, 20, 1), Plain(new Vector3(1, 0, 0)))]);
        Assert.Equal([255, 0, 0, 128], frame.Rgba.AsSpan(4 * ((15 * 64) + 10), 4).ToArray());
    }

    [Fact]
    public void Draw_NearerMesh_HidesTheOtherWhateverTheOrder()
    {
        TexturedMesh red = Textured(TestMeshes.Quad(0, 0, 40, 64, 1), Plain(new Vector3(1, 0, 0))), blue = Textured(TestMeshes.Quad(20, 0, 64, 64, 2), Plain(new Vector3(0, 0, 1)));
        foreach (TexturedMesh[] meshes in (TexturedMesh[][])[[red, blue], [blue, red]])
        {
            var result = new Image(64, 64);
            new TexturedRenderer().Draw(result, TestMeshes.Square, meshes);
            Assert.Equal((1, 0), (result[39, 9].X, result[39, 9].Z));
            Assert.Equal((0, 1), (result[40, 9].X, result[40, 9].Z));
        }
    }

    [Fact]
    public void Draw_HalfTransparentHoles_LetHalfThrough()
    {
        var veil = new Image(2, 2);
        Array.Fill(veil.Pixels, new Vector4(0.4f, 0, 0, 0.5f)); // straight red 0.8
        var result = new Image(64, 64);
        new TexturedRenderer().Draw(result, TestMeshes.Square, [Textured(TestMeshes.Quad(0, 0, 64, 64, 1), Texture.WithHoles(veil)), Textured(TestMeshes.Quad(0, 0, 64, 64, 2), Plain(new Vector3(0, 0, 1)))]);
        Assert.Equal(0.4, result[30, 30].X, 2);
        Assert.Equal(0.5, result[30, 30].Z, 2);
        Assert.Equal(1, result[30, 30].W, 2);
    }

    [Fact]
    public void Draw_OnSeveralThreadsAndAgain_GivesTheSameBytes()
    {
        Body body = BodyModel.Default.Create(Shape.Average);
        Camera camera = Camera.Front(128, 128, 200, 3) with { Translation = new Vector3(0, 0.85f, 3) };
        TexturedMesh[] meshes = [Textured(body.Mesh, Plain(new Vector3(0.5f, 0.4f, 0.3f)))];
        Frame one = new(128, 128), again = new(128, 128);
        new TexturedRenderer().Draw(one, camera, meshes);
        var several = new TexturedRenderer(3);
        several.Draw(new Frame(128, 128), camera with { Translation = new Vector3(0.3f, 0.6f, 2) }, meshes);
        several.Draw(again, camera, meshes);
        Assert.Equal(one.Rgba, again.Rgba);
        Assert.Contains(one.Rgba, b => b != 0);
    }

    [Fact]
    public void Draw_Light_MultipliesTheColour()
    {
        var result = new Image(64, 64);
        new TexturedRenderer().Draw(result, TestMeshes.Square, [Textured(TestMeshes.Quad(0, 0, 64, 64, 1), Plain(new Vector3(0.4f))) with { Light = [0.5f, 0.5f, 0.5f, 0.5f] }]);
        Assert.Equal(0.2, result[5, 50].X, 3);
        Assert.Equal(1, result[5, 50].W, 3);
    }

    [Fact]
    public void Draw_Cancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => new TexturedRenderer().Draw(new Image(64, 64), TestMeshes.Square, [Textured(TestMeshes.Quad(0, 0, 64, 64, 1), Plain(Vector3.One))], source.Token));
    }

    [Fact]
    public void Ratios_SamePose_ChangeNothing_TurnedToTheLight_Brighten()
    {
        var light = new float[2];
        new Relighting(Vector3.UnitX * 7, 0.5f).Ratios([Vector3.UnitY, Vector3.UnitZ], [Vector3.UnitY, Vector3.UnitX], light);
        Assert.Equal(1, light[0], 5);
        Assert.Equal(1.5, light[1], 5);
    }

    private static TexturedMesh Textured(SkinnedMesh mesh, Texture texture) => new(mesh, mesh.RestPositions, texture);

    private static Texture Plain(Vector3 colour)
    {
        var image = new Image(1, 1);
        image[0, 0] = new Vector4(colour, 1);
        return Texture.Opaque(image);
    }
}
