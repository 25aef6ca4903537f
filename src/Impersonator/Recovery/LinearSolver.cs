using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Impersonator.Recovery;

/// <summary>Dense positive definite systems by Cholesky's method.</summary>
internal static class LinearSolver
{
    /// <summary>Solves (A + damping · (diag A + ε)) x = −g; null when the matrix is not positive definite.</summary>
    /// <param name="a">[N, N] symmetric; not changed.</param>
    /// <param name="g">[N] gradient.</param>
    /// <param name="damping">Marquardt's factor.</param>
    public static double[]? SolveDamped(double[,] a, double[] g, double damping)
    {
        int n = g.Length;
        var l = new double[n, n];
        Span<double> rows = MemoryMarshal.CreateSpan(ref l[0, 0], l.Length);
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++)
            {
                double sum = i == j ? a[i, i] + (damping * (a[i, i] + 1e-3)) : a[i, j];
                sum -= TensorPrimitives.Dot<double>(rows.Slice(i * n, j), rows.Slice(j * n, j));
                if (i != j) l[i, j] = sum / l[j, j];
                else if (sum > 1e-12 && double.IsFinite(sum)) l[i, i] = Math.Sqrt(sum);
                else return null;
            }
        var x = new double[n];
        for (int i = 0; i < n; i++)
        {
            double sum = -g[i];
            for (int k = 0; k < i; k++) sum -= l[i, k] * x[k];
            x[i] = sum / l[i, i];
        }
        for (int i = n - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < n; k++) x[i] -= l[k, i] * x[k];
            x[i] /= l[i, i];
        }
        return x;
    }
}
