using System.Numerics;

namespace Impersonator.Subjects.Backgrounds;

/// <summary>Fills a hole as smoothly as a membrane stretched over its rim would.</summary>
/// <remarks>Gortler et al., "The Lumigraph", SIGGRAPH 1996, push–pull: means of what is known at half the size, again and again, then back.</remarks>
internal static class Membrane
{
    /// <summary>Writes the pixels of the hole; where nothing at all is known they become grey.</summary>
    public static void Fill(Vector4[] pixels, bool[] hole, int width, int height)
    {
        if (width == 1 && height == 1)
        {
            if (hole[0]) pixels[0] = new Vector4(0.5f, 0.5f, 0.5f, 0);
            return;
        }
        int halfWidth = (width + 1) / 2, halfHeight = (height + 1) / 2;
        var (coarse, coarseHole, count) = (new Vector4[halfWidth * halfHeight], new bool[halfWidth * halfHeight], new int[halfWidth * halfHeight]);
        for (int i = 0; i < pixels.Length; i++)
        {
            if (hole[i]) continue;
            int half = (i / width / 2 * halfWidth) + (i % width / 2);
            coarse[half] += pixels[i];
            count[half]++;
        }
        for (int i = 0; i < coarse.Length; i++)
        {
            coarseHole[i] = count[i] == 0;
            if (count[i] > 0) coarse[i] /= count[i];
        }
        Fill(coarse, coarseHole, halfWidth, halfHeight);

        for (int i = 0; i < pixels.Length; i++)
            if (hole[i]) pixels[i] = Between(coarse, halfWidth, halfHeight, ((i % width) + 0.5f) / 2, ((i / width) + 0.5f) / 2);
    }

    private static Vector4 Between(Vector4[] pixels, int width, int height, float x, float y)
    {
        x = Math.Clamp(x - 0.5f, 0, width - 1);
        y = Math.Clamp(y - 0.5f, 0, height - 1);
        int x0 = (int)x, y0 = (int)y, x1 = Math.Min(x0 + 1, width - 1), y1 = Math.Min(y0 + 1, height - 1);
        Vector4 top = Vector4.Lerp(pixels[(y0 * width) + x0], pixels[(y0 * width) + x1], x - x0);
        Vector4 bottom = Vector4.Lerp(pixels[(y1 * width) + x0], pixels[(y1 * width) + x1], x - x0);
        return Vector4.Lerp(top, bottom, y - y0);
    }
}
