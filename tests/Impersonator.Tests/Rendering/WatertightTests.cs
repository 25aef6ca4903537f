using System.Numerics;
using Impersonator.Rendering;

namespace Impersonator.Tests.Rendering;

public class WatertightTests
{
    [Theory]
    [InlineData(1f, false)] // vertices on pixel corners: no centre on an edge but the diagonals'
    [InlineData(0.5f, false)] // and on pixel centres: every edge has some
    [InlineData(0f, false)]
    [InlineData(0.5f, true)]
    [InlineData(0f, true)]
    public void Draw_TriangulatedSheet_DrawsEveryPixelOnce(float snap, bool scalar)
    {
        // Not one depth each: all triangles go to maps of their own, and the maps are added up.
        var random = new Random(5);
        const int Cells = 13;
        var places = new Vector3[(Cells + 1) * (Cells + 1)];
        for (int r = 0; r <= Cells; r++)
            for (int c = 0; c <= Cells; c++)
            {
                bool inner = r is > 0 and < Cells && c is > 0 and < Cells;
                Vector2 pixel = new Vector2(c, r) * (64f / Cells);
                if (inner) pixel += new Vector2((float)random.NextDouble() - 0.5f, (float)random.NextDouble() - 0.5f) * 2; // no cell folds over
                if (inner && snap > 0) pixel = new Vector2(MathF.Round(pixel.X / snap) * snap, MathF.Round(pixel.Y / snap) * snap);
                // Powers of two: the projection gives these pixels exactly.
                float z = 1 << random.Next(3);
                places[(r * (Cells + 1)) + c] = new Vector3((pixel - new Vector2(32)) * z / 64, z);
            }
        var drawn = new int[64, 64];
        for (int r = 0; r < Cells; r++)
            for (int c = 0; c < Cells; c++)
            {
                int a = (r * (Cells + 1)) + c, b = a + Cells + 1;
                foreach (int[] triangle in (int[][])[[a, b, b + 1], [a, b + 1, a + 1]])
                {
                    var maps = new SurfaceMaps();
                    maps.Clear(64, 64);
                    Rasterizer.Draw(maps, TestMeshes.Square, places, triangle, twoSided: true, scalar: scalar);
                    for (int y = 0; y < 64; y++)
                        for (int x = 0; x < 64; x++)
                            if (maps.TriangleAt(x, y) >= 0) drawn[y, x]++;
                }
            }
        for (int y = 0; y < 64; y++)
            for (int x = 0; x < 64; x++)
                Assert.True(drawn[y, x] == 1, $"pixel {x}, {y} was drawn {drawn[y, x]} times");
    }

    [Fact]
    public void Draw_EdgesThroughAPixelCentreWithinRounding_LeaveNoCrackAndNoOverlap()
    {
        // The worst case for rounding: the edge meets the centre as nearly as floats can say.
        var random = new Random(11);
        var maps = new SurfaceMaps();
        for (int trial = 0; trial < 3000; trial++)
        {
            Vector2 centre = new(20.5f, 30.5f);
            (float sin, float cos) = MathF.SinCos((float)random.NextDouble() * 2 * MathF.PI);
            Vector2 along = new(cos, sin), across = new(-sin, cos);
            Vector2 Away() => centre + (along * (3 + (10 * (float)random.NextDouble())));
            Vector2[] pixels = [Away(), centre - (Away() - centre), centre + (across * 9), centre - (across * 9)];
            Vector3[] places = Array.ConvertAll(pixels, p => new Vector3((p - new Vector2(32)) / 64, 1));
            int drawn = 0;
            foreach (int[] triangle in (int[][])[[0, 1, 2], [1, 0, 3]])
            {
                maps.Clear(64, 64);
                Rasterizer.Draw(maps, TestMeshes.Square, places, triangle, twoSided: true);
                if (maps.TriangleAt(20, 30) >= 0) drawn++;
            }
            Assert.True(drawn == 1, $"drawn {drawn} times in trial {trial}");
        }
    }

    [Fact]
    public void Draw_EdgesOnPixelCentres_BelongToTheUpperLeft()
    {
        SurfaceMaps maps = TestMeshes.Draw(TestMeshes.Square, TestMeshes.Quad(10.5f, 20.5f, 12.5f, 22.5f, 1).RestPositions, [0, 2, 1, 0, 3, 2]);
        for (int y = 0; y < 64; y++)
            for (int x = 0; x < 64; x++)
                Assert.Equal(x is 10 or 11 && y is 20 or 21, maps.TriangleAt(x, y) >= 0);
    }

    [Fact]
    public void Draw_OnSeveralThreads_GivesTheSameMaps()
    {
        Vector3[] positions = TestMeshes.Sphere(new Vector3(0.1f, 0.2f, 2), 0.8f).RestPositions;
        int[] triangles = TestMeshes.Sphere(default, 1).Triangles;
        SurfaceMaps one = TestMeshes.Draw(TestMeshes.Square, positions, triangles);
        var three = new SurfaceMaps();
        three.Clear(64, 64);
        Rasterizer.Draw(three, TestMeshes.Square, positions, triangles, threads: 3);
        Assert.Equal(one.Triangles, three.Triangles);
        Assert.Equal(one.InverseDepths, three.InverseDepths);
    }

    [Fact]
    public void Clear_AfterDrawing_LeavesNothing()
    {
        SurfaceMaps maps = TestMeshes.Draw(TestMeshes.Square, TestMeshes.Quad(3, 5, 60, 61, 1).RestPositions, [0, 2, 1, 0, 3, 2]);
        maps.Clear(64, 64);
        Assert.All(maps.Triangles, t => Assert.Equal(-1, t));
        Assert.All(maps.InverseDepths, z => Assert.Equal(0, z));
    }

    [Fact]
    public void Draw_PlacesThatAreNoNumbers_AreSkipped()
    {
        Vector3[] positions = TestMeshes.Quad(10, 10, 20, 20, 1).RestPositions;
        positions[2] = new Vector3(float.NaN, float.PositiveInfinity, float.NaN);
        SurfaceMaps maps = TestMeshes.Draw(TestMeshes.Square, positions, [0, 2, 1, 0, 3, 2]);
        Assert.DoesNotContain(maps.Triangles, t => t >= 0);
    }

    [Fact]
    public void Draw_MapsOfAnotherSize_AreRefused()
    {
        var maps = new SurfaceMaps();
        maps.Clear(32, 64);
        Assert.Throws<ArgumentException>(() => Rasterizer.Draw(maps, TestMeshes.Square, [], []));
    }
}
