using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Impersonator.Rendering;

/// <summary>Finds the nearest triangle at every pixel centre: a z-buffer, eight pixels of a row at a time.</summary>
/// <remarks>
/// Inside test and inverse depth are planes over the screen (Pineda, "A Parallel Algorithm for Polygon Rasterization",
/// SIGGRAPH 1988); inverse depth is linear on the screen, so the nearest wins exactly. Barycentric coordinates are not
/// stored: <see cref="Barycentrics"/> gets them, correct in perspective, from the pixel's ray.
/// </remarks>
public static class Rasterizer
{
    /// <summary>Nothing nearer than this is drawn, metres.</summary>
    public const float Near = 0.02f;

    /// <summary>Draws a mesh into the maps.</summary>
    /// <param name="maps">Receives the nearest surfaces; keeps what is nearer already.</param>
    /// <param name="camera">Focal length and principal point; its size is the maps'.</param>
    /// <param name="positions">[V] camera space, metres.</param>
    /// <param name="triangles">[T·3] vertices of each triangle, counter-clockwise seen from outside.</param>
    /// <param name="firstTriangle">Number of the mesh's first triangle in the maps.</param>
    /// <param name="twoSided">Draw back faces too.</param>
    /// <param name="scalar">Use the scalar twin; for tests.</param>
    /// <exception cref="ArgumentException">Maps and camera differ in size.</exception>
    public static void Draw(SurfaceMaps maps, Camera camera, ReadOnlySpan<Vector3> positions, ReadOnlySpan<int> triangles, int firstTriangle = 0, bool twoSided = false, bool scalar = false)
    {
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentNullException.ThrowIfNull(camera);
        if (maps.Width != camera.Width || maps.Height != camera.Height)
            throw new ArgumentException($"Maps of {maps.Width}x{maps.Height} for a camera of {camera.Width}x{camera.Height}; clear them to its size.", nameof(maps));
        DrawRows(maps, camera, positions, triangles, firstTriangle, twoSided, scalar, 0, maps.Height);
    }

