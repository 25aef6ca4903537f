using System.Numerics;
using System.Runtime.InteropServices;

namespace Impersonator.Subjects;

/// <summary>A smooth field of steps in a plane on a mesh's vertices that meets wishes where there are some: sparse least squares.</summary>
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
    public readonly record struct Wish(int A, int B, int C, Vector3 Shares, Vector2 Value, float Weight);

    /// <summary>Solves for a field, from what it holds.</summary>
    /// <param name="wishes">What should be met.</param>
    /// <param name="field">[V] begins with a guess, receives the solution.</param>
    public void Solve(Wish[] wishes, Vector2[] field)
    {
        var inner = new Vector2[field.Length];
        void Multiply(float[] from, float[] to)
        {
            Span<Vector2> x = MemoryMarshal.Cast<float, Vector2>(from.AsSpan()), result = MemoryMarshal.Cast<float, Vector2>(to.AsSpan());
            graph.Laplacian(x, inner);
            graph.Laplacian(inner, result);
            for (int v = 0; v < result.Length; v++) result[v] = (rest[v] * x[v]) + (stretch * inner[v]) + (bend * result[v]);
            foreach (ref readonly Wish w in wishes.AsSpan()) Add(result, w, w.Weight * At(x, w));
        }
        float[] right = new float[2 * field.Length], solution = [.. MemoryMarshal.Cast<Vector2, float>(field.AsSpan())];
        foreach (ref readonly Wish w in wishes.AsSpan()) Add(MemoryMarshal.Cast<float, Vector2>(right.AsSpan()), w, w.Weight * w.Value);
        ConjugateGradients.SolveTwo(Multiply, right, solution, MostIterations, 1e-5);
        solution.CopyTo(MemoryMarshal.Cast<Vector2, float>(field.AsSpan()));
    }

    private static Vector2 At(Span<Vector2> x, in Wish w) => (x[w.A] * w.Shares.X) + (x[w.B] * w.Shares.Y) + (x[w.C] * w.Shares.Z);

    private static void Add(Span<Vector2> x, in Wish w, Vector2 value)
    {
        x[w.A] += value * w.Shares.X;
        x[w.B] += value * w.Shares.Y;
        x[w.C] += value * w.Shares.Z;
    }
}
