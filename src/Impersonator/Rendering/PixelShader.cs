using System.Numerics;

namespace Impersonator.Rendering;

/// <summary>Colours the pixels of maps with 2×2 samples each: every surface in a pixel once, weighted by its samples.</summary>
internal sealed class PixelShader
{
    // Samples of one mesh whose depths differ by less are one surface.
    private const float SameSurface = 0.02f;

    private readonly SurfaceMaps _maps;
    private readonly Camera _camera;
    private readonly Surface[] _surfaces;

    /// <param name="maps">Drawn at twice the camera's size, meshes one after the other.</param>
    /// <param name="camera">The output's camera.</param>
    /// <param name="meshes">As drawn.</param>
    /// <param name="positions">Their places in camera space.</param>
    public PixelShader(SurfaceMaps maps, Camera camera, IReadOnlyList<TexturedMesh> meshes, Vector3[][] positions)
    {
        (_maps, _camera, _surfaces) = (maps, camera, new Surface[meshes.Count]);
        int first = 0;
        for (int m = 0; m < _surfaces.Length; m++)
        {
            TexturedMesh mesh = meshes[m];
            _surfaces[m] = new Surface(first, positions[m], mesh.Mesh.Triangles, mesh.Mesh.TexcoordTriangles, mesh.Mesh.Texcoords, mesh.Texture, mesh.Light);
            first += mesh.Mesh.TriangleCount;
        }
    }

    /// <summary>First row with anything.</summary>
    public int Top => _maps.Touched.Top / 2;

    /// <summary>One past the last row with anything.</summary>
    public int Bottom => (_maps.Touched.Bottom + 1) / 2;

    /// <summary>Columns of a row that may hold anything, exclusive at the right.</summary>
    public (int Left, int Right) Span(int y)
    {
        ((int left, int right), (int leftBelow, int rightBelow)) = (_maps.Spans[2 * y], _maps.Spans[(2 * y) + 1]);
        return (Math.Min(left, leftBelow) / 2, (Math.Max(right, rightBelow) + 1) / 2);
    }

    /// <summary>Colour and cover of a pixel, linear light, premultiplied; zero where there is nothing.</summary>
    public Vector4 Colour(int x, int y)
    {
        int at = (2 * y * _maps.Stride) + (2 * x);
        ReadOnlySpan<int> places = [at, at + 1, at + _maps.Stride, at + _maps.Stride + 1];
        int[] owners = _maps.Triangles;
        if ((owners[places[0]] & owners[places[1]] & owners[places[2]] & owners[places[3]]) < 0) return Vector4.Zero; // only −1 is negative: all four are
        Vector4 sum = Vector4.Zero;
        int done = 0;
        for (int s = 0; s < 4; s++)
        {
            int owner = owners[places[s]];
            if (owner < 0 || (done >> s & 1) != 0) continue;
            int mesh = MeshOf(owner), weight = 1;
            float depth = _maps.InverseDepths[places[s]];
            Vector2 middle = Offset(s);
            for (int other = s + 1; other < 4; other++)
            {
                int otherOwner = owners[places[other]];
                if (otherOwner < 0 || (done >> other & 1) != 0) continue;
                if (otherOwner != owner && (MeshOf(otherOwner) != mesh || MathF.Abs(_maps.InverseDepths[places[other]] - depth) > depth * SameSurface)) continue;
                done |= 1 << other;
                middle += Offset(other);
                weight++;
            }
            sum += Shade(_surfaces[mesh], owner, new Vector2(x, y) + (middle / weight)) * (weight / 4f);
        }
        return sum;
    }

    private static Vector2 Offset(int sample) => new(0.25f + (0.5f * (sample & 1)), 0.25f + (0.5f * (sample >> 1)));

    private int MeshOf(int triangle)
    {
        int mesh = 0;
        while (mesh + 1 < _surfaces.Length && triangle >= _surfaces[mesh + 1].First) mesh++;
        return mesh;
    }

    /// <summary>Opaque colour of a triangle at a place of the picture.</summary>
    private Vector4 Shade(in Surface surface, int triangle, Vector2 pixel)
    {
        int i = 3 * (triangle - surface.First);
        int ia = surface.Corners[i], ib = surface.Corners[i + 1], ic = surface.Corners[i + 2];
        Vector3 a = surface.Positions[ia], b = surface.Positions[ib], c = surface.Positions[ic];
        Vector2 ta = surface.Texcoords[surface.Coordinates[i]], tb = surface.Texcoords[surface.Coordinates[i + 1]], tc = surface.Texcoords[surface.Coordinates[i + 2]];

        // Corner weights are linear in the ray before dividing by their sum, so derivatives come free.
        float perPixel = 1 / _camera.FocalLength;
        Vector3 bc = Vector3.Cross(b, c), ca = Vector3.Cross(c, a), ab = Vector3.Cross(a, b);
        Vector3 ray = new((pixel - _camera.PrincipalPoint) * perPixel, 1);
        Vector3 weights = new(Vector3.Dot(ray, bc), Vector3.Dot(ray, ca), Vector3.Dot(ray, ab));
        float inverse = 1 / (weights.X + weights.Y + weights.Z);
        Vector3 w = weights * inverse;
        Vector2 place = (ta * w.X) + (tb * w.Y) + (tc * w.Z);
        float scale = perPixel * inverse;
        Vector2 alongX = (((ta - place) * bc.X) + ((tb - place) * ca.X) + ((tc - place) * ab.X)) * scale;
        Vector2 alongY = (((ta - place) * bc.Y) + ((tb - place) * ca.Y) + ((tc - place) * ab.Y)) * scale;

        // The mean of several samples can lie beside a small triangle: stay on it, or the texture jumps at slants.
        if (MathF.Min(w.X, MathF.Min(w.Y, w.Z)) < 0)
        {
            w = Vector3.Max(w, Vector3.Zero);
            w /= w.X + w.Y + w.Z;
            place = (ta * w.X) + (tb * w.Y) + (tc * w.Z);
        }

        Vector4 colour = surface.Texture.Sample(place, alongX, alongY);
        if (surface.Texture.HasHoles) colour = colour.W > 0 ? colour / colour.W : new Vector4(0, 0, 0, 1);
        if (surface.Light is { } light)
        {
            float lit = (light[ia] * w.X) + (light[ib] * w.Y) + (light[ic] * w.Z);
            colour *= new Vector4(lit, lit, lit, 1);
        }
        return colour;
    }

    /// <summary>What is needed of a mesh at each pixel, close together.</summary>
    private readonly record struct Surface(int First, Vector3[] Positions, int[] Corners, int[] Coordinates, Vector2[] Texcoords, Texture Texture, float[]? Light);
}
