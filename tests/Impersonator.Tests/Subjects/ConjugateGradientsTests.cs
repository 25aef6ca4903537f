using Impersonator.Subjects;

namespace Impersonator.Tests.Subjects;

public sealed class ConjugateGradientsTests
{
    [Fact]
    public void Solve_ThreeUnknowns_MeetsTheKnownAnswerFromAnyGuess()
    {
        float[,] a = { { 4, 1, 0 }, { 1, 3, -1 }, { 0, -1, 2 } };
        float[] x = [1, -2, 3], guess = [5, 5, 5];
        float[] Times(float[] v) => [.. Enumerable.Range(0, 3).Select(i => (a[i, 0] * v[0]) + (a[i, 1] * v[1]) + (a[i, 2] * v[2]))];
        ConjugateGradients.Solve((v, result) => Times(v).CopyTo(result, 0), Times(x), guess, 10, 1e-12);
        for (int i = 0; i < 3; i++) Assert.Equal(x[i], guess[i], 4);
    }

    [Fact]
    public void Solve_AtTheSolution_LeavesIt()
    {
        float[] x = [1, 2];
        ConjugateGradients.Solve((v, result) => v.CopyTo(result, 0), [1, 2], x, 10, 1e-12);
        Assert.Equal([1f, 2f], x);
    }
}
