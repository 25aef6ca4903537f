namespace Impersonator.Subjects.Matting;

/// <summary>One part of a mixture: share, mean, and covariance as the inverse of its Cholesky factor.</summary>
internal sealed class Gaussian
{
    private const int D = ColourMixture.Dimensions;

    // Camera noise and compression: no colour is known better than 2 % of the range.
    private const double LeastDeviation = 0.02;

    private readonly float[] _mean = new float[D], _whitening = new float[D * (D + 1) / 2], _axis = new float[D];
    private readonly float _logScale;

    private Gaussian(GaussianSums sums, double total)
    {
        var covariance = new double[D, D];
        for (int i = 0; i < D; i++) _mean[i] = (float)(sums.First[i] / sums.Weight);
        for (int i = 0; i < D; i++)
            for (int j = 0; j <= i; j++)
                covariance[i, j] = covariance[j, i] = (sums.Second[i, j] / sums.Weight) - (sums.First[i] * sums.First[j] / (sums.Weight * sums.Weight));
        for (int i = 0; i < D; i++) covariance[i, i] += LeastDeviation * LeastDeviation;
        Spread = sums.Weight * PrincipalAxis(covariance);

        double[,] inverse = InverseCholesky(covariance, out double logDeterminant);
        for (int i = 0, at = 0; i < D; i++)
            for (int j = 0; j <= i; j++) _whitening[at++] = (float)inverse[i, j];
        _logScale = (float)(Math.Log(sums.Weight / total) - (0.5 * logDeterminant) - (0.5 * D * Math.Log(2 * Math.PI)));
    }

    /// <summary>Weight times the variance along the principal axis.</summary>
    public double Spread { get; }

    public static Gaussian Of(GaussianSums sums, double total) => new(sums, total);

    /// <summary>The Gaussian of the samples that belong to an owner.</summary>
    public static Gaussian Fit(ReadOnlySpan<float> samples, ReadOnlySpan<int> owner, int which)
    {
        var sums = new GaussianSums();
        for (int i = 0; i < owner.Length; i++)
            if (owner[i] == which) sums.Add(samples.Slice(i * D, D), 1);
        return new Gaussian(sums, owner.Length);
    }

    /// <summary>On the far side of the mean along the principal axis.</summary>
    public bool IsBeyondMean(ReadOnlySpan<float> sample)
    {
        float along = 0;
        for (int i = 0; i < D; i++) along += (sample[i] - _mean[i]) * _axis[i];
        return along > 0;
    }

    /// <summary>Logarithm of share times density.</summary>
    public float LogDensity(ReadOnlySpan<float> sample)
    {
        float squared = 0;
        for (int i = 0, at = 0; i < D; i++)
        {
            float white = 0;
            for (int j = 0; j <= i; j++) white += _whitening[at++] * (sample[j] - _mean[j]);
            squared += white * white;
        }
        return _logScale - (0.5f * squared);
    }

    // By power iteration; returns the variance along it.
    private double PrincipalAxis(double[,] covariance)
    {
        double[] axis = [.. Enumerable.Range(0, D).Select(i => 1.0 + (0.1 * i))];
        double length = 0;
        for (int round = 0; round < 20; round++)
        {
            var next = new double[D];
            for (int i = 0; i < D; i++)
                for (int j = 0; j < D; j++) next[i] += covariance[i, j] * axis[j];
            length = Math.Sqrt(next.Sum(v => v * v));
            for (int i = 0; i < D; i++) axis[i] = next[i] / length;
        }
        for (int i = 0; i < D; i++) _axis[i] = (float)axis[i];
        return length;
    }

    private static double[,] InverseCholesky(double[,] covariance, out double logDeterminant)
    {
        var lower = new double[D, D];
        logDeterminant = 0;
        for (int i = 0; i < D; i++)
            for (int j = 0; j <= i; j++)
            {
                double sum = covariance[i, j];
                for (int k = 0; k < j; k++) sum -= lower[i, k] * lower[j, k];
                lower[i, j] = i == j ? Math.Sqrt(sum) : sum / lower[j, j];
                if (i == j) logDeterminant += 2 * Math.Log(lower[i, i]);
            }
        var inverse = new double[D, D];
        for (int column = 0; column < D; column++)
            for (int i = column; i < D; i++)
            {
                double sum = i == column ? 1 : 0;
                for (int k = column; k < i; k++) sum -= lower[i, k] * inverse[k, column];
                inverse[i, column] = sum / lower[i, i];
            }
        return inverse;
    }
}
