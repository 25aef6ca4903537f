using System.Numerics.Tensors;

namespace Impersonator.Recovery.Capture;

/// <summary>A symmetric positive definite system whose unknowns touch only near ones: Cholesky's method within a band.</summary>
/// <remarks>Source: Golub and Van Loan, "Matrix Computations", section 4.3.5. Time grows with the unknowns times the band squared.</remarks>
internal sealed class BandedSystem
{
    private readonly int _band;
    private readonly double[] _lower, _factor;

    /// <param name="count">Unknowns, N.</param>
    /// <param name="band">Unknowns further apart than this never touch.</param>
    public BandedSystem(int count, int band)
    {
        (Count, _band) = (count, band);
        _lower = new double[checked(count * (band + 1))];
        _factor = new double[_lower.Length];
    }

    /// <summary>N.</summary>
    public int Count { get; }

    /// <summary>All entries become 0.</summary>
    public void Clear() => Array.Clear(_lower);

    /// <summary>Adds to an entry of the lower half: the row is not above the column, and within the band.</summary>
    public void Add(int row, int column, double value) => _lower[At(row, column)] += value;

    /// <summary>Solves (A + damping · (diag A + ε)) x = −g; null when the matrix is not positive definite.</summary>
    /// <param name="gradient">[N].</param>
    /// <param name="damping">Marquardt's factor.</param>
    public double[]? SolveDamped(double[] gradient, double damping)
    {
        for (int i = 0; i < Count; i++)
        {
            int first = Math.Max(0, i - _band);
            for (int j = first; j <= i; j++)
            {
                // Rows of the factor are contiguous: both lie before column j, from the first column that row i has.
                double sum = _lower[At(i, j)] - TensorPrimitives.Dot<double>(_factor.AsSpan(At(i, first), j - first), _factor.AsSpan(At(j, first), j - first));
                if (i != j)
                {
                    _factor[At(i, j)] = sum / _factor[At(j, j)];
                    continue;
                }
                sum += damping * (_lower[At(i, i)] + 1e-3);
                if (!(sum > 1e-12) || !double.IsFinite(sum)) return null;
                _factor[At(i, i)] = Math.Sqrt(sum);
            }
        }
        var x = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            int first = Math.Max(0, i - _band);
            x[i] = (-gradient[i] - TensorPrimitives.Dot<double>(_factor.AsSpan(At(i, first), i - first), x.AsSpan(first, i - first))) / _factor[At(i, i)];
        }
        for (int i = Count - 1; i >= 0; i--)
        {
            x[i] /= _factor[At(i, i)];
            for (int k = Math.Max(0, i - _band); k < i; k++) x[k] -= _factor[At(i, k)] * x[i];
        }
        return x;
    }

    private int At(int row, int column) => (row * (_band + 1)) + column - row + _band;
}
