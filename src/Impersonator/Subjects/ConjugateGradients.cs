using System.Runtime.Intrinsics;

namespace Impersonator.Subjects;

/// <summary>Solves A·x = b for a symmetric positive definite A that is only known by what it does to a vector.</summary>
/// <remarks>Hestenes &amp; Stiefel, "Methods of Conjugate Gradients for Solving Linear Systems", 1952.</remarks>
internal static class ConjugateGradients
{
    private const double LeastResidual = 1e-16;

    /// <summary>Solves from a guess.</summary>
    /// <param name="multiply">Writes A·(first) into the second.</param>
    /// <param name="right">[N] b; used up.</param>
    /// <param name="solution">[N] begins with a guess, receives x.</param>
    /// <param name="mostIterations">When to stop at the latest.</param>
    /// <param name="tolerance">Share of the first residual's squared length at which to stop.</param>
    public static void Solve(Action<float[], float[]> multiply, float[] right, float[] solution, int mostIterations, double tolerance)
        => Solve(multiply, right, solution, mostIterations, tolerance, pair: false);

    /// <summary>Solves two systems with the same A at once; their values lie in turns.</summary>
    /// <param name="multiply">Writes A·(first) into the second, for both.</param>
    /// <param name="right">[2·N] used up.</param>
    /// <param name="solution">[2·N] begins with a guess, receives the solutions.</param>
    /// <param name="mostIterations">When to stop at the latest.</param>
    /// <param name="tolerance">Share of each first residual's squared length at which to stop.</param>
    public static void SolveTwo(Action<float[], float[]> multiply, float[] right, float[] solution, int mostIterations, double tolerance)
        => Solve(multiply, right, solution, mostIterations, tolerance, pair: true);

    private static void Solve(Action<float[], float[]> multiply, float[] right, float[] solution, int mostIterations, double tolerance, bool pair)
    {
        var ap = new float[solution.Length];
        multiply(solution, ap);
        float[] r = right;
        for (int i = 0; i < r.Length; i++) r[i] -= ap[i];
        float[] p = [.. r];
        (double First, double Second) rr = Dot(r, r, pair), start = rr;
        bool IsOpen(double now, double first) => now > tolerance * first && now > LeastResidual;
        for (int iteration = 0; iteration < mostIterations; iteration++)
        {
            (bool first, bool second) = (IsOpen(rr.First, start.First), IsOpen(rr.Second, start.Second));
            if (!first && !second) break;
            multiply(p, ap);
            (double First, double Second) pap = Dot(p, ap, pair);
            // One that is solved stays as it is until the other is.
            (float First, float Second) alpha = (first ? (float)(rr.First / pap.First) : 0, second ? (float)(rr.Second / pap.Second) : 0);
            (double First, double Second) next = Step(solution, p, r, ap, alpha, pair);
            Times(p, (first ? (float)(next.First / rr.First) : 0, second ? (float)(next.Second / rr.Second) : 0), r);
            rr = next;
        }
    }

    /// <summary>Products of the values at even and at odd places; all of them twice, if they are not two systems'.</summary>
    private static (double Even, double Odd) Dot(float[] a, float[] b, bool pair)
    {
        int i = 0;
        Vector256<double> low = default, high = default;
        for (; i + Vector256<float>.Count <= a.Length; i += Vector256<float>.Count)
        {
            (Vector256<double> al, Vector256<double> ah) = Vector256.Widen(Vector256.Create<float>(a.AsSpan(i)));
            (Vector256<double> bl, Vector256<double> bh) = Vector256.Widen(Vector256.Create<float>(b.AsSpan(i)));
            low += al * bl;
            high += ah * bh;
        }
        low += high;
        (double even, double odd) = (low[0] + low[2], low[1] + low[3]);
        for (; i < a.Length; i++)
        {
            double product = (double)a[i] * b[i];
            (even, odd) = i % 2 == 0 ? (even + product, odd) : (even, odd + product);
        }
        return pair ? (even, odd) : (even + odd, even + odd);
    }

    /// <summary>solution += factor · p; r −= factor · ap; as <see cref="Dot"/> of the new r: all in one go, as memory is what takes time.</summary>
    private static (double Even, double Odd) Step(float[] solution, float[] p, float[] r, float[] ap, (float Even, float Odd) factor, bool pair)
    {
        int i = 0;
        Vector256<float> factors = InTurns(factor);
        Vector256<double> low = default, high = default;
        for (; i + Vector256<float>.Count <= r.Length; i += Vector256<float>.Count)
        {
            (Vector256.Create<float>(solution.AsSpan(i)) + (factors * Vector256.Create<float>(p.AsSpan(i)))).CopyTo(solution, i);
            Vector256<float> rest = Vector256.Create<float>(r.AsSpan(i)) - (factors * Vector256.Create<float>(ap.AsSpan(i)));
            rest.CopyTo(r, i);
            (Vector256<double> rl, Vector256<double> rh) = Vector256.Widen(rest);
            low += rl * rl;
            high += rh * rh;
        }
        low += high;
        (double even, double odd) = (low[0] + low[2], low[1] + low[3]);
        for (; i < r.Length; i++)
        {
            float own = i % 2 == 0 ? factor.Even : factor.Odd;
            solution[i] += own * p[i];
            r[i] -= own * ap[i];
            double square = (double)r[i] * r[i];
            (even, odd) = i % 2 == 0 ? (even + square, odd) : (even, odd + square);
        }
        return pair ? (even, odd) : (even + odd, even + odd);
    }

    /// <summary>to = factor · to + plus.</summary>
    private static void Times(float[] to, (float Even, float Odd) factor, float[] plus)
    {
        int i = 0;
        Vector256<float> factors = InTurns(factor);
        for (; i + Vector256<float>.Count <= to.Length; i += Vector256<float>.Count)
            (Vector256.Create<float>(plus.AsSpan(i)) + (factors * Vector256.Create<float>(to.AsSpan(i)))).CopyTo(to, i);
        for (; i < to.Length; i++) to[i] = plus[i] + ((i % 2 == 0 ? factor.Even : factor.Odd) * to[i]);
    }

    private static Vector256<float> InTurns((float Even, float Odd) v) => Vector256.Create(v.Even, v.Odd, v.Even, v.Odd, v.Even, v.Odd, v.Even, v.Odd);
}
