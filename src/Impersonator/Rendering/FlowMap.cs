using System.Numerics;

namespace Impersonator.Rendering;

/// <summary>For each pixel of a frame, the pixel of the photo where the same surface point lies, and whether it is seen there.</summary>
/// <remarks>
/// The surface point is found from the frame's weights in the photo's mesh and projected, so it is right in perspective.
/// Kept from frame to frame; <see cref="Clear"/> sizes it.
/// </remarks>
public sealed class FlowMap
{
    private (int Left, int Right)[] _spans = [];

    /// <summary>Columns.</summary>
    public int Width { get; private set; }

    /// <summary>Rows.</summary>
    public int Height { get; private set; }

    /// <summary>[H, W] place in the photo, pixels; not a number where the frame shows no mesh or the point lies behind the photo's camera.</summary>
    public Vector2[] Pixels { get; private set; } = [];

    /// <summary>
    /// [H, W] how squarely the photo shows the point: the cosine between the surface's normal and the way to the photo's
    /// camera, times the share of the four photo pixels around it where nothing lies before it. 0 where the surface is turned
    /// away, hidden, beside the photo, or nothing is drawn.
    /// </summary>
    public float[] Facing { get; private set; } = [];

    /// <summary>Empties the map for a frame of this size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive.</exception>
    public void Clear(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        int count = checked(width * height);
        if (width != Width || height != Height)
        {
            if (Pixels.Length != count) (Pixels, Facing) = (new Vector2[count], new float[count]);
            _spans = new (int, int)[height];
            Array.Fill(_spans, (0, width));
        }
        for (int y = 0; y < height; y++)
        {
            (int left, int right) = _spans[y];
            _spans[y] = (width, 0);
            if (left >= right) continue;
            Pixels.AsSpan((y * width) + left, right - left).Fill(new Vector2(float.NaN));
            Facing.AsSpan((y * width) + left, right - left).Clear();
        }
        (Width, Height) = (width, height);
    }

    /// <summary>Adds a mesh.</summary>
    /// <param name="frame">The frame's maps with weights, see <see cref="SurfaceWeights.Fill"/>.</param>
    /// <param name="photo">The photo's camera.</param>
    /// <param name="photoMaps">Everything that the photo shows, drawn with that camera.</param>
    /// <param name="photoPositions">[V] the mesh's places in the photo, its camera space, metres.</param>
    /// <param name="triangles">[T·3] as drawn.</param>
    /// <param name="firstTriangle">As drawn.</param>
    /// <param name="threads">Threads to use at most; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">The map's size is not the frame's, the frame has no weights, or the photo's maps are not of its camera's size.</exception>
    public void Add(
        SurfaceMaps frame, Camera photo, SurfaceMaps photoMaps, ReadOnlyMemory<Vector3> photoPositions, ReadOnlyMemory<int> triangles,
        int firstTriangle = 0, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(photoMaps);
        SurfaceWeights.CheckLength(frame, Pixels.Length);
        if (photoMaps.Width != photo.Width || photoMaps.Height != photo.Height)
            throw new ArgumentException($"Maps of {photoMaps.Width}x{photoMaps.Height} for a camera of {photo.Width}x{photo.Height}.", nameof(photoMaps));
        var visibility = new Visibility(photo, photoMaps);
        Rows.For(frame.Touched.Top, frame.Touched.Bottom, threads, y =>
        {
            ReadOnlySpan<int> corners = triangles.Span;
            ReadOnlySpan<Vector3> places = photoPositions.Span;
            (int left, int right) = frame.Spans[y];
            _spans[y] = (Math.Min(_spans[y].Left, left), Math.Max(_spans[y].Right, right));
            int lastCorner = -1;
            Vector3 a = default, b = default, c = default, normal = default;
            for (int x = left; x < right; x++)
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
                (Pixels[to], Facing[to]) = (new Vector2(float.NaN), 0);
                if (!(point.Z > Rasterizer.Near)) continue;
                Vector2 pixel = photo.PrincipalPoint + (new Vector2(point.X, point.Y) * (photo.FocalLength / point.Z));
                (Pixels[to], Facing[to]) = (pixel, visibility.Facing(pixel, point, normal));
            }
        });
    }
}
