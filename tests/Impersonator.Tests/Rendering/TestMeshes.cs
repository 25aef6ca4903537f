using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Rendering;

namespace Impersonator.Tests.Rendering;

/// <summary>Meshes whose pictures are known.</summary>
internal static class TestMeshes
{
    /// <summary>64×64 pixels, focal length 64, at the origin along +z.</summary>
    public static Camera Square { get; } = new(64, 64, 64, new Vector2(32, 32), Quaternion.Identity, Vector3.Zero);

    /// <summary>A quad before <see cref="Square"/> that covers [x0, x1) × [y0, y1) pixels; its texture upright on it.</summary>
    public static SkinnedMesh Quad(float x0, float y0, float x1, float y1, float z)
    {
        Vector3 At(float x, float y) => new((x - 32) * z / 64, (y - 32) * z / 64, z);
        return Mesh([At(x0, y0), At(x1, y0), At(x1, y1), At(x0, y1)], [0, 2, 1, 0, 3, 2], [new(0, 0), new(1, 0), new(1, 1), new(0, 1)]);
    }

    /// <summary>A closed sphere, outward, counter-clockwise in a right-handed space.</summary>
    public static SkinnedMesh Sphere(Vector3 centre, float radius, int rings = 32)
    {
        int columns = 2 * rings;
        var places = new List<Vector3>();
        for (int r = 0; r <= rings; r++)
            for (int c = 0; c <= columns; c++)
            {
                (float sinR, float cosR) = MathF.SinCos(MathF.PI * r / rings);
                (float sinC, float cosC) = MathF.SinCos(2 * MathF.PI * (c % columns) / columns);
                places.Add(centre + (radius * new Vector3(sinR * sinC, cosR, sinR * cosC)));
            }
        var triangles = new List<int>();
        for (int r = 0; r < rings; r++)
            for (int c = 0; c < columns; c++)
            {
                int a = (r * (columns + 1)) + c, b = a + columns + 1;
                triangles.AddRange([a, b, b + 1, a, b + 1, a + 1]);
            }
        return Mesh([.. places], [.. triangles], new Vector2[places.Count]);
    }

    public static SkinnedMesh Mesh(Vector3[] places, int[] triangles, Vector2[] texcoords)
        => new(places, new JointWeights[places.Length], new BodyPart[places.Length], triangles, texcoords, triangles);

    /// <summary>Maps of one mesh, with weights.</summary>
    public static SurfaceMaps Draw(Camera camera, Vector3[] positions, int[] triangles, bool twoSided = false)
    {
        var maps = new SurfaceMaps();
        maps.Clear(camera.Width, camera.Height);
        Rasterizer.Draw(maps, camera, positions, triangles, twoSided: twoSided);
        SurfaceWeights.Fill(maps, camera, positions, triangles);
        return maps;
    }
}
