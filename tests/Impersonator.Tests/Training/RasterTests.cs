using System.Numerics;
using Impersonator.Training.Synthesis;

namespace Impersonator.Tests.Training;

public sealed class RasterTests
{
    [Fact]
    public void Draw_RandomTriangles_AreThoseOfAPlainLoop()
    {
        const int Width = 61, Height = 47, Triangles = 120;
        var dice = new Dice(9);
        var mesh = new FigureMesh();
        mesh.Size(3 * Triangles, TriangleSet.Plain([.. Enumerable.Range(0, 3 * Triangles).Select(i => (ushort)i)]));
        mesh.TwoSided = true;
        for (int v = 0; v < mesh.VertexCount; v++)
        {
            // Small and large triangles, some of them partly outside.
            Vector3 middle = new(dice.Range(-10, Width + 10), dice.Range(-10, Height + 10), 0);
            if (v % 3 != 0) middle = mesh.Screen[v - (v % 3)] with { Z = 0 } + (dice.NormalVector(v % 2 == 0 ? 3 : 25) with { Z = 0 });
            mesh.Screen[v] = middle with { Z = dice.Range(0.2f, 2) };
        }
        var raster = new Raster();
        raster.Clear(Width, Height);
        raster.Draw(mesh, 0);

        int differ = 0;
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++)
            {
                (int owner, float nearest, float edge) = Plain(mesh, x, y);
                int at = (y * raster.Stride) + x;
                if (owner == raster.Owner[at] && MathF.Abs(nearest - raster.Inverse[at]) < 1e-3f) continue;
                // Only where a sample lies on an edge, to rounding, may the two disagree.
                Assert.True(edge < 1e-3f, $"sample {x}, {y}: triangle {raster.Owner[at]} instead of {owner}");
                differ++;
            }
        Assert.True(differ < Width * Height / 100, $"{differ} samples differ");
    }

    /// <summary>The triangle that shows in a sample, its inverse depth, and how near any triangle's edge is, in its barycentric coordinates.</summary>
    private static (int Owner, float Nearest, float Edge) Plain(FigureMesh mesh, int x, int y)
    {
        (int owner, float nearest, float edge) = (-1, 0, float.MaxValue);
        for (int t = 0; t < mesh.Triangles.Count; t++)
        {
            Vector3 a = mesh.Screen[3 * t], b = mesh.Screen[(3 * t) + 1], c = mesh.Screen[(3 * t) + 2];
            float area = ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));
            float u = (((x - a.X) * (c.Y - a.Y)) - ((y - a.Y) * (c.X - a.X))) / area, v = (((b.X - a.X) * (y - a.Y)) - ((b.Y - a.Y) * (x - a.X))) / area;
            float least = MathF.Min(MathF.Min(u, v), 1 - u - v), z = a.Z + (u * (b.Z - a.Z)) + (v * (c.Z - a.Z));
            edge = MathF.Min(edge, MathF.Abs(least));
            if (least >= 0 && z > nearest) (owner, nearest) = (t, z);
        }
        return (owner, nearest, edge);
    }
}
