using Impersonator.Imaging;

namespace Impersonator.Subjects.Matting;

/// <summary>Colours that a <see cref="ColourMixture"/> learns from and judges: red, green, blue as eyes see them.</summary>
internal static class ColourSamples
{
    /// <summary>[n · 3] sRGB of every pixel, 0..1.</summary>
    public static float[] Of(Image picture)
    {
        var samples = new float[picture.Pixels.Length * ColourMixture.Dimensions];
        Parallel.For(0, picture.Height, y =>
        {
            for (int i = y * picture.Width; i < (y + 1) * picture.Width; i++)
                for (int c = 0; c < ColourMixture.Dimensions; c++) samples[(i * ColourMixture.Dimensions) + c] = Srgb.ToByte(picture.Pixels[i][c]) / 255f;
        });
        return samples;
    }

    /// <summary>The samples of some pixels.</summary>
    /// <param name="samples">[n · 3].</param>
    /// <param name="choose">Of a pixel's index.</param>
    public static float[] Chosen(float[] samples, Func<int, bool> choose)
    {
        var chosen = new List<float>(samples.Length);
        for (int i = 0; i < samples.Length / ColourMixture.Dimensions; i++)
            if (choose(i)) chosen.AddRange(samples.AsSpan(i * ColourMixture.Dimensions, ColourMixture.Dimensions));
        return [.. chosen];
    }
}