    /// <summary>Draws only some rows; several threads may draw different rows of the same maps.</summary>
    internal static void DrawRows(SurfaceMaps maps, Camera camera, ReadOnlySpan<Vector3> positions, ReadOnlySpan<int> triangles, int firstTriangle, bool twoSided, bool scalar, int fromRow, int toRow)
    {
        // Screen place and inverse depth of every vertex, once.
        Vector3[] rented = System.Buffers.ArrayPool<Vector3>.Shared.Rent(positions.Length);
        Span<Vector3> screen = rented.AsSpan(0, positions.Length);
        for (int v = 0; v < positions.Length; v++) screen[v] = OnScreen(positions[v], camera);
        Span<Vector3> corners = stackalloc Vector3[4];
        for (int i = 0, t = firstTriangle; i + 2 < triangles.Length; i += 3, t++)
        {
            int a = triangles[i], b = triangles[i + 1], c = triangles[i + 2];
            float za = positions[a].Z, zb = positions[b].Z, zc = positions[c].Z;
            if (za > Near && zb > Near && zc > Near)
            {
                Fill(maps, screen[a], screen[b], screen[c], t, twoSided, scalar, fromRow, toRow);
                continue;
            }
            if (za <= Near && zb <= Near && zc <= Near) continue;
            int count = ClipNear(positions[a], positions[b], positions[c], corners);
            for (int k = 2; k < count; k++)
                Fill(maps, OnScreen(corners[0], camera), OnScreen(corners[k - 1], camera), OnScreen(corners[k], camera), t, twoSided, scalar, fromRow, toRow);
        }
        System.Buffers.ArrayPool<Vector3>.Shared.Return(rented);
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
        Vector2 plane = (pixel - camera.PrincipalPoint) / camera.FocalLength;
        Vector3 ray = new(plane, 1);
        Vector3 weights = new(Vector3.Dot(ray, Vector3.Cross(b, c)), Vector3.Dot(ray, Vector3.Cross(c, a)), Vector3.Dot(ray, Vector3.Cross(a, b)));
        return weights / (weights.X + weights.Y + weights.Z);
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
            if (p.Z > Near != q.Z > Near)
            {
                Vector3 cut = Vector3.Lerp(p, q, (Near - p.Z) / (q.Z - p.Z));
                corners[count++] = cut with { Z = Near };
            }
        }
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fill(SurfaceMaps maps, Vector3 a, Vector3 b, Vector3 c, int triangle, bool twoSided, bool scalar, int fromRow, int toRow)
    {
        // y runs down on the screen, so front faces have negative area.
        float area = ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));
        if (area == 0 || (area > 0 && !twoSided) || !float.IsFinite(area)) return;
        float low = MathF.Min(a.X, MathF.Min(b.X, c.X)), high = MathF.Max(a.X, MathF.Max(b.X, c.X));
        int left = (int)MathF.Ceiling(MathF.Max(0.5f, low) - 0.5f), right = (int)MathF.Floor(MathF.Min(maps.Width - 0.5f, high) - 0.5f);
        low = MathF.Min(a.Y, MathF.Min(b.Y, c.Y));
        high = MathF.Max(a.Y, MathF.Max(b.Y, c.Y));
        int top = (int)MathF.Ceiling(MathF.Max(fromRow + 0.5f, low) - 0.5f), bottom = (int)MathF.Floor(MathF.Min(toRow - 0.5f, high) - 0.5f);
        if (left > right || top > bottom) return;

        // Planes of the second and third corner's screen weights, and of inverse depth.
        float scale = 1 / area;
        float ux = (c.Y - a.Y) * scale, uy = (a.X - c.X) * scale, vx = (a.Y - b.Y) * scale, vy = (b.X - a.X) * scale;
        float zb = b.Z - a.Z, zc = c.Z - a.Z, zx = (ux * zb) + (vx * zc), zy = (uy * zb) + (vy * zc);
        float dx = left + 0.5f - a.X;
        ref float depths = ref MemoryMarshal.GetArrayDataReference(maps.InverseDepths);
        ref int owners = ref MemoryMarshal.GetArrayDataReference(maps.Triangles);
        for (int y = top; y <= bottom; y++)
        {
            float dy = y + 0.5f - a.Y;
            float u = (ux * dx) + (uy * dy), v = (vx * dx) + (vy * dy), z = a.Z + (zx * dx) + (zy * dy);
            int row = y * maps.Stride;
            for (int x = left; x <= right; x += SurfaceMaps.Lanes)
            {
                float ahead = x - left;
                if (scalar) StepScalar(ref depths, ref owners, row + x, right - x, u + (ux * ahead), v + (vx * ahead), z + (zx * ahead), ux, vx, zx, triangle);
                else Step(ref depths, ref owners, row + x, right - x, u + (ux * ahead), v + (vx * ahead), z + (zx * ahead), ux, vx, zx, triangle);
            }
        }
    }

    /// <summary>Eight pixels: inside the triangle and nearer than what is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(ref float depths, ref int owners, int at, int last, float u, float v, float z, float ux, float vx, float zx, int triangle)
    {
        Vector256<float> ramp = Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7);
        Vector256<float> us = (ramp * ux) + Vector256.Create(u), vs = (ramp * vx) + Vector256.Create(v), zs = (ramp * zx) + Vector256.Create(z);
        Vector256<float> old = Vector256.LoadUnsafe(ref depths, (nuint)at);
        Vector256<float> inside = Vector256.GreaterThanOrEqual(Vector256.Min(Vector256.Min(us, vs), Vector256<float>.One - us - vs), Vector256<float>.Zero)
            & Vector256.GreaterThan(zs, old) & Vector256.LessThanOrEqual(ramp, Vector256.Create((float)last));
        if (inside == Vector256<float>.Zero) return;
        Vector256.ConditionalSelect(inside, zs, old).StoreUnsafe(ref depths, (nuint)at);
        Vector256.ConditionalSelect(inside.AsInt32(), Vector256.Create(triangle), Vector256.LoadUnsafe(ref owners, (nuint)at)).StoreUnsafe(ref owners, (nuint)at);
    }

    /// <summary>The scalar twin of <see cref="Step"/>: the same operations in the same order.</summary>
    private static void StepScalar(ref float depths, ref int owners, int at, int last, float u, float v, float z, float ux, float vx, float zx, int triangle)
    {
        for (int k = 0; k < SurfaceMaps.Lanes && k <= last; k++)
        {
            float uk = (k * ux) + u, vk = (k * vx) + v, zk = (k * zx) + z;
            if (!(MathF.Min(MathF.Min(uk, vk), 1 - uk - vk) >= 0) || !(zk > Unsafe.Add(ref depths, at + k))) continue;
            Unsafe.Add(ref depths, at + k) = zk;
            Unsafe.Add(ref owners, at + k) = triangle;
        }
    }
}
