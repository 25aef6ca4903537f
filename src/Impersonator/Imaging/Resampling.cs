using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Impersonator.Imaging;

/// <summary>Changes the size of pictures and mattes, separably, in linear light with premultiplied alpha.</summary>
/// <remarks>One filter for both ways, see <see cref="ResampleWeights"/>. Its overshoot is cut: no negative light, alpha in [0, 1].</remarks>
public static class Resampling
{
    /// <summary>The picture at another size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive.</exception>
    public static Image Resize(this Image image, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(image);
        var (middle, result) = (new Image(width, image.Height), new Image(width, height));
        var columns = ResampleWeights.Create(image.Width, width);
        Parallel.For(0, image.Height, y => AcrossColumns<Vector4, OfColours>(image.Row(y), columns, middle.Row(y)));

        var rows = ResampleWeights.Create(image.Height, height);
        Parallel.For(0, height, y =>
        {
            Span<float> target = MemoryMarshal.Cast<Vector4, float>(result.Row(y));
            AcrossRows(MemoryMarshal.Cast<Vector4, float>(middle.Pixels), middle.Height, rows, y, target);
            foreach (ref Vector4 pixel in result.Row(y))
            {
                pixel = Vector4.Max(pixel, Vector4.Zero);
                pixel.W = Math.Min(pixel.W, 1);
            }
        });
        return result;
    }

    /// <summary>The matte at another size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive.</exception>
    public static Matte Resize(this Matte matte, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(matte);
        var (middle, result) = (new Matte(width, matte.Height), new Matte(width, height));
        var columns = ResampleWeights.Create(matte.Width, width);
        Parallel.For(0, matte.Height, y => AcrossColumns<float, OfNumbers>(matte.Row(y), columns, middle.Row(y)));

        var rows = ResampleWeights.Create(matte.Height, height);
        Parallel.For(0, height, y =>
        {
            AcrossRows(middle.Values, middle.Height, rows, y, result.Row(y));
            foreach (ref float alpha in result.Row(y)) alpha = Math.Clamp(alpha, 0, 1);
        });
        return result;
    }

    /// <summary>A weighted sum; a type, so that the loop is compiled for each kind of pixel.</summary>
    private interface ISum<T>
    {
        static abstract T Add(T sum, T value, float weight);
    }

    private static void AcrossColumns<T, TSum>(ReadOnlySpan<T> source, ResampleWeights weights, Span<T> target)
        where T : struct
        where TSum : struct, ISum<T>
    {
        for (int x = 0; x < target.Length; x++)
        {
            ReadOnlySpan<float> row = weights.Of(x);
            int first = weights.First[x];
            T sum = default;
            for (int t = 0; t < row.Length; t++) sum = TSum.Add(sum, source[Math.Clamp(first + t, 0, source.Length - 1)], row[t]);
            target[x] = sum;
        }
    }

    private readonly struct OfColours : ISum<Vector4>
    {
        public static Vector4 Add(Vector4 sum, Vector4 value, float weight) => sum + (value * weight);
    }

    private readonly struct OfNumbers : ISum<float>
    {
        public static float Add(float sum, float value, float weight) => sum + (value * weight);
    }

    private static void AcrossRows(ReadOnlySpan<float> source, int height, ResampleWeights weights, int y, Span<float> target)
    {
        ReadOnlySpan<float> column = weights.Of(y);
        for (int t = 0; t < column.Length; t++)
        {
            if (column[t] == 0) continue;
            int from = Math.Clamp(weights.First[y] + t, 0, height - 1);
            TensorPrimitives.MultiplyAdd(source.Slice(from * target.Length, target.Length), column[t], target, target);
        }
    }
}
