using System.Buffers;
using System.Numerics;

namespace Impersonator.Rendering;

/// <summary>Finds the nearest triangle at every pixel centre: a z-buffer, eight pixels of a row at a time.</summary>
/// <remarks>
/// Edge functions after Pineda, "A Parallel Algorithm for Polygon Rasterization", SIGGRAPH 1988. An edge is computed from the
/// same end in both triangles that share it, so that they get the same number with opposite signs: no cracks, and with the
/// top-left rule no pixel is drawn twice. Inverse depth is linear on the screen, so the nearest wins exactly.
/// Barycentric coordinates are not carried along: <see cref="SurfaceWeights"/> gets them from the pixel's ray.
/// </remarks>
public static partial class Rasterizer
{
    /// <summary>Nothing nearer than this is drawn, metres.</summary>
    public const float Near = 0.02f;

    /// <summary>Draws a mesh into the maps.</summary>
    /// <param name="maps">Receives the nearest surfaces; keeps what is nearer already.</param>
    /// <param name="camera">Focal length and principal point; its size is the maps'.</param>
    /// <param name="positions">[V] camera space, metres.</param>
    /// <param name="triangles">[T·3] vertices of each triangle, counter-clockwise seen from outside.</param>
    /// <param name="firstTriangle">Number of the mesh's first triangle in the maps; each mesh of a picture has its own range.</param>
    /// <param name="twoSided">Draw back faces too.</param>
    /// <param name="threads">Threads to use at most; the result does not depend on it.</param>
    /// <param name="scalar">Use the scalar twin; for tests.</param>
    /// <exception cref="ArgumentException">Maps and camera differ in size.</exception>
    public static void Draw(
        SurfaceMaps maps, Camera camera, ReadOnlySpan<Vector3> positions, ReadOnlySpan<int> triangles,
        int firstTriangle = 0, bool twoSided = false, int threads = 1, bool scalar = false)
        => Draw(maps, camera, positions, triangles, firstTriangle, twoSided, threads, scalar, default(Uncut));

    /// <summary>Draws a mesh that may have holes.</summary>
    internal static unsafe void Draw<TCutout>(
        SurfaceMaps maps, Camera camera, ReadOnlySpan<Vector3> positions, ReadOnlySpan<int> triangles,
        int firstTriangle, bool twoSided, int threads, bool scalar, TCutout cutout)
        where TCutout : struct, ICutout
    {
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentNullException.ThrowIfNull(camera);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        if (maps.Width != camera.Width || maps.Height != camera.Height)
            throw new ArgumentException($"Maps of {maps.Width}x{maps.Height} for a camera of {camera.Width}x{camera.Height}; clear them to its size.", nameof(maps));
        Vector3[] screen = ArrayPool<Vector3>.Shared.Rent(positions.Length);
        try
        {
            if (!Project(maps, camera, positions, screen, out int top, out int bottom)) return;
            maps.Touch(top, bottom);
            if (threads == 1)
            {
                new Drawing<TCutout>(maps, camera, positions, screen, triangles, firstTriangle, twoSided, scalar, top, bottom, cutout).Run();
                return;
            }

            // Each band of rows walks all triangles in the same order, so bands need no locks and change nothing.
            int bands = Math.Min(2 * threads, bottom - top);
            fixed (Vector3* positionsAt = positions)
            fixed (int* trianglesAt = triangles)
            {
                nint positionsPointer = (nint)positionsAt, trianglesPointer = (nint)trianglesAt;
                int vertexCount = positions.Length, cornerCount = triangles.Length;
                Parallel.For(0, bands, new ParallelOptions { MaxDegreeOfParallelism = threads }, band =>
                {
                    int from = top + (int)((long)(bottom - top) * band / bands), to = top + (int)((long)(bottom - top) * (band + 1) / bands);
                    new Drawing<TCutout>(
                        maps, camera, new ReadOnlySpan<Vector3>((void*)positionsPointer, vertexCount), screen,
                        new ReadOnlySpan<int>((void*)trianglesPointer, cornerCount), firstTriangle, twoSided, scalar, from, to, cutout).Run();
                });
            }
        }
        finally
        {
            ArrayPool<Vector3>.Shared.Return(screen);
        }
    }

    /// <summary>Weights of a triangle's corners where the ray of a pixel meets its plane; they sum to 1.</summary>
    /// <remarks>Cramer's rule on the ray: weightₐ ∝ ray · (b × c). Right in perspective, and for clipped triangles too.</remarks>
    /// <param name="camera">Focal length and principal point.</param>
    /// <param name="pixel">Place on the picture, pixels.</param>
    /// <param name="a">First corner, camera space.</param>
    /// <param name="b">Second corner.</param>
    /// <param name="c">Third corner.</param>
    public static Vector3 Barycentrics(Camera camera, Vector2 pixel, Vector3 a, Vector3 b, Vector3 c)
    {
        ArgumentNullException.ThrowIfNull(camera);
        Vector3 ray = new((pixel - camera.PrincipalPoint) / camera.FocalLength, 1);
        Vector3 weights = new(Vector3.Dot(ray, Vector3.Cross(b, c)), Vector3.Dot(ray, Vector3.Cross(c, a)), Vector3.Dot(ray, Vector3.Cross(a, b)));
        return weights / (weights.X + weights.Y + weights.Z);
    }

    /// <summary>Screen place and inverse depth of every vertex, once, and the rows they reach; false where nothing can show.</summary>
    private static bool Project(SurfaceMaps maps, Camera camera, ReadOnlySpan<Vector3> positions, Span<Vector3> screen, out int top, out int bottom)
    {
        Vector3 low = new(float.PositiveInfinity), high = new(float.NegativeInfinity);
        for (int v = 0; v < positions.Length; v++)
        {
            screen[v] = OnScreen(positions[v], camera);
            (low, high) = (Vector3.Min(low, screen[v]), Vector3.Max(high, screen[v]));
        }
        // 1 / z between 0 and 1 / near: nothing will be clipped.
        bool whole = low.Z > 0 && high.Z < 1 / Near && low.Y <= high.Y;
        (top, bottom) = whole
            ? ((int)Math.Clamp(low.Y, 0, maps.Height), (int)Math.Clamp(high.Y + 1, 0, maps.Height))
            : (0, maps.Height);
        return positions.Length > 0 && top < bottom;
    }

    private static Vector3 OnScreen(Vector3 p, Camera camera)
    {
        float inverse = 1 / p.Z;
        return new Vector3(camera.PrincipalPoint.X + (camera.FocalLength * p.X * inverse), camera.PrincipalPoint.Y + (camera.FocalLength * p.Y * inverse), inverse);
    }

    /// <summary>Cuts off what lies before the near plane; a triangle becomes three or four corners in the same order.</summary>
    private static int ClipNear(Vector3 a, Vector3 b, Vector3 c, Span<Vector3> corners)
    {
        ReadOnlySpan<Vector3> whole = [a, b, c];
        int count = 0;
        for (int k = 0; k < 3; k++)
        {
            Vector3 p = whole[k], q = whole[(k + 1) % 3];
            if (p.Z > Near) corners[count++] = p;
            if (p.Z > Near == q.Z > Near) continue;
            // Always from the kept end, so that both triangles of an edge cut it at the same place.
            (Vector3 kept, Vector3 lost) = p.Z > Near ? (p, q) : (q, p);
            corners[count++] = Vector3.Lerp(kept, lost, (Near - kept.Z) / (lost.Z - kept.Z)) with { Z = Near };
        }
        return count;
    }
}
