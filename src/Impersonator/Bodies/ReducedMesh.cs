using System.Collections.Immutable;
using Impersonator.Bodies.Learning;

namespace Impersonator.Bodies;

/// <summary>A coarse mesh over some of a model's vertices, for fitting and for views from afar.</summary>
/// <remarks>
/// Vertices keep their rest places, weights and texture coordinates, so the coarse body moves as the fine one does. R vertices, T triangles.
/// It is as watertight as the template; the vertices of keypoints and landmarks are among its own.
/// </remarks>
public sealed class ReducedMesh
{
    /// <summary>R of our own model.</summary>
    public const int VertexTarget = 3500;

    /// <param name="vertices">[R] vertices of the template, rising.</param>
    /// <param name="triangles">[3·T] corners, indices into <paramref name="vertices"/>.</param>
    /// <param name="texcoordTriangles">[3·T] the template's texture coordinates.</param>
    internal ReducedMesh(ImmutableArray<int> vertices, int[] triangles, int[] texcoordTriangles) => (Vertices, Triangles, TexcoordTriangles) = (vertices, triangles, texcoordTriangles);

    /// <summary>[R] vertices of the template, rising.</summary>
    public ImmutableArray<int> Vertices { get; }

    /// <summary>[3·T] corners, indices into <see cref="Vertices"/>.</summary>
    public int[] Triangles { get; }

    /// <summary>[3·T] corners, indices into the template's texture coordinates.</summary>
    public int[] TexcoordTriangles { get; }

    /// <summary>T.</summary>
    public int TriangleCount => Triangles.Length / 3;

    /// <summary>The coarse mesh of a body, clothed or not.</summary>
    /// <param name="full">A mesh with the template's vertices.</param>
    /// <exception cref="ArgumentException">It has fewer vertices or texture coordinates than the template.</exception>
    public SkinnedMesh Of(SkinnedMesh full)
    {
        ArgumentNullException.ThrowIfNull(full);
        if (full.VertexCount <= Vertices[^1]) throw new ArgumentException($"A mesh of {full.VertexCount} vertices has no vertex {Vertices[^1]}; give one with the template's vertices.", nameof(full));
        return full.Subset(Vertices, Triangles, TexcoordTriangles);
    }

    /// <summary>Chooses vertices of a template.</summary>
    /// <param name="template">The fine mesh.</param>
    /// <param name="landmarks">Points that must not move; those that many vertices carry (joints) do not count.</param>
    /// <param name="vertexCount">R to aim at.</param>
    internal static ReducedMesh Of(SkinnedMesh template, IEnumerable<Landmark> landmarks, int vertexCount = VertexTarget)
    {
        const int Few = 4;
        (int[] triangles, int[] texcoords) = MeshDecimation.Reduce(template, vertexCount, landmarks.Where(l => l.Rest.Vertices.Length <= Few).SelectMany(l => l.Rest.Vertices));
        int[] vertices = [.. triangles.Distinct().Order()];
        var index = new int[template.VertexCount];
        for (int i = 0; i < vertices.Length; i++) index[vertices[i]] = i;
        return new ReducedMesh([.. vertices], [.. triangles.Select(v => index[v])], texcoords);
    }
}
