using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Rendering;

namespace Impersonator.Subjects;

/// <summary>Which point of the surface each texel shows.</summary>
internal sealed class Atlas
{
    private readonly SurfaceMaps _maps = new();
    private readonly Camera _flat;
    private readonly Vector3[] _places;

    public Atlas(SkinnedMesh mesh, int side)
    {
        (Mesh, Side) = (mesh, side);
        // A camera one pixel long that looks at the plane z = 1 draws texture space as it is.
        _flat = new Camera(side, side, 1, Vector2.Zero, Quaternion.Identity, Vector3.Zero);
        _places = [.. mesh.Texcoords.Select(t => new Vector3(t * side, 1))];
        _maps.Clear(side, side);
        Rasterizer.Draw(_maps, _flat, _places, mesh.TexcoordTriangles, twoSided: true);
    }

    public SkinnedMesh Mesh { get; }

    /// <summary>Columns and rows.</summary>
    public int Side { get; }

    /// <summary>The triangle of a texel, −1 where the atlas is empty.</summary>
    public int TriangleAt(int x, int y) => _maps.TriangleAt(x, y);

    /// <summary>Weights of the triangle's corners at a texel's centre.</summary>
    public Vector3 WeightsAt(int x, int y, int triangle)
    {
        Vector3 w = Rasterizer.Barycentrics(_flat, new Vector2(x + 0.5f, y + 0.5f), Corner(triangle, 0), Corner(triangle, 1), Corner(triangle, 2));
        w = Vector3.Max(w, Vector3.Zero);
        return w / (w.X + w.Y + w.Z);
    }

    /// <summary>A vertex attribute at a point of a triangle.</summary>
    public Vector3 Interpolate(ReadOnlySpan<Vector3> perVertex, int triangle, Vector3 weights)
    {
        ReadOnlySpan<int> corners = Mesh.Triangles.AsSpan(3 * triangle, 3);
        return (perVertex[corners[0]] * weights.X) + (perVertex[corners[1]] * weights.Y) + (perVertex[corners[2]] * weights.Z);
    }

    /// <summary>Texture place, texels, of a point of a triangle.</summary>
    public Vector2 TexelOf(int triangle, Vector3 weights)
    {
        Vector3 p = (Corner(triangle, 0) * weights.X) + (Corner(triangle, 1) * weights.Y) + (Corner(triangle, 2) * weights.Z);
        return new Vector2(p.X, p.Y);
    }

    private Vector3 Corner(int triangle, int corner) => _places[Mesh.TexcoordTriangles[(3 * triangle) + corner]];
}
