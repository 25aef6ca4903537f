using System.Numerics;
using Impersonator.Imaging;

namespace Impersonator.Subjects;

/// <summary>The photo with the person's own colours everywhere: outside the sure foreground, colours are drawn from it outwards.</summary>
/// <remarks>Push–pull over a pyramid (Gortler et al., "The Lumigraph", SIGGRAPH 1996), so no edge of the matte brings background colour along.</remarks>
internal static class ForegroundColours
{
    /// <summary>Colours of a photo at its own size.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="matte">The person, same size.</param>
    /// <param name="margin">How far inside the matte a colour is trusted, pixels.</param>
    public static Image Spread(Image photo, Matte matte, int margin)
    {
        // Colours enter with the weight of how surely they are foreground; premultiplied by it.
        Matte sure = matte.Box(margin);
        var level = new Image(photo.Width, photo.Height);
        for (int i = 0; i < level.Pixels.Length; i++)
        {
            float weight = sure.Values[i] >= 0.985f ? 1 : 0;
            Vector4 colour = photo.Pixels[i];
            level.Pixels[i] = colour.W > 0 ? new Vector4(new Vector3(colour.X, colour.Y, colour.Z) / colour.W, 1) * weight : Vector4.Zero;
        }
        return Filled(level);
    }

    /// <summary>Fills where weight (W) is below 1 from coarser and coarser means; the result is opaque.</summary>
    internal static Image Filled(Image level)
    {
        if (level.Width > 1 || level.Height > 1)
        {
            Image coarse = Filled(Half(level));
            for (int y = 0; y < level.Height; y++)
                for (int x = 0; x < level.Width; x++)
                {
                    ref Vector4 pixel = ref level[x, y];
                    if (pixel.W >= 1) continue;
                    pixel += (1 - pixel.W) * coarse.Sample((x + 0.5f) / 2, (y + 0.5f) / 2);
                }
        }
        else if (level.Pixels[0].W < 1) level.Pixels[0] = level.Pixels[0].W > 0 ? level.Pixels[0] / level.Pixels[0].W : new Vector4(0.5f, 0.5f, 0.5f, 1);
        return level;
    }

    private static Image Half(Image level)
    {
        var half = new Image(Math.Max(1, (level.Width + 1) / 2), Math.Max(1, (level.Height + 1) / 2));
        for (int y = 0; y < half.Height; y++)
            for (int x = 0; x < half.Width; x++)
            {
                Vector4 sum = Vector4.Zero;
                for (int k = 0; k < 4; k++) sum += level[Math.Min((2 * x) + (k & 1), level.Width - 1), Math.Min((2 * y) + (k >> 1), level.Height - 1)];
                // A cell with any colour is full at the next level: nearest colours win over far ones.
                half[x, y] = sum.W > 0 ? sum / MathF.Max(sum.W, 1) : Vector4.Zero;
            }
        return half;
    }
}
