using Impersonator.Bodies.Learning;

namespace Impersonator.Training.Evaluation.Pictures;

/// <summary>How far two sets of features are apart as sets: the Fréchet distance of the Gaussians that fit them.</summary>
/// <remarks>
/// <c>|μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2·(Σ₁^½·Σ₂·Σ₁^½)^½)</c>: Dowson and Landau, "The Fréchet Distance between Multivariate Normal Distributions",
/// 1982; for pictures, Heusel et al., "GANs Trained by a Two Time-Scale Update Rule", 2017 (there on Inception's features). Depends on the
/// number of pictures: compare only figures of equally many.
/// </remarks>
internal static class FrechetDistance
{
    /// <summary>The distance.</summary>
    /// <param name="made">One array of features for each picture made.</param>
    /// <param name="truth">The same of true ones.</param>
    /// <returns>Not a number for fewer than two pictures of a kind.</returns>
    /// <exception cref="ArgumentException">The arrays' lengths differ.</exception>
    public static double Of(IReadOnlyList<float[]> made, IReadOnlyList<float[]> truth)
    {
        ArgumentNullException.ThrowIfNull(made);
        ArgumentNullException.ThrowIfNull(truth);
        if (made.Count < 2 || truth.Count < 2) return double.NaN;
        int length = truth[0].Length;
        if (made.Concat(truth).Any(f => f.Length != length)) throw new ArgumentException($"Not all pictures have {length} features.", nameof(made));
        (double[] meanMade, double[,] spreadMade) = Gaussian(made, length);
        (double[] meanTruth, double[,] spreadTruth) = Gaussian(truth, length);
        double distance = 0;
        for (int i = 0; i < length; i++)
            distance += ((meanMade[i] - meanTruth[i]) * (meanMade[i] - meanTruth[i])) + spreadMade[i, i] + spreadTruth[i, i];
        double[,] root = Root(spreadTruth);
        (double[] values, _) = SymmetricEigen.Of(Product(Product(root, spreadMade), root));
        foreach (double value in values) distance -= 2 * Math.Sqrt(Math.Max(0, value));
        return Math.Max(0, distance);
    }

    private static (double[] Mean, double[,] Spread) Gaussian(IReadOnlyList<float[]> features, int length)
    {
        var mean = new double[length];
        foreach (float[] f in features)
            for (int i = 0; i < length; i++) mean[i] += f[i] / (double)features.Count;
        var spread = new double[length, length];
        foreach (float[] f in features)
            for (int i = 0; i < length; i++)
                for (int j = 0; j < length; j++) spread[i, j] += (f[i] - mean[i]) * (f[j] - mean[j]) / (features.Count - 1);
        return (mean, spread);
    }

    /// <summary>The symmetric square root.</summary>
    private static double[,] Root(double[,] matrix)
    {
        (double[] values, double[,] vectors) = SymmetricEigen.Of(matrix);
        int n = values.Length;
        var root = new double[n, n];
        for (int k = 0; k < n; k++)
        {
            double scale = Math.Sqrt(Math.Max(0, values[k]));
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++) root[i, j] += scale * vectors[i, k] * vectors[j, k];
        }
        return root;
    }

    private static double[,] Product(double[,] a, double[,] b)
    {
        int n = a.GetLength(0);
        var product = new double[n, n];
        for (int i = 0; i < n; i++)
            for (int k = 0; k < n; k++)
                for (int j = 0; j < n; j++) product[i, j] += a[i, k] * b[k, j];
        return product;
    }
}
