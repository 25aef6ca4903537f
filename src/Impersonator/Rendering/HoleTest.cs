using System.Numerics;

namespace Impersonator.Rendering;

/// <summary>Samples fall through where a texture's alpha is low. Each of a pixel's 2×2 samples has its own threshold, so edges of strands become soft; where samples are not counted together, half the alpha decides.</summary>
internal readonly struct HoleTest(Camera camera, Vector3[] positions, int[] triangles, Vector2[] texcoords, int[] texcoordTriangles, Texture texture, int level, bool soft = true) : ICutout
{
    private const float Half = 0.5f;

    // Ordered dither: alpha 1/2 keeps two samples of four.
    private static readonly float[] Thresholds = [0.125f, 0.625f, 0.875f, 0.375f];

    public bool Keeps(int triangle, int x, int y)
    {
        int i = 3 * triangle;
        Vector3 w = Rasterizer.Barycentrics(camera, new Vector2(x + 0.5f, y + 0.5f), positions[triangles[i]], positions[triangles[i + 1]], positions[triangles[i + 2]]);
        Vector2 place = (texcoords[texcoordTriangles[i]] * w.X) + (texcoords[texcoordTriangles[i + 1]] * w.Y) + (texcoords[texcoordTriangles[i + 2]] * w.Z);
        return texture.Alpha(place, level) > (soft ? Thresholds[((y & 1) * 2) + (x & 1)] : Half);
    }
}
