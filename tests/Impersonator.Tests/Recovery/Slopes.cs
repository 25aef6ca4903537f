using Impersonator.Recovery;

namespace Impersonator.Tests.Recovery;

/// <summary>Derivatives of a fit's cost, checked against differences.</summary>
internal static class Slopes
{
    /// <summary>The gradient that the problem gives agrees with central differences of its cost.</summary>
    /// <param name="problem">The fit.</param>
    /// <param name="state">Where.</param>
    /// <param name="unknowns">How many of the unknowns, from the first.</param>
    public static void AssertAgree(FitProblem problem, FitProblem.State state, int unknowns)
    {
        var gradient = new double[problem.Count];
        problem.Linearise(state, gradient, new double[problem.Count, problem.Count]);
        double largest = gradient.Max(Math.Abs);
        for (int i = 0; i < unknowns; i++)
        {
            const double H = 1e-3;
            var step = new double[problem.Count];
            step[i] = H;
            double forward = problem.Cost(problem.Step(state, step));
            step[i] = -H;
            double slope = (forward - problem.Cost(problem.Step(state, step))) / (2 * H);
            Assert.True(Math.Abs(slope - (2 * gradient[i])) < (0.02 * Math.Abs(slope)) + (2e-3 * largest), $"unknown {i}: {2 * gradient[i]} against {slope}");
        }
    }
}
