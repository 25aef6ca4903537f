namespace Impersonator.Recovery.Capture;

/// <summary>Finds what all frames of a clip share, shape, focal length, the camera's pitch and the ground, together with the poses of some of them.</summary>
/// <remarks>
/// Gauss–Newton; each frame's own unknowns are eliminated from its normal equations (Schur's complement), which leaves a few shared ones.
/// Feet are drawn to one ground from farther and farther less: a wrong pitch puts near and far feet on different heights.
/// </remarks>
internal static class SharedFit
{
    private const int Own = FitProblem.PoseCount;

    /// <summary>How far from the ground feet that stand may seem at first and at last, metres, and steps at each.</summary>
    private static readonly float[] Spreads = [0.2f, 0.1f, 0.05f, 0.025f];
    private const int StepsEach = 3;

    /// <summary>The states of some frames, of one shape, camera and ground.</summary>
    /// <param name="problems">[F] what was seen in each.</param>
    /// <param name="states">[F] of one shape, camera and ground.</param>
    /// <param name="token">Stops between steps.</param>
    public static FitProblem.State[] Solve(FitProblem[] problems, FitProblem.State[] states, CancellationToken token)
    {
        double damping = 1e-3;
        foreach (float spread in Spreads)
        {
            foreach (FitProblem problem in problems) problem.ContactSpread = spread;
            for (int i = 0; i < StepsEach; i++)
            {
                token.ThrowIfCancellationRequested();
                (states, damping) = Step(problems, states, damping);
            }
        }
        return states;
    }

    private static (FitProblem.State[] States, double Damping) Step(FitProblem[] problems, FitProblem.State[] states, double damping)
    {
        int frames = states.Length, all = problems[0].Count, shared = all - Own;
        var gradients = new double[frames][];
        var matrices = new double[frames][,];
        var costs = new double[frames];
        Parallel.For(0, frames, f =>
        {
            (gradients[f], matrices[f]) = (new double[all], new double[all, all]);
            costs[f] = problems[f].Linearise(states[f], gradients[f], matrices[f]);
        });
        double cost = costs.Sum();
        for (; damping < 1e4; damping *= 10)
        {
            var reduced = new (double[,] Matrix, double[] Gradient)[frames];
            double now = damping;
            Parallel.For(0, frames, f => reduced[f] = Reduced(matrices[f], gradients[f], shared, now));
            var matrix = new double[shared, shared];
            var gradient = new double[shared];
            foreach ((double[,] m, double[] g) in reduced)
                for (int i = 0; i < shared; i++)
                {
                    gradient[i] += g[i];
                    for (int k = 0; k < shared; k++) matrix[i, k] += m[i, k];
                }
            if (LinearSolver.SolveDamped(matrix, gradient, damping) is not { } common) continue;
            var next = new FitProblem.State[frames];
            Parallel.For(0, frames, f =>
            {
                var right = new double[Own];
                for (int i = 0; i < Own; i++)
                {
                    right[i] = gradients[f][i];
                    for (int k = 0; k < shared; k++) right[i] += matrices[f][i, Own + k] * common[k];
                }
                double[] own = LinearSolver.SolveDamped(matrices[f], right, now) ?? new double[Own];
                next[f] = problems[f].Step(states[f], [.. own, .. common]);
                costs[f] = problems[f].Cost(next[f]);
            });
            if (costs.Sum() < cost) return (next, Math.Max(1e-6, damping / 10));
        }
        return (states, 1e-3);
    }

    /// <summary>A frame's normal equations without its own unknowns.</summary>
    private static (double[,] Matrix, double[] Gradient) Reduced(double[,] matrix, double[] gradient, int shared, double damping)
    {
        // Forward elimination of the own unknowns in [A B g; Bᵀ C h]; what is left of C and h is the complement.
        int all = Own + shared;
        var a = new double[all, all + 1];
        for (int i = 0; i < all; i++)
        {
            for (int k = 0; k < all; k++) a[i, k] = matrix[i, k];
            a[i, all] = gradient[i];
            if (i < Own) a[i, i] += damping * (matrix[i, i] + 1e-3);
        }
        for (int p = 0; p < Own; p++)
            for (int i = p + 1; i < all; i++)
            {
                double factor = a[i, p] / a[p, p];
                if (factor == 0) continue;
                for (int k = p; k <= all; k++) a[i, k] -= factor * a[p, k];
            }
        var left = new double[shared, shared];
        var right = new double[shared];
        for (int i = 0; i < shared; i++)
        {
            right[i] = a[Own + i, all];
            for (int k = 0; k < shared; k++) left[i, k] = a[Own + i, Own + k];
        }
        return (left, right);
    }
}
