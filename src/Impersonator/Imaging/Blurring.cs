using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Impersonator.Imaging;

/// <summary>Blurs pictures and mattes; the border repeats outwards, so a plain colour stays as it is.</summary>
public static class Blurring
{
    /// <summary>The picture under a Gaussian.</summary>
    /// <param name="image">What to blur.</param>
    /// <param name="sigma">Standard deviation, pixels; 0 copies.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="sigma"/> is negative or not a number.</exception>
    public static Image Gaussian(this Image image, float sigma)
    {
        ArgumentNullException.ThrowIfNull(image);
        float[] kernel = GaussianKernel(sigma);
        var (middle, result) = (new Image(image.Width, image.Height), new Image(image.Width, image.Height));
        Parallel.For(0, image.Height, y => AcrossRows(MemoryMarshal.Cast<Vector4, float>(image.Pixels), image.Height, kernel, y, MemoryMarshal.Cast<Vector4, float>(middle.Row(y))));
        Parallel.For(0, image.Height, y => AcrossColumns(MemoryMarshal.Cast<Vector4, float>(middle.Row(y)), 4, kernel, MemoryMarshal.Cast<Vector4, float>(result.Row(y))));
        return result;
    }

    /// <summary>The matte under a Gaussian.</summary>
    /// <param name="matte">What to blur.</param>
    /// <param name="sigma">Standard deviation, pixels; 0 copies.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="sigma"/> is negative or not a number.</exception>
    public static Matte Gaussian(this Matte matte, float sigma)
    {
        ArgumentNullException.ThrowIfNull(matte);
        float[] kernel = GaussianKernel(sigma);
        var (middle, result) = (new Matte(matte.Width, matte.Height), new Matte(matte.Width, matte.Height));
        Parallel.For(0, matte.Height, y => AcrossRows(matte.Values, matte.Height, kernel, y, middle.Row(y)));
        Parallel.For(0, matte.Height, y => AcrossColumns(middle.Row(y), 1, kernel, result.Row(y)));
        return result;
    }

    /// <summary>Means over squares of side 2 · radius + 1, whatever the radius at the same cost.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="radius"/> is negative.</exception>
    public static Matte Box(this Matte matte, int radius)
    {
        ArgumentNullException.ThrowIfNull(matte);
        ArgumentOutOfRangeException.ThrowIfNegative(radius);
        var (middle, result) = (new Matte(matte.Width, matte.Height), new Matte(matte.Width, matte.Height));
        Parallel.For(0, matte.Height, y => BoxRow(matte.Row(y), radius, middle.Row(y)));

        // Bands of rows: each starts with a whole sum of its own, then slides, adding a row and taking one away.
        const int Band = 64;
        int width = matte.Width, height = matte.Height;
        Parallel.For(0, (height + Band - 1) / Band, band =>
        {
            var sum = new float[width];
            int begin = band * Band, end = Math.Min(begin + Band, height);
            for (int y = begin - radius; y <= begin + radius; y++) TensorPrimitives.Add(sum, Clamped(y), sum);
            for (int y = begin; y < end; y++)
            {
                TensorPrimitives.Multiply(sum, 1f / ((2 * radius) + 1), result.Row(y));
                TensorPrimitives.Add(sum, Clamped(y + radius + 1), sum);
                TensorPrimitives.Subtract(sum, Clamped(y - radius), sum);
            }
        });
        return result;

        ReadOnlySpan<float> Clamped(int y) => middle.Row(Math.Clamp(y, 0, height - 1));
    }

    private static void BoxRow(ReadOnlySpan<float> source, int radius, Span<float> target)
    {
        double sum = 0;
        for (int x = -radius; x <= radius; x++) sum += source[Math.Clamp(x, 0, source.Length - 1)];
        for (int x = 0; x < target.Length; x++)
        {
            target[x] = (float)(sum / ((2 * radius) + 1));
            sum += source[Math.Min(x + radius + 1, source.Length - 1)] - source[Math.Max(x - radius, 0)];
        }
    }

    // Three deviations each side hold 99.7 % of the curve; the rest is shared out by normalising.
    private static float[] GaussianKernel(float sigma)
    {
        if (!(sigma >= 0)) throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "A blur's deviation is 0 or more pixels.");
        int radius = (int)MathF.Ceiling(3 * sigma);
        var kernel = new float[(2 * radius) + 1];
        double sum = 0;
        for (int i = -radius; i <= radius; i++) sum += kernel[i + radius] = sigma > 0 ? MathF.Exp(-i * i / (2 * sigma * sigma)) : 1;
        for (int i = 0; i < kernel.Length; i++) kernel[i] = (float)(kernel[i] / sum);
        return kernel;
    }

    private static void AcrossRows(ReadOnlySpan<float> source, int height, float[] kernel, int y, Span<float> target)
    {
        for (int t = 0; t < kernel.Length; t++)
        {
            int from = Math.Clamp(y + t - (kernel.Length / 2), 0, height - 1);
            TensorPrimitives.MultiplyAdd(source.Slice(from * target.Length, target.Length), kernel[t], target, target);
        }
    }

    private static void AcrossColumns(ReadOnlySpan<float> source, int channels, float[] kernel, Span<float> target)
    {
        // A row with its border repeated, so that every tap is one shifted row.
        int radius = kernel.Length / 2;
        var padded = new float[source.Length + (2 * radius * channels)];
        source.CopyTo(padded.AsSpan(radius * channels));
        for (int i = 0; i < radius * channels; i++)
        {
            padded[i] = source[i % channels];
            padded[^(i + 1)] = source[^((i % channels) + 1)];
        }
        for (int t = 0; t < kernel.Length; t++)
            TensorPrimitives.MultiplyAdd(padded.AsSpan(t * channels, target.Length), kernel[t], target, target);
    }
}
