namespace Impersonator.Subjects;

/// <summary>A smooth field of numbers on a mesh's vertices that meets wishes where there are some: sparse least squares.</summary>
/// <remarks>
/// Minimises Σ weight · (Σₖ shareₖ·xₖ − wish)² + stretch · Σ (xᵤ − xᵥ)² + bend · Σ (Lx)² + rest · Σ x², by conjugate gradients.
/// Wishes lie at points of triangles, so that an outline's pixels pull at the surface where they are.
/// </remarks>
/// <param name="graph">The mesh's edges.</param>
/// <param name="stretch">What differences between neighbours cost.</param>
/// <param name="bend">What differences from the mean of the neighbours cost: without it a field has kinks at its wishes.</param>
/// <param name="rest">[V] what being other than zero costs.</param>
internal sealed class SmoothField(MeshGraph graph, float stretch, float bend, float[] rest)
{
    private const int MostIterations = 150;

    /// <summary>A wish for a point of the surface.</summary>
    /// <param name="A">First corner of its triangle.</param>
    /// <param name="B">Second corner.</param>
    /// <param name="C">Third corner.</param>
    /// <param name="Shares">Weights of the corners.</param>
    /// <param name="Value">What the field should be there.</param>
    /// <param name="Weight">How sure that is.</param>
    public readonly record struct Wish(int A, int B, int C, System.Numerics.Vector3 Shares, float Value, float Weight);

    /// <summary>Solves for a field, from what it holds.</summary>
    /// <param name="wishes">What should be met.</param>
    /// <param name="field">[V] begins with a guess, receives the solution.</param>
    public void Solve(IReadOnlyList<Wish> wishes, float[] field)
    {
        int n = field.Length;
        var inner = new float[n];
        void Multiply(float[] x, float[] result)
        {
            Parallel.For(0, n, v => inner[v] = Laplacian(x, v));
            Parallel.For(0, n, v => result[v] = (rest[v] * x[v]) + (stretch * inner[v]) + (bend * Laplacian(inner, v)));
            foreach (Wish w in wishes) Add(result, w, w.Weight * At(x, w));
        }
        var right = new float[n];
        foreach (Wish w in wishes) Add(right, w, w.Weight * w.Value);
        ConjugateGradients.Solve(Multiply, right, field, MostIterations, 1e-7);
    }

    private float Laplacian(float[] x, int v)
    {
        float sum = 0;
        foreach (int u in graph.Of(v)) sum += x[v] - x[u];
        return sum;
    }

    private static float At(float[] x, Wish w) => (x[w.A] * w.Shares.X) + (x[w.B] * w.Shares.Y) + (x[w.C] * w.Shares.Z);

    private static void Add(float[] x, Wish w, float value)
    {
        x[w.A] += value * w.Shares.X;
        x[w.B] += value * w.Shares.Y;
        x[w.C] += value * w.Shares.Z;
    }
}
