namespace Impersonator.Bodies.Learning;

/// <summary>Fits <see cref="PhenotypeMap"/> to drawn people by ridge regression.</summary>
internal static class PhenotypeRegression
{
    private const double Ridge = 1e-4;

    /// <summary>The map that fits people best.</summary>
    /// <param name="phenotypes">[N] their traits.</param>
    /// <param name="shapes">[N][K] their shape coefficients.</param>
    public static PhenotypeMap Fit(Phenotype[] phenotypes, float[][] shapes) => new(
        [.. Solve([.. phenotypes.Select(p => PhenotypeMap.Features(p))], shapes)],
        [.. Solve([.. shapes.Select(s => PhenotypeMap.Features(s))], [.. phenotypes.Select(PhenotypeMap.Traits)])]);

    /// <summary>Mean absolute errors of the traits that the map reads off shapes, in words.</summary>
    public static string Errors(PhenotypeMap map, Phenotype[] phenotypes, float[][] shapes)
    {
        Phenotype[] read = [.. shapes.Select(s => map.PhenotypeOf(new Shape([.. s])))];
        float Mean(Func<Phenotype, float> trait) => phenotypes.Zip(read, (a, b) => MathF.Abs(trait(a) - trait(b))).Average();
        return FormattableString.Invariant($"gender {Mean(p => p.Gender):F2}, age {Mean(p => p.Age):F1} years, weight {Mean(p => p.Weight):F2}, muscle {Mean(p => p.Muscle):F2}, height {Mean(p => p.Height):F2}, proportions {Mean(p => p.Proportions):F2}");
    }

    /// <summary>[F·M] weights with the least squared error, by normal equations.</summary>
    private static float[] Solve(float[][] features, float[][] targets)
    {
        int n = features[0].Length, m = targets[0].Length;
        var a = new double[n, n];
        var b = new double[n, m];
        for (int r = 0; r < features.Length; r++)
            for (int i = 0; i < n; i++)
            {
                double x = features[r][i];
                for (int k = 0; k <= i; k++) a[i, k] += x * features[r][k];
                for (int k = 0; k < m; k++) b[i, k] += x * targets[r][k];
            }
        for (int i = 0; i < n; i++) a[i, i] += Ridge * features.Length;

        // Cholesky, then both triangles.
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++)
            {
                double sum = a[i, j];
                for (int k = 0; k < j; k++) sum -= a[i, k] * a[j, k];
                a[i, j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / a[j, j];
            }
        var weights = new float[n * m];
        for (int c = 0; c < m; c++)
        {
            for (int i = 0; i < n; i++)
            {
                for (int k = 0; k < i; k++) b[i, c] -= a[i, k] * b[k, c];
                b[i, c] /= a[i, i];
            }
            for (int i = n - 1; i >= 0; i--)
            {
                for (int k = i + 1; k < n; k++) b[i, c] -= a[k, i] * b[k, c];
                b[i, c] /= a[i, i];
                weights[(i * m) + c] = (float)b[i, c];
            }
        }
        return weights;
    }
}
