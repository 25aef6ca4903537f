using System.Numerics;

namespace Impersonator.Rendering;

/// <summary>Where on its triangle each pixel lies, and vertex attributes carried there.</summary>
/// <remarks>Call <see cref="Fill"/> once per mesh after drawing, then <c>Interpolate</c> as often as there are attributes.</remarks>
public static class SurfaceWeights
{
    /// <summary>Fills <see cref="SurfaceMaps.Weights"/> where a mesh is seen.</summary>
    /// <param name="maps">The maps that the mesh was drawn into.</param>
    /// <param name="camera">The camera it was drawn with.</param>
    /// <param name="positions">[V] camera space, metres, as drawn.</param>
    /// <param name="triangles">[T·3] as drawn.</param>
    /// <param name="firstTriangle">As drawn.</param>
    /// <param name="threads">Threads to use at most; the result does not depend on it.</param>
    public static void Fill(SurfaceMaps maps, Camera camera, ReadOnlyMemory<Vector3> positions, ReadOnlyMemory<int> triangles, int firstTriangle = 0, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentNullException.ThrowIfNull(camera);
        maps.AllocateWeights();
        float perPixel = 1 / camera.FocalLength;
        Rows.For(maps.Touched.Top, maps.Touched.Bottom, threads, y =>
        {
            ReadOnlySpan<Vector3> places = positions.Span;
            ReadOnlySpan<int> corners = triangles.Span;
            int row = y * maps.Stride, last = -1, count = corners.Length / 3;
            Vector3 bc = default, ca = default, ab = default;
            for (int x = maps.Spans[y].Left; x < maps.Spans[y].Right; x++)
            {
                int t = maps.Triangles[row + x] - firstTriangle;
                if ((uint)t >= (uint)count) continue;
                if (t != last)
                {
                    Vector3 a = places[corners[3 * t]], b = places[corners[(3 * t) + 1]], c = places[corners[(3 * t) + 2]];
                    (bc, ca, ab, last) = (Vector3.Cross(b, c), Vector3.Cross(c, a), Vector3.Cross(a, b), t);
                }
                Vector3 ray = new((x + 0.5f - camera.PrincipalPoint.X) * perPixel, (y + 0.5f - camera.PrincipalPoint.Y) * perPixel, 1);
                float u = Vector3.Dot(ray, ca), v = Vector3.Dot(ray, ab);
                maps.Weights[row + x] = new Vector2(u, v) / (Vector3.Dot(ray, bc) + u + v);
            }
        });
    }

    /// <summary>Carries a vertex attribute to the pixels: normals, places in another camera, colours.</summary>
    /// <param name="maps">Maps with weights.</param>
    /// <param name="triangles">[T·3] index of each corner's value.</param>
    /// <param name="values">One per vertex.</param>
    /// <param name="result">[H, W] receives the values; what is not of this mesh stays.</param>
    /// <param name="firstTriangle">As drawn.</param>
    /// <param name="threads">Threads to use at most.</param>
    /// <exception cref="ArgumentException">The result's length is not W · H.</exception>
    public static void Interpolate(SurfaceMaps maps, ReadOnlyMemory<int> triangles, ReadOnlyMemory<Vector3> values, Memory<Vector3> result, int firstTriangle = 0, int threads = 1)
        => Carry<Vector3, MixOfThree>(maps, triangles, values, result, firstTriangle, threads);

    /// <summary>Carries texture coordinates to the pixels.</summary>
    /// <param name="maps">Maps with weights.</param>
    /// <param name="triangles">[T·3] index of each corner's value.</param>
    /// <param name="values">One per texture coordinate.</param>
    /// <param name="result">[H, W] receives the values; what is not of this mesh stays.</param>
    /// <param name="firstTriangle">As drawn.</param>
    /// <param name="threads">Threads to use at most.</param>
    /// <exception cref="ArgumentException">The result's length is not W · H.</exception>
    public static void Interpolate(SurfaceMaps maps, ReadOnlyMemory<int> triangles, ReadOnlyMemory<Vector2> values, Memory<Vector2> result, int firstTriangle = 0, int threads = 1)
        => Carry<Vector2, MixOfTwo>(maps, triangles, values, result, firstTriangle, threads);

    /// <summary>The label of the nearest corner at each pixel: body parts.</summary>
    /// <param name="maps">Maps with weights.</param>
    /// <param name="triangles">[T·3] index of each corner's value.</param>
    /// <param name="labels">One per vertex.</param>
    /// <param name="result">[H, W] receives the labels; what is not of this mesh stays.</param>
    /// <param name="firstTriangle">As drawn.</param>
    /// <param name="threads">Threads to use at most.</param>
    /// <exception cref="ArgumentException">The result's length is not W · H.</exception>
    public static void Nearest<T>(SurfaceMaps maps, ReadOnlyMemory<int> triangles, ReadOnlyMemory<T> labels, Memory<T> result, int firstTriangle = 0, int threads = 1)
        where T : struct
        => Carry<T, NearestOf<T>>(maps, triangles, labels, result, firstTriangle, threads);

    /// <summary>Makes a pixel's value of its corners'; a type, so that the loop is compiled for each.</summary>
    private interface ICorners<T>
    {
        static abstract T Of(T first, T second, T third, Vector2 weights);
    }

    private static void Carry<T, TCorners>(SurfaceMaps maps, ReadOnlyMemory<int> triangles, ReadOnlyMemory<T> values, Memory<T> result, int firstTriangle, int threads)
        where T : struct
        where TCorners : struct, ICorners<T>
    {
        CheckLength(maps, result.Length);
        Rows.For(maps.Touched.Top, maps.Touched.Bottom, threads, y =>
        {
            ReadOnlySpan<int> corners = triangles.Span;
            ReadOnlySpan<T> from = values.Span;
            Span<T> to = result.Span.Slice(y * maps.Width, maps.Width);
            for (int x = maps.Spans[y].Left; x < maps.Spans[y].Right; x++)
            {
                int at = (y * maps.Stride) + x, i = 3 * (maps.Triangles[at] - firstTriangle);
                if ((uint)i < (uint)corners.Length) to[x] = TCorners.Of(from[corners[i]], from[corners[i + 1]], from[corners[i + 2]], maps.Weights[at]);
            }
        });
    }

    private readonly struct MixOfThree : ICorners<Vector3>
    {
        public static Vector3 Of(Vector3 first, Vector3 second, Vector3 third, Vector2 w) => (first * (1 - w.X - w.Y)) + (second * w.X) + (third * w.Y);
    }

    private readonly struct MixOfTwo : ICorners<Vector2>
    {
        public static Vector2 Of(Vector2 first, Vector2 second, Vector2 third, Vector2 w) => (first * (1 - w.X - w.Y)) + (second * w.X) + (third * w.Y);
    }

    private readonly struct NearestOf<T> : ICorners<T>
        where T : struct
    {
        public static T Of(T first, T second, T third, Vector2 w) => 1 - w.X - w.Y is var a && a >= w.X && a >= w.Y ? first : w.X >= w.Y ? second : third;
    }

    internal static void CheckLength(SurfaceMaps maps, int length)
    {
        ArgumentNullException.ThrowIfNull(maps);
        if (length != maps.Width * maps.Height) throw new ArgumentException($"Room for {length} pixels of {maps.Width}x{maps.Height}.", nameof(length));
        if (maps.Weights.Length < maps.Triangles.Length) throw new ArgumentException("The maps have no weights; fill them first.", nameof(maps));
    }
}
