using System.Numerics;

namespace Impersonator.Rendering;

/// <summary>Which surface points of a frame the photo shows, and how squarely.</summary>
public static class Visibility
{
    // Less than a finger's thickness, more than the mesh's roundness between pixels.
    private const float Tolerance = 0.005f; // metres

    /// <summary>
    /// Writes for each pixel the cosine between the surface's normal and the way to the photo's camera, times the share of
    /// the four photo pixels around it where nothing lies before the point; 0 where it is turned away, hidden, beside the
    /// photo, or nothing is drawn.
    /// </summary>
    /// <remarks>Depths are compared on the point's own plane at the photo's pixel centres, so slanting surfaces do not hide themselves.</remarks>
    /// <param name="flow">Where the frame's surface points lie in the photo.</param>
    /// <param name="photo">The photo's camera.</param>
    /// <param name="photoMaps">Everything that the photo shows, drawn with that camera.</param>
    /// <param name="facing">[H, W] of the frame, receives [0, 1].</param>
    /// <param name="threads">Threads to use at most; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">A size does not fit.</exception>
    public static void Fill(FlowMap flow, Camera photo, SurfaceMaps photoMaps, Memory<float> facing, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(photoMaps);
        if (facing.Length != flow.Width * flow.Height) throw new ArgumentException($"Room for {facing.Length} pixels of {flow.Width}x{flow.Height}.", nameof(facing));
        if (photoMaps.Width != photo.Width || photoMaps.Height != photo.Height)
            throw new ArgumentException($"Maps of {photoMaps.Width}x{photoMaps.Height} for a camera of {photo.Width}x{photo.Height}.", nameof(photoMaps));
        Rows.For(0, flow.Height, threads, y =>
        {
            Span<float> row = facing.Span.Slice(y * flow.Width, flow.Width);
            for (int x = 0; x < row.Length; x++)
            {
                int at = (y * flow.Width) + x;
                row[x] = float.IsNaN(flow.Pixels[at].X) ? 0 : Facing(flow.Pixels[at], flow.Points[at], flow.Normals[at], photo, photoMaps);
            }
        });
    }

    private static float Facing(Vector2 pixel, Vector3 point, Vector3 normal, Camera photo, SurfaceMaps maps)
    {
        float height = -Vector3.Dot(normal, point);
        if (!(height > 0) || !(pixel.X >= 0 && pixel.Y >= 0 && pixel.X < maps.Width && pixel.Y < maps.Height)) return 0;
        float tolerance = Tolerance + (2 * point.Z / photo.FocalLength);
        Vector2 corner = pixel - new Vector2(0.5f);
        int left = (int)MathF.Floor(corner.X), top = (int)MathF.Floor(corner.Y);
        float fx = corner.X - left, fy = corner.Y - top, open = 0;
        for (int k = 0; k < 4; k++)
        {
            int sx = Math.Clamp(left + (k & 1), 0, maps.Width - 1), sy = Math.Clamp(top + (k >> 1), 0, maps.Height - 1);
            Vector3 ray = new((new Vector2(sx + 0.5f, sy + 0.5f) - photo.PrincipalPoint) / photo.FocalLength, 1);
            float plane = -height / Vector3.Dot(normal, ray); // where that ray meets the point's plane
            // A ray along the plane or past its edge meets it nowhere near; the point's own depth stands in.
            if (!(plane > 0.5f * point.Z && plane < 2 * point.Z)) plane = point.Z;
            if (maps.InverseDepths[(sy * maps.Stride) + sx] * (plane - tolerance) <= 1)
                open += ((k & 1) == 0 ? 1 - fx : fx) * (k >> 1 == 0 ? 1 - fy : fy);
        }
        return open * MathF.Min(1, height / point.Length());
    }
}
