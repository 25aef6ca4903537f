using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Rendering;

namespace Impersonator.Tests.Rendering;

public class RasterizerTests
{
    private static readonly Camera Square = new(64, 64, 64, new Vector2(32, 32), Quaternion.Identity, Vector3.Zero);

    /// <summary>A quad at a depth that covers the pixels [x0, x1) × [y0, y1) exactly; two triangles facing the camera.</summary>
    private static (Vector3[] Positions, int[] Triangles) Quad(float x0, float y0, float x1, float y1, float z)
    {
        Vector3 At(float x, float y) => new((x - 32) * z / 64, (y - 32) * z / 64, z);
        return ([At(x0, y0), At(x1, y0), At(x1, y1), At(x0, y1)], [0, 2, 1, 0, 3, 2]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Draw_QuadFacingTheCamera_CoversExactlyItsPixels(bool scalar)
    {
        var maps = new SurfaceMaps();
        maps.Clear(64, 64);
        (Vector3[] positions, int[] triangles) = Quad(10, 20, 33, 41, 2);
        Rasterizer.Draw(maps, Square, positions, triangles, scalar: scalar);
        for (int y = 0; y < 64; y++)
            for (int x = 0; x < 64; x++)
                Assert.Equal(x is >= 10 and < 33 && y is >= 20 and < 41, maps.TriangleAt(x, y) >= 0);
        Assert.Equal(2, maps.DepthAt(15, 30), 4);
    }

    [Fact]
    public void Draw_BackFace_IsSeenOnlyTwoSided()
    {
        var maps = new SurfaceMaps();
        maps.Clear(64, 64);
        (Vector3[] positions, int[] triangles) = Quad(10, 10, 20, 20, 2);
        Array.Reverse(triangles);
        Rasterizer.Draw(maps, Square, positions, triangles);
        Assert.Equal(-1, maps.TriangleAt(15, 15));
        Rasterizer.Draw(maps, Square, positions, triangles, twoSided: true);
        Assert.True(maps.TriangleAt(15, 15) >= 0);
    }

    [Fact]
    public void Draw_NearerQuad_HidesTheFartherWhateverTheOrder()
    {
        (Vector3[] near, int[] triangles) = Quad(0, 0, 64, 64, 1);
        (Vector3[] far, _) = Quad(0, 0, 64, 64, 3);
        foreach (bool nearFirst in (bool[])[true, false])
        {
            var maps = new SurfaceMaps();
            maps.Clear(64, 64);
            Rasterizer.Draw(maps, Square, nearFirst ? near : far, triangles, nearFirst ? 0 : 100);
            Rasterizer.Draw(maps, Square, nearFirst ? far : near, triangles, nearFirst ? 100 : 0);
            Assert.InRange(maps.TriangleAt(32, 32), 0, 1);
        }
    }

    [Fact]
    public void Draw_TriangleAcrossTheNearPlane_IsCutNotDropped()
    {
        // A floor one metre below the camera, from behind it to far ahead: everything under the horizon is floor.
        Vector3[] positions = [new(-50, 1, -5), new(50, 1, -5), new(50, 1, 100), new(-50, 1, 100)];
        int[] triangles = [0, 1, 2, 0, 2, 3];
        var maps = new SurfaceMaps();
        maps.Clear(64, 64);
        Rasterizer.Draw(maps, Square, positions, triangles, twoSided: true);
        for (int y = 40; y < 64; y++)
            for (int x = 0; x < 64; x++)
            {
                Assert.True(maps.TriangleAt(x, y) >= 0, $"hole at {x}, {y}");
                Assert.Equal(64 / (y + 0.5f - 32), maps.DepthAt(x, y), 3);
            }
    }

    [Fact]
    public void Barycentrics_TiltedTriangle_MeetThePixelsRay()
    {
        Vector3 a = new(-1, -0.5f, 2), b = new(1.5f, -0.3f, 5), c = new(0.1f, 1.2f, 3);
        Vector2 pixel = new(37.5f, 35.5f);
        Vector3 w = Rasterizer.Barycentrics(Square, pixel, a, b, c);
        Vector3 point = (a * w.X) + (b * w.Y) + (c * w.Z);
        Assert.Equal(1, w.X + w.Y + w.Z, 5);
        Assert.True(Vector2.Distance(Square.Project(point), pixel) < 1e-3f);
    }

    [Fact]
    public void Draw_Body_IsTheSameInScalarAndVectorForm()
    {
        Body body = BodyModel.Default.Create(Shape.Average);
        Camera camera = Camera.Front(256, 256, 400, 3) with { Translation = new Vector3(0, 0.85f, 3) };
        Vector3[] positions = [.. body.Mesh.RestPositions.Select(camera.CameraFromWorld)];
        var vector = new SurfaceMaps();
        var scalar = new SurfaceMaps();
        vector.Clear(256, 256);
        scalar.Clear(256, 256);
        Rasterizer.Draw(vector, camera, positions, body.Mesh.Triangles);
        Rasterizer.Draw(scalar, camera, positions, body.Mesh.Triangles, scalar: true);
        int covered = 0;
        for (int y = 0; y < 256; y++)
            for (int x = 0; x < 256; x++)
            {
                Assert.Equal(scalar.TriangleAt(x, y), vector.TriangleAt(x, y));
                if (vector.TriangleAt(x, y) >= 0) covered++;
            }
        Assert.InRange(covered, 5000, 20000);
    }
}
