using System.Numerics;

namespace Impersonator.Bodies.Learning;

/// <summary>Expresses joints as weighted sums of nearby skin vertices, so that they follow every shape without helper geometry.</summary>
internal static class JointRegression
{
    private const int VerticesPerJoint = 40;

    /// <summary>Weights that sum to 1 and give a joint's place with the least squared error over many bodies.</summary>
    /// <param name="joint">Which of the bodies' joints.</param>
    /// <param name="bodies">Bodies in the T-pose with their joints.</param>
    /// <param name="weights">[V] skinning weights; the ring of vertices where joint and parent meet surrounds the joint.</param>
    /// <param name="vertices">Vertices that may be used.</param>
    public static VertexBlend Fit(int joint, IReadOnlyList<(Vector3[] Vertices, Vector3[] Joints)> bodies, JointWeights[] weights, int[] vertices)
    {
        int parent = Math.Max(0, Skeleton.SmplH.Parents[joint]);
        float Meeting(int v)
        {
            float own = 0, other = 0;
            for (int k = 0; k < JointWeights.Count; k++)
            {
                if (weights[v].Joint(k) == joint) own += weights[v].Weight(k);
                else if (weights[v].Joint(k) == parent || joint == 0) other += weights[v].Weight(k);
            }
            return MathF.Min(own, other);
        }
        Vector3 place = bodies[0].Joints[joint];
        int[] ring = [.. vertices.Select(v => (Vertex: v, Score: Meeting(v) - Vector3.Distance(bodies[0].Vertices[v], place)))
            .OrderByDescending(x => x.Score).ThenBy(x => x.Vertex).Take(4 * VerticesPerJoint).Where((_, i) => i % 4 == 0).Select(x => x.Vertex)];

        // Normal equations relative to the ring's mean, with a pull towards equal weights; the sum of 1 as a stiff row.
        int n = ring.Length;
        var a = new double[n, n];
        var b = new double[n];
        foreach ((Vector3[] positions, Vector3[] joints) in bodies)
        {
            Vector3 middle = Vector3.Zero;
            foreach (int v in ring) middle += positions[v] / n;
            Vector3 target = joints[joint] - middle;
            for (int i = 0; i < n; i++)
            {
                Vector3 p = positions[ring[i]] - middle;
                b[i] += Vector3.Dot(p, target);
                for (int k = 0; k <= i; k++) a[i, k] += Vector3.Dot(p, positions[ring[k]] - middle);
            }
        }
        double ridge = 1e-5 * bodies.Count, stiff = 1e3 * bodies.Count;
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < i; k++) a[k, i] = a[i, k];
            a[i, i] += ridge;
            b[i] += ridge / n;
        }
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < n; k++) a[i, k] += stiff;
            b[i] += stiff;
        }
        double[] w = SolvePositiveDefinite(a, b);
        double sum = w.Sum();
        return new VertexBlend([.. ring], [.. w.Select(x => (float)(x / sum))]);
    }

    /// <summary>Cholesky.</summary>
    private static double[] SolvePositiveDefinite(double[,] a, double[] b)
    {
        int n = b.Length;
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++)
            {
                double sum = a[i, j];
                for (int k = 0; k < j; k++) sum -= a[i, k] * a[j, k];
                a[i, j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / a[j, j];
            }
        var x = (double[])b.Clone();
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < i; k++) x[i] -= a[i, k] * x[k];
            x[i] /= a[i, i];
        }
        for (int i = n - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < n; k++) x[i] -= a[k, i] * x[k];
            x[i] /= a[i, i];
        }
        return x;
    }
}
