using System.Numerics.Tensors;

namespace Impersonator.Training.Evaluation.Pictures;

/// <summary>SSIM and MS-SSIM: how alike light, contrast and structure are, 1 = the same.</summary>
/// <remarks>
/// Wang, Bovik, Sheikh, Simoncelli, "Image Quality Assessment: From Error Visibility to Structural Similarity", 2004: windows of 11 × 11 under
/// a Gaussian of 1.5 pixels, K₁ = 0.01, K₂ = 0.03, on lightness, only windows wholly in the picture. Wang, Simoncelli, Bovik, "Multiscale
/// Structural Similarity", 2003: five scales, halved by means of 2 × 2, weights as published; of small pictures as many scales as a
/// window fits into, the weights made to sum to 1. The person's box is kept by taking the mean over the windows whose middle is in it.
/// </remarks>
internal static class StructuralSimilarity
{
    /// <summary>Side of the window.</summary>
    public const int Window = 11;

    private const int Radius = Window / 2, Moments = 5;
    private const double Sigma = 1.5, LightConstant = 0.01 * 0.01, ContrastConstant = 0.03 * 0.03;
    private static readonly double[] ScaleWeights = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];
    private static readonly double[] Kernel = MakeKernel();

    /// <summary>SSIM.</summary>
    /// <param name="picture">What was made.</param>
    /// <param name="truth">What is true.</param>
    /// <param name="area">Where the windows' middles are; if none of it is far enough from the border, all that are.</param>
    /// <exception cref="ArgumentException">The sizes differ, or a side is shorter than the window.</exception>
    public static double Of(ComparedPicture picture, ComparedPicture truth, PictureArea area)
    {
        picture.RequireSizeOf(truth);
        return Compare(Doubles(picture), Doubles(truth), truth.Width, truth.Height, area).Whole;
    }

    /// <summary>MS-SSIM; contrast and structure of each scale, light of the coarsest, each at least 0.</summary>
    /// <inheritdoc cref="Of"/>
    public static double MultiScale(ComparedPicture picture, ComparedPicture truth, PictureArea area)
    {
        picture.RequireSizeOf(truth);
        (double[] a, double[] b, int width, int height) = (Doubles(picture), Doubles(truth), truth.Width, truth.Height);
        int scales = 1;
        while (scales < ScaleWeights.Length && Math.Min(width, height) >> scales >= Window) scales++;
        double product = 1, total = ScaleWeights.Take(scales).Sum();
        for (int s = 0; s < scales; s++)
        {
            (double whole, double structure) = Compare(a, b, width, height, area);
            product *= Math.Pow(Math.Max(0, s == scales - 1 ? whole : structure), ScaleWeights[s] / total);
            (a, b) = (Halved(a, width, height), Halved(b, width, height));
            (width, height) = (width / 2, height / 2);
            area = new PictureArea(area.Left / 2, area.Top / 2, Math.Max(1, area.Width / 2), Math.Max(1, area.Height / 2));
        }
        return product;
    }

    private static (double Whole, double Structure) Compare(double[] a, double[] b, int width, int height, PictureArea area)
    {
        if (Math.Min(width, height) < Window) throw new ArgumentException($"{width}x{height} is smaller than the window of {Window}.", nameof(width));
        var inner = new PictureArea(Radius, Radius, width - (2 * Radius), height - (2 * Radius));
        PictureArea middles = area.Within(inner);
        if (middles.Width * middles.Height == 0) middles = inner;

        // Five moments, first down the columns, then along the rows.
        int columns = middles.Width + (2 * Radius);
        var (wholes, structures) = (new double[middles.Height], new double[middles.Height]);
        var (sums, products) = (new double[Moments * columns], new double[columns]);
        Span<double> m = stackalloc double[Moments];
        for (int row = 0; row < middles.Height; row++)
        {
            Array.Clear(sums);
            for (int t = 0; t < Window; t++)
            {
                int from = ((middles.Top + row + t - Radius) * width) + middles.Left - Radius;
                ReadOnlySpan<double> p = a.AsSpan(from, columns), q = b.AsSpan(from, columns);
                double k = Kernel[t];
                AddTo(sums.AsSpan(0, columns), p, k);
                AddTo(sums.AsSpan(columns, columns), q, k);
                TensorPrimitives.Multiply(p, p, products);
                AddTo(sums.AsSpan(2 * columns, columns), products, k);
                TensorPrimitives.Multiply(q, q, products);
                AddTo(sums.AsSpan(3 * columns, columns), products, k);
                TensorPrimitives.Multiply(p, q, products);
                AddTo(sums.AsSpan(4 * columns, columns), products, k);
            }
            for (int x = 0; x < middles.Width; x++)
            {
                for (int i = 0; i < Moments; i++)
                {
                    m[i] = 0;
                    for (int t = 0; t < Window; t++) m[i] += Kernel[t] * sums[(i * columns) + x + t];
                }
                double light = ((2 * m[0] * m[1]) + LightConstant) / ((m[0] * m[0]) + (m[1] * m[1]) + LightConstant);
                double structure = ((2 * (m[4] - (m[0] * m[1]))) + ContrastConstant) / (m[2] - (m[0] * m[0]) + m[3] - (m[1] * m[1]) + ContrastConstant);
                wholes[row] += light * structure;
                structures[row] += structure;
            }
        }
        double count = (double)middles.Width * middles.Height;
        return (wholes.Sum() / count, structures.Sum() / count);
    }

    private static double[] Doubles(ComparedPicture picture) => Array.ConvertAll(picture.Light(), v => (double)v);

    private static void AddTo(Span<double> sums, ReadOnlySpan<double> values, double weight) => TensorPrimitives.MultiplyAdd(values, weight, sums, sums);

    private static double[] Halved(double[] values, int width, int height)
    {
        (int w, int h) = (width / 2, height / 2);
        var half = new double[w * h];
        for (int y = 0; y < h; y++)
            for (int x = 0; x < w; x++)
            {
                int at = (2 * y * width) + (2 * x);
                half[(y * w) + x] = (values[at] + values[at + 1] + values[at + width] + values[at + width + 1]) / 4;
            }
        return half;
    }

    private static double[] MakeKernel()
    {
        double[] kernel = [.. Enumerable.Range(-Radius, Window).Select(i => Math.Exp(-i * i / (2 * Sigma * Sigma)))];
        double sum = kernel.Sum();
        return [.. kernel.Select(k => k / sum)];
    }
}
