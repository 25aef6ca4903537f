using System.Numerics;
using Impersonator.Bodies.Learning;

namespace Impersonator.Training.Evaluation;

/// <summary>The similarity that carries points best onto others.</summary>
internal static class Procrustes
{
    /// <summary>Distances that remain after the best turn, move and scaling (Horn, "Closed-form solution of absolute orientation", 1987).</summary>
    /// <param name="target">[N] where they should be, metres.</param>
    /// <param name="points">[N] the points.</param>
    public static float[] Errors(Vector3[] target, Vector3[] points)
    {
        Vector3 targetMiddle = Middle(target), middle = Middle(points);
        double[,] n = new double[4, 4];
        for (int i = 0; i < points.Length; i++)
        {
            Vector3 a = points[i] - middle, b = target[i] - targetMiddle;
            double xx = a.X * b.X, yy = a.Y * b.Y, zz = a.Z * b.Z;
            double[,] m =
            {
                { xx + yy + zz, (a.Y * b.Z) - (a.Z * b.Y), (a.Z * b.X) - (a.X * b.Z), (a.X * b.Y) - (a.Y * b.X) },
                { 0, xx - yy - zz, (a.X * b.Y) + (a.Y * b.X), (a.Z * b.X) + (a.X * b.Z) },
                { 0, 0, yy - xx - zz, (a.Y * b.Z) + (a.Z * b.Y) },
                { 0, 0, 0, zz - xx - yy },
            };
            for (int r = 0; r < 4; r++)
                for (int c = r; c < 4; c++)
                {
                    n[r, c] += m[r, c];
                    if (c != r) n[c, r] += m[r, c];
                }
        }
        (double[] values, double[,] vectors) = SymmetricEigen.Of(n);
        int best = Array.IndexOf(values, values.Max());
        var turn = Quaternion.Normalize(new Quaternion((float)vectors[1, best], (float)vectors[2, best], (float)vectors[3, best], (float)vectors[0, best]));
        float along = 0, square = 0;
        for (int i = 0; i < points.Length; i++)
        {
            Vector3 turned = Vector3.Transform(points[i] - middle, turn);
            along += Vector3.Dot(turned, target[i] - targetMiddle);
            square += turned.LengthSquared();
        }
        float scale = along / square;
        return [.. points.Select((p, i) => Vector3.Distance(Vector3.Transform(p - middle, turn) * scale, target[i] - targetMiddle))];
    }

    private static Vector3 Middle(Vector3[] points) => points.Aggregate(Vector3.Zero, (sum, p) => sum + p) / points.Length;
}
