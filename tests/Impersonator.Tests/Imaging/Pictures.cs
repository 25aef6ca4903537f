using System.Numerics;
using Impersonator.Imaging;

namespace Impersonator.Tests.Imaging;

/// <summary>Pictures that tests need.</summary>
internal static class Pictures
{
    public static Frame Noise(int width, int height, int seed, bool opaque)
    {
        var frame = new Frame(width, height);
        new Random(seed).NextBytes(frame.Rgba);
        if (opaque)
            for (int i = 3; i < frame.Rgba.Length; i += 4) frame.Rgba[i] = 255;
        return frame;
    }

    /// <summary>Smooth colours that differ in every corner and with time; survives lossy encoders.</summary>
    public static Frame Smooth(int width, int height, float time = 0)
    {
        var image = new Image(width, height);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                float u = (x + 0.5f) / width, v = (y + 0.5f) / height;
                image[x, y] = new Vector4(u, v, 0.5f + (0.4f * MathF.Sin((u * 3) + time)), 1);
            }
        return image.ToFrame();
    }

    /// <summary>Mean absolute difference of the colour bytes.</summary>
    public static double Difference(Frame a, Frame b)
    {
        Assert.Equal((a.Width, a.Height), (b.Width, b.Height));
        double sum = 0;
        for (int i = 0; i < a.Rgba.Length; i++)
            if (i % 4 != 3) sum += Math.Abs(a.Rgba[i] - b.Rgba[i]);
        return sum / (a.Width * a.Height * 3);
    }
}
