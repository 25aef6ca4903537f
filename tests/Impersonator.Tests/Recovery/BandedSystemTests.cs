using Impersonator.Recovery;
using Impersonator.Recovery.Capture;

namespace Impersonator.Tests.Recovery;

public sealed class BandedSystemTests
{
    [Fact]
    public void SolveDamped_AsTheDenseSolver_GivesTheSameAnswer()
    {
        const int Count = 40, Band = 7;
        var random = new Random(3);
        var banded = new BandedSystem(Count, Band);
        var dense = new double[Count, Count];
        var gradient = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            gradient[i] = random.NextDouble() - 0.5;
            for (int j = Math.Max(0, i - Band); j <= i; j++)
            {
                double value = i == j ? 2 * Band : random.NextDouble() - 0.5;
                banded.Add(i, j, value);
                dense[i, j] = dense[j, i] = value;
            }
        }
        double[] expected = LinearSolver.SolveDamped(dense, gradient, 0.01)!, found = banded.SolveDamped(gradient, 0.01)!;
        for (int i = 0; i < Count; i++) Assert.Equal(expected[i], found[i], 1e-12);
    }

    [Fact]
    public void SolveDamped_NotPositiveDefinite_SaysSo()
    {
        var banded = new BandedSystem(2, 1);
        banded.Add(0, 0, 1);
        banded.Add(1, 0, 2);
        banded.Add(1, 1, 1);
        Assert.Null(banded.SolveDamped([1, 1], 0));
    }
}
