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

    [Fact]
    public void SolveTwo_TwoSystems_AreSolvedAsEachAlone()
    {
        const int Count = 21;
        var random = new Random(3);
        float[] diagonal = [.. Enumerable.Range(0, Count).Select(_ => 2.5f + random.NextSingle())];
        float Times(ReadOnlySpan<float> v, int i, int step, int from) => (diagonal[i] * v[(step * i) + from]) - (i > 0 ? v[(step * (i - 1)) + from] : 0) - (i + 1 < Count ? v[(step * (i + 1)) + from] : 0);
        float[] first = [.. Enumerable.Range(0, Count).Select(_ => random.NextSingle())], second = [.. Enumerable.Range(0, Count).Select(_ => 100 * random.NextSingle())];
        var (one, two, both) = (new float[Count], new float[Count], new float[2 * Count]);
        float[] together = [.. first.Zip(second).SelectMany(p => (float[])[p.First, p.Second])];
        void Alone(float[] v, float[] result)
        {
            for (int i = 0; i < Count; i++) result[i] = Times(v, i, 1, 0);
        }
        ConjugateGradients.Solve(Alone, first, one, 60, 1e-13);
        ConjugateGradients.Solve(Alone, second, two, 60, 1e-13);
        ConjugateGradients.SolveTwo((v, result) =>
        {
            for (int i = 0; i < Count; i++) (result[2 * i], result[(2 * i) + 1]) = (Times(v, i, 2, 0), Times(v, i, 2, 1));
        }, together, both, 60, 1e-13);
        for (int i = 0; i < Count; i++)
        {
            Assert.Equal(one[i], both[2 * i], 1e-4f);
            Assert.Equal(two[i], both[(2 * i) + 1], 1e-3f);
        }
    }
}
