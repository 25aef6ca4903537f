using System.Numerics;

namespace Impersonator.Rendering;

/// <summary>For each pixel of a frame, the pixel of the photo where the same surface point lies.</summary>
/// <remarks>
/// The surface point is found from the frame's weights in the photo's mesh and projected, so it is right in perspective.
/// Kept from frame to frame; <see cref="Clear"/> sizes it.
/// </remarks>
public sealed class FlowMap
{
    /// <summary>Columns.</summary>
    public int Width { get; private set; }

    /// <summary>Rows.</summary>
    public int Height { get; private set; }

    /// <summary>[H, W] place in the photo, pixels; not a number where the frame shows no mesh or the point lies behind the photo's camera.</summary>
    public Vector2[] Pixels { get; private set; } = [];

    /// <summary>[H, W] the surface point in the photo's camera space, metres.</summary>
    public Vector3[] Points { get; private set; } = [];

    /// <summary>[H, W] outward unit normal of its triangle in the photo's camera space.</summary>
    public Vector3[] Normals { get; private set; } = [];

    /// <summary>Empties the map for a frame of this size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive.</exception>
    public void Clear(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        int count = checked(width * height);
        if (Pixels.Length != count) (Pixels, Points, Normals) = (new Vector2[count], new Vector3[count], new Vector3[count]);
        (Width, Height) = (width, height);
        Array.Fill(Pixels, new Vector2(float.NaN));
    }

    /// <summary>Adds a mesh.</summary>
    /// <param name="frame">The frame's maps with weights, see <see cref="SurfaceWeights.Fill"/>.</param>
    /// <param name="photo">The photo's camera.</param>
    /// <param name="photoPositions">[V] the mesh's places in the photo, its camera space, metres.</param>
    /// <param name="triangles">[T·3] as drawn.</param>
    /// <param name="firstTriangle">As drawn.</param>
    /// <param name="threads">Threads to use at most; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">The map's size is not the frame's, or the frame has no weights.</exception>
    public void Add(SurfaceMaps frame, Camera photo, ReadOnlyMemory<Vector3> photoPositions, ReadOnlyMemory<int> triangles, int firstTriangle = 0, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(photo);
        SurfaceWeights.CheckLength(frame, Pixels.Length);
        Rows.For(frame.Touched.Top, frame.Touched.Bottom, threads, y =>
        {
            ReadOnlySpan<int> corners = triangles.Span;
            ReadOnlySpan<Vector3> places = photoPositions.Span;
            int lastCorner = -1;
            Vector3 a = default, b = default, c = default, normal = default;
            for (int x = frame.Touched.Left; x < frame.Touched.Right; x++)
            {
                int at = (y * frame.Stride) + x, to = (y * Width) + x, i = 3 * (frame.Triangles[at] - firstTriangle);
                if ((uint)i >= (uint)corners.Length) continue;
                if (i != lastCorner)
                {
                    (a, b, c, lastCorner) = (places[corners[i]], places[corners[i + 1]], places[corners[i + 2]], i);
                    normal = Vector3.Cross(b - a, c - a);
                    normal /= MathF.Max(normal.Length(), float.Epsilon);
                }
                Vector2 w = frame.Weights[at];
                Vector3 point = a + ((b - a) * w.X) + ((c - a) * w.Y);
                (Points[to], Normals[to]) = (point, normal);
                Pixels[to] = point.Z > Rasterizer.Near ? photo.PrincipalPoint + (new Vector2(point.X, point.Y) * (photo.FocalLength / point.Z)) : new Vector2(float.NaN);
            }
        });
    }
}
