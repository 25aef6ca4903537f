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
    {
        int n = solution.Length;
        var ap = new float[n];
        multiply(solution, ap);
        float[] r = right;
        double rr = 0;
        for (int i = 0; i < n; i++)
        {
            r[i] -= ap[i];
            rr += (double)r[i] * r[i];
        }
        float[] p = [.. r];
        double start = rr;
        for (int iteration = 0; iteration < mostIterations && rr > tolerance * start && rr > LeastResidual; iteration++)
        {
            multiply(p, ap);
            double pap = 0;
            for (int i = 0; i < n; i++) pap += (double)p[i] * ap[i];
            float alpha = (float)(rr / pap);
            double next = 0;
            for (int i = 0; i < n; i++)
            {
                solution[i] += alpha * p[i];
                r[i] -= alpha * ap[i];
                next += (double)r[i] * r[i];
            }
            float beta = (float)(next / rr);
            rr = next;
            for (int i = 0; i < n; i++) p[i] = r[i] + (beta * p[i]);
        }
    }
}
