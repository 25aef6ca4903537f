using Impersonator.Bodies.Learning;

namespace Impersonator.Recovery.Learning;

/// <summary>A mixture of Gaussians with full covariances, fitted to weighted rows by expectation maximisation.</summary>
/// <remarks>
/// Dempster, Laird, Rubin 1977. Covariances are drawn towards that of all rows (as if some rows of it were among each cluster's own) and never
/// get narrower than a floor, so few rows do not make a habit too strict. D numbers a row.
/// </remarks>
internal static class GaussianMixture
{
    private const int Iterations = 60;

    /// <summary>One Gaussian.</summary>
    /// <param name="Weight">Share of the rows.</param>
    /// <param name="Mean">[D].</param>
    /// <param name="Covariance">[D, D].</param>
    public sealed record Component(double Weight, double[] Mean, double[,] Covariance);

    /// <summary>Fits a mixture.</summary>
    /// <param name="rows">[N][D].</param>
    /// <param name="weights">[N] how much a row counts; they sum to the number of rows that are really independent.</param>
    /// <param name="count">Gaussians.</param>
    /// <param name="floor">Least standard deviation.</param>
    /// <param name="shared">Rows of the whole's covariance that each Gaussian borrows.</param>
    /// <param name="random">Chooses where to start.</param>
    public static Component[] Fit(double[][] rows, double[] weights, int count, double floor, double shared, Random random)
    {
        int width = rows[0].Length;
        double total = weights.Sum();
        Component whole = Moments(rows, weights, null, floor, 0, total);
        var shares = new double[rows.Length, count];
        double[][] centres = Spread(rows, weights, count, random);
        for (int n = 0; n < rows.Length; n++) shares[n, Nearest(rows[n], centres)] = 1;

        var components = new Component[count];
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            for (int k = 0; k < count; k++)
            {
                double[] own = [.. weights.Select((w, n) => w * shares[n, k])];
                components[k] = Moments(rows, own, whole.Covariance, floor, shared, total);
            }
            var densities = components.Select(c => new Density(c)).ToArray();
            for (int n = 0; n < rows.Length; n++)
            {
                double[] logs = [.. densities.Select(d => d.LogOf(rows[n]))];
                double top = logs.Max(), sum = logs.Sum(l => Math.Exp(l - top));
                for (int k = 0; k < count; k++) shares[n, k] = Math.Exp(logs[k] - top) / sum;
            }
        }
        return [.. components.OrderByDescending(c => c.Weight)];
    }

    private static Component Moments(double[][] rows, double[] weights, double[,]? borrowed, double floor, double shared, double total)
    {
        int width = rows[0].Length;
        double sum = weights.Sum();
        var mean = new double[width];
        var covariance = new double[width, width];
        for (int n = 0; n < rows.Length; n++)
            for (int i = 0; i < width; i++) mean[i] += rows[n][i] * weights[n] / Math.Max(sum, 1e-12);
        for (int n = 0; n < rows.Length; n++)
        {
            if (weights[n] < 1e-9) continue;
            for (int i = 0; i < width; i++)
                for (int j = 0; j <= i; j++) covariance[i, j] += weights[n] * (rows[n][i] - mean[i]) * (rows[n][j] - mean[j]);
        }
        for (int i = 0; i < width; i++)
            for (int j = 0; j <= i; j++)
            {
                covariance[i, j] = (covariance[i, j] + (borrowed is null ? 0 : shared * borrowed[i, j])) / (sum + (borrowed is null ? 0 : shared));
                if (i == j) covariance[i, i] += floor * floor;
                covariance[j, i] = covariance[i, j];
            }
        return new Component(sum / total, mean, covariance);
    }

    /// <summary>Starts far from each other (k-means++; Arthur, Vassilvitskii 2007).</summary>
    private static double[][] Spread(double[][] rows, double[] weights, int count, Random random)
    {
        var centres = new List<double[]>();
        var distances = Enumerable.Repeat(1.0, rows.Length).ToArray();
        while (centres.Count < count)
        {
            double at = random.NextDouble() * rows.Select((_, n) => weights[n] * distances[n]).Sum();
            int chosen = 0;
            for (; chosen < rows.Length - 1; chosen++)
                if ((at -= weights[chosen] * distances[chosen]) <= 0) break;
            centres.Add(rows[chosen]);
            for (int n = 0; n < rows.Length; n++) distances[n] = centres.Min(c => Square(rows[n], c));
        }
        return [.. centres];
    }

    private static int Nearest(double[] row, double[][] centres) => Enumerable.Range(0, centres.Length).MinBy(k => Square(row, centres[k]));

    private static double Square(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }

    /// <summary>Log-density of one weighted Gaussian, by its axes.</summary>
    private sealed class Density
    {
        private readonly double[] _mean;
        private readonly double[][] _axes;
        private readonly double _constant;

        public Density(Component component)
        {
            _mean = component.Mean;
            _axes = Whitening(component.Covariance, out double logDeterminant);
            _constant = Math.Log(Math.Max(component.Weight, 1e-300)) - (logDeterminant / 2);
        }

        public double LogOf(double[] row)
        {
            double square = 0;
            foreach (double[] axis in _axes)
            {
                double sum = 0;
                for (int i = 0; i < axis.Length; i++) sum += axis[i] * (row[i] - _mean[i]);
                square += sum * sum;
            }
            return _constant - (square / 2);
        }
    }

    /// <summary>Rows along the axes of the ellipsoid, each divided by its standard deviation.</summary>
    public static double[][] Whitening(double[,] covariance, out double logDeterminant)
    {
        (double[] values, double[,] vectors) = SymmetricEigen.Of(covariance);
        logDeterminant = values.Sum(Math.Log);
        int width = values.Length;
        return [.. Enumerable.Range(0, width).Select(k => Enumerable.Range(0, width).Select(i => vectors[i, k] / Math.Sqrt(values[k])).ToArray())];
    }
}
