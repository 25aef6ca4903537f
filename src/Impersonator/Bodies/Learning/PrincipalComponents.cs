using System.Numerics.Tensors;

namespace Impersonator.Bodies.Learning;

/// <summary>Principal components of many long rows.</summary>
internal static class PrincipalComponents
{
    /// <summary>The strongest directions of centred rows, each scaled to one standard deviation.</summary>
    /// <remarks>Randomised subspace iteration (Halko, Martinsson, Tropp 2011): rows × rows never has to exist.</remarks>
    /// <param name="rows">[N][D] rows with zero mean.</param>
    /// <param name="count">K, how many.</param>
    /// <param name="iterations">Passes over the rows; 8 settle 32 components of bodies to the last micrometre.</param>
    /// <param name="random">Start directions.</param>
    /// <returns>[K][D] components, strongest first.</returns>
    public static float[][] Of(float[][] rows, int count, int iterations, Random random)
    {
        int width = rows[0].Length, extra = count + 8;
        var basis = new float[extra][];
        for (int k = 0; k < extra; k++)
        {
            basis[k] = new float[width];
            for (int i = 0; i < width; i++) basis[k][i] = (random.NextSingle() * 2) - 1;
        }
        Orthonormalise(basis);
        var scores = new float[rows.Length][];
        for (int step = 0; ; step++)
        {
            Parallel.For(0, rows.Length, n => scores[n] = [.. basis.Select(b => TensorPrimitives.Dot<float>(rows[n], b))]);
            if (step == iterations) break;
            var next = new float[extra][];
            Parallel.For(0, extra, k =>
            {
                next[k] = new float[width];
                for (int n = 0; n < rows.Length; n++) TensorPrimitives.MultiplyAdd<float>(rows[n], scores[n][k], next[k], next[k]);
            });
            basis = next;
            Orthonormalise(basis);
        }

        // The basis spans the strongest directions; rotate it onto them by the small covariance of the scores.
        var covariance = new double[extra, extra];
        foreach (float[] score in scores)
            for (int a = 0; a < extra; a++)
                for (int b = 0; b < extra; b++) covariance[a, b] += (double)score[a] * score[b] / rows.Length;
        (double[] values, double[,] vectors) = SymmetricEigen.Of(covariance);
        int[] order = [.. Enumerable.Range(0, extra).OrderByDescending(k => values[k]).Take(count)];
        var components = new float[count][];
        Parallel.For(0, count, k =>
        {
            var component = components[k] = new float[width];
            for (int a = 0; a < extra; a++) TensorPrimitives.MultiplyAdd<float>(basis[a], (float)vectors[a, order[k]], component, component);
            TensorPrimitives.Multiply<float>(component, (float)Math.Sqrt(Math.Max(0, values[order[k]])), component);
        });
        return components;
    }

    private static void Orthonormalise(float[][] rows)
    {
        // Twice is enough (Kahan): the second pass removes what rounding left.
        for (int pass = 0; pass < 2; pass++)
            for (int k = 0; k < rows.Length; k++)
            {
                for (int j = 0; j < k; j++) TensorPrimitives.MultiplyAdd<float>(rows[j], -TensorPrimitives.Dot<float>(rows[j], rows[k]), rows[k], rows[k]);
                TensorPrimitives.Divide<float>(rows[k], TensorPrimitives.Norm<float>(rows[k]), rows[k]);
            }
    }
}
