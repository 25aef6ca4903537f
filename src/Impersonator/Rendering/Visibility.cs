using System.Numerics;

namespace Impersonator.Rendering;

/// <summary>Whether a photo shows surface points.</summary>
/// <remarks>Depths are compared on the point's own plane at the photo's pixel centres, so slanting surfaces do not hide themselves.</remarks>
internal readonly struct Visibility(Camera photo, SurfaceMaps maps)
{
    // Less than a finger's thickness, more than the mesh's roundness between pixels.
    private const float Tolerance = 0.005f; // metres

    private readonly float _perPixel = 1 / photo.FocalLength;

    /// <summary>See <see cref="FlowMap.Facing"/>.</summary>
    /// <param name="pixel">Where the point lies in the photo.</param>
    /// <param name="point">The point in the photo's camera space, metres.</param>
    /// <param name="normal">Its surface's outward unit normal there.</param>
    public float Facing(Vector2 pixel, Vector3 point, Vector3 normal)
    {
        float height = -Vector3.Dot(normal, point);
        if (!(height > 0) || !(pixel.X >= 0 && pixel.Y >= 0 && pixel.X < maps.Width && pixel.Y < maps.Height)) return 0;
        float tolerance = Tolerance + (2 * point.Z * _perPixel);
        Vector2 corner = pixel - new Vector2(0.5f);
        int left = (int)MathF.Floor(corner.X), top = (int)MathF.Floor(corner.Y);
        float fx = corner.X - left, fy = corner.Y - top, open = 0;
        for (int k = 0; k < 4; k++)
        {
            int sx = Math.Clamp(left + (k & 1), 0, maps.Width - 1), sy = Math.Clamp(top + (k >> 1), 0, maps.Height - 1);
            Vector3 ray = new((new Vector2(sx + 0.5f, sy + 0.5f) - photo.PrincipalPoint) * _perPixel, 1);
            float plane = -height / Vector3.Dot(normal, ray); // where that ray meets the point's plane
            // A ray along the plane or past its edge meets it nowhere near; the point's own depth stands in.
            if (!(plane > 0.5f * point.Z && plane < 2 * point.Z)) plane = point.Z;
            if (maps.InverseDepths[(sy * maps.Stride) + sx] * (plane - tolerance) <= 1)
                open += ((k & 1) == 0 ? 1 - fx : fx) * (k >> 1 == 0 ? 1 - fy : fy);
        }
        return open * MathF.Min(1, height / point.Length());
    }
}
