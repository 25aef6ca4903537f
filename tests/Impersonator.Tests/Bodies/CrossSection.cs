using System.Numerics;

namespace Impersonator.Tests.Bodies;

/// <summary>Slices a mesh by a plane and measures the loop around a point.</summary>
internal static class CrossSection
{
    /// <summary>Area enclosed by the slice's segments within a distance of the point, m²; segments keep the surface's orientation, so their order does not matter.</summary>
    /// <param name="positions">[V] places.</param>
    /// <param name="triangles">Corners of the triangles that belong to the limb.</param>
    /// <param name="point">A point in the plane, inside the limb.</param>
    /// <param name="normal">The plane's unit normal.</param>
    public static float Area(ReadOnlySpan<Vector3> positions, ReadOnlySpan<int> triangles, Vector3 point, Vector3 normal)
    {
        float area = 0;
        for (int t = 0; t < triangles.Length; t += 3)
        {
            Vector3 from = default, to = default;
            int found = 0;
            for (int c = 0; c < 3; c++)
            {
                Vector3 a = positions[triangles[t + c]] - point, b = positions[triangles[t + ((c + 1) % 3)]] - point;
                float da = Vector3.Dot(a, normal), db = Vector3.Dot(b, normal);
                if (da >= 0 == db >= 0) continue;
                Vector3 cut = Vector3.Lerp(a, b, da / (da - db));
                // Entering the far side on one edge, leaving it on another: that gives the segment its direction.
                if (da < 0) to = cut; else from = cut;
                found++;
            }
            if (found == 2) area += Vector3.Dot(Vector3.Cross(from, to), normal) / 2;
        }
        return MathF.Abs(area);
    }
}
