using System.Numerics;
using Impersonator.Rendering;

namespace Impersonator.Tests.Rendering;

public class SurfaceWeightsTests
{
    [Fact]
    public void Interpolate_Places_LieOnThePixelsRayAtItsDepth()
    {
        // Steep in depth, and cut by the near plane.
        Vector3[] positions = [new(-3, -0.5f, -1), new(1.5f, -0.9f, 5), new(0.1f, 1.2f, 2)];
        int[] triangles = [0, 1, 2];
        SurfaceMaps maps = TestMeshes.Draw(TestMeshes.Square, positions, triangles, twoSided: true);
        var places = new Vector3[64 * 64];
        SurfaceWeights.Interpolate(maps, triangles, positions, places);
        int covered = 0;
        for (int y = 0; y < 64; y++)
            for (int x = 0; x < 64; x++)
            {
                if (maps.TriangleAt(x, y) < 0) continue;
                covered++;
                Vector3 place = places[(y * 64) + x];
                Assert.True(Vector2.Distance(TestMeshes.Square.Project(place), new Vector2(x + 0.5f, y + 0.5f)) < 0.01f);
                Assert.Equal(1, place.Z / maps.DepthAt(x, y), 2e-3);
            }
        Assert.InRange(covered, 300, 3000);
    }

    [Fact]
    public void Interpolate_NormalsOfASphere_PointAwayFromItsMiddle()
    {
        Vector3 middle = new(0.1f, -0.1f, 3);
        Vector3[] positions = TestMeshes.Sphere(middle, 1).RestPositions;
        int[] triangles = TestMeshes.Sphere(middle, 1).Triangles;
        var normals = new Vector3[positions.Length];
        MeshNormals.Compute(positions, triangles, normals);
        SurfaceMaps maps = TestMeshes.Draw(TestMeshes.Square, positions, triangles);
        var (carried, places) = (new Vector3[64 * 64], new Vector3[64 * 64]);
        SurfaceWeights.Interpolate(maps, triangles, normals, carried);
        SurfaceWeights.Interpolate(maps, triangles, positions, places);
        int covered = 0;
        for (int y = 0; y < 64; y++)
            for (int x = 0; x < 64; x++)
            {
                if (maps.TriangleAt(x, y) < 0) continue;
                covered++;
                Vector3 expected = Vector3.Normalize(places[(y * 64) + x] - middle);
                Assert.True(Vector3.Dot(Vector3.Normalize(carried[(y * 64) + x]), expected) > 0.995f);
            }
        // A sphere of radius 1 at 3 m is seen under asin(1/3): a circle of tan of it times the focal length.
        float radius = 64 * MathF.Tan(MathF.Asin(1f / 3));
        Assert.InRange(covered, 0.97f * MathF.PI * radius * radius, 1.02f * MathF.PI * radius * radius);
    }

    [Fact]
    public void Nearest_QuadOfFourLabels_SplitsAtItsMiddle()
    {
        int[] triangles = [0, 2, 1, 0, 3, 2];
        SurfaceMaps maps = TestMeshes.Draw(TestMeshes.Square, TestMeshes.Quad(0, 0, 64, 64, 1).RestPositions, triangles);
        var labels = new byte[64 * 64];
        SurfaceWeights.Nearest<byte>(maps, triangles, (byte[])[1, 2, 3, 4], labels);
        Assert.Equal((1, 2, 3, 4), (labels[0], labels[63], labels[(63 * 64) + 63], labels[63 * 64]));
        Assert.Equal((1, 2), (labels[31], labels[32]));
    }

    [Fact]
    public void Interpolate_TwoMeshes_EachFillsItsOwnPixels()
    {
        int[] triangles = [0, 2, 1, 0, 3, 2];
        Vector3[] near = TestMeshes.Quad(0, 0, 32, 64, 1).RestPositions, far = TestMeshes.Quad(0, 0, 64, 64, 2).RestPositions;
        var maps = new SurfaceMaps();
        maps.Clear(64, 64);
        Rasterizer.Draw(maps, TestMeshes.Square, near, triangles, 0);
        Rasterizer.Draw(maps, TestMeshes.Square, far, triangles, 2);
        SurfaceWeights.Fill(maps, TestMeshes.Square, near, triangles, 0);
        SurfaceWeights.Fill(maps, TestMeshes.Square, far, triangles, 2);
        var places = new Vector3[64 * 64];
        SurfaceWeights.Interpolate(maps, triangles, near, places, 0);
        SurfaceWeights.Interpolate(maps, triangles, far, places, 2);
        for (int i = 0; i < places.Length; i++) Assert.Equal(i % 64 < 32 ? 1 : 2, places[i].Z, 4);
    }
}
