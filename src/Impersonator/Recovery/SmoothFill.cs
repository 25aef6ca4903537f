using System.Numerics;

namespace Impersonator.Recovery;

/// <summary>Fills what is unknown of a picture with the colours around it, ever smoother farther in.</summary>
/// <remarks>Push and pull over halved pictures: Gortler et al., "The Lumigraph", SIGGRAPH 1996.</remarks>
internal static class SmoothFill
{
    /// <summary>The filled picture.</summary>
    /// <param name="pixels">[H, W] colours.</param>
    /// <param name="known">[H, W] 1 where the colour is known, 0 where not.</param>
    /// <param name="width">W.</param>
    /// <param name="height">H.</param>
    public static Vector3[] Apply(Vector3[] pixels, float[] known, int width, int height)
    {
        var weighted = new Vector4[pixels.Length];
        for (int i = 0; i < weighted.Length; i++) weighted[i] = new Vector4(pixels[i] * known[i], known[i]);
        Vector4[] filled = Fill(weighted, width, height);
        return [.. filled.Select(p => p.W > 0 ? new Vector3(p.X, p.Y, p.Z) / p.W : default)];
    }

    /// <summary>Colour times weight, weight; where the weight is below 1 the coarser picture adds the rest.</summary>
    private static Vector4[] Fill(Vector4[] level, int width, int height)
    {
        if (width == 1 && height == 1) return level;
        (int half, int low) = ((width + 1) / 2, (height + 1) / 2);
        var coarse = new Vector4[half * low];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++) coarse[(y / 2 * half) + (x / 2)] += level[(y * width) + x];
        for (int i = 0; i < coarse.Length; i++)
            if (coarse[i].W > 1) coarse[i] /= coarse[i].W;
        coarse = Fill(coarse, half, low);
        var result = new Vector4[level.Length];
        Parallel.For(0, height, y =>
        {
            for (int x = 0; x < width; x++)
            {
                Vector4 own = level[(y * width) + x];
                if (own.W >= 1)
                {
                    result[(y * width) + x] = own;
                    continue;
                }
                float u = Math.Clamp(((x + 0.5f) / 2) - 0.5f, 0, half - 1), v = Math.Clamp(((y + 0.5f) / 2) - 0.5f, 0, low - 1);
                int x0 = (int)u, y0 = (int)v, x1 = Math.Min(x0 + 1, half - 1), y1 = Math.Min(y0 + 1, low - 1);
                Vector4 below = Vector4.Lerp(Vector4.Lerp(coarse[(y0 * half) + x0], coarse[(y0 * half) + x1], u - x0), Vector4.Lerp(coarse[(y1 * half) + x0], coarse[(y1 * half) + x1], u - x0), v - y0);
                result[(y * width) + x] = own + (below * (1 - own.W));
            }
        });
        return result;
    }
}
