using System.Collections.Immutable;
using System.Numerics;

namespace Impersonator.Bodies;

/// <summary>A triangle mesh in the rest pose that follows a skeleton: a body, a clothed body, a skirt.</summary>
/// <remarks>
/// Geometry and texture have their own indices, because a UV seam splits texture coordinates but not the surface: corner c of
/// triangle t lies at <c>RestPositions[Triangles[3t + c]]</c> and at <c>Texcoords[TexcoordTriangles[3t + c]]</c>.
/// V vertices, U texture coordinates, T triangles. Front faces are counter-clockwise seen from outside.
/// </remarks>
public sealed class SkinnedMesh
{
    private readonly Lazy<LimbTwist> _twist;
    private readonly Lazy<LimbWeights> _limbs;
    private readonly PoseCorrectives? _correctives;

    /// <summary>Checks and keeps the arrays; they are not copied and must not be changed afterwards.</summary>
    /// <exception cref="ArgumentException">Lengths or indices do not fit each other.</exception>
    public SkinnedMesh(Vector3[] restPositions, JointWeights[] weights, BodyPart[] parts, int[] triangles, Vector2[] texcoords, int[] texcoordTriangles)
        : this(restPositions, weights, parts, triangles, texcoords, texcoordTriangles, null, null) { }

    private SkinnedMesh(Vector3[] restPositions, JointWeights[] weights, BodyPart[] parts, int[] triangles, Vector2[] texcoords, int[] texcoordTriangles, Lazy<LimbTwist>? twist, Lazy<LimbWeights>? limbs)
    {
        ArgumentNullException.ThrowIfNull(restPositions);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(triangles);
        ArgumentNullException.ThrowIfNull(texcoords);
        ArgumentNullException.ThrowIfNull(texcoordTriangles);
        if (weights.Length != restPositions.Length || parts.Length != restPositions.Length)
            throw new ArgumentException($"{weights.Length} weights and {parts.Length} parts for {restPositions.Length} vertices.");
        if (triangles.Length % 3 != 0 || texcoordTriangles.Length != triangles.Length)
            throw new ArgumentException($"{triangles.Length} corners, {texcoordTriangles.Length} texture corners; both are 3 per triangle.");
        foreach (int v in triangles)
            if ((uint)v >= (uint)restPositions.Length) throw new ArgumentException($"A triangle names vertex {v} of {restPositions.Length}.");
        foreach (int u in texcoordTriangles)
            if ((uint)u >= (uint)texcoords.Length) throw new ArgumentException($"A triangle names texture coordinate {u} of {texcoords.Length}.");
        (RestPositions, Weights, Parts) = (restPositions, weights, parts);
        (Triangles, Texcoords, TexcoordTriangles) = (triangles, texcoords, texcoordTriangles);
        _limbs = limbs ?? new(() => new LimbWeights(Weights));
        _twist = twist ?? new(() => new LimbTwist(this, _limbs.Value));
    }

    /// <summary>[V] metres, body space, T-pose.</summary>
    public Vector3[] RestPositions { get; }

    /// <summary>[V] joints and weights.</summary>
    public JointWeights[] Weights { get; }

    /// <summary>[V] the part of the body that a vertex belongs to.</summary>
    public BodyPart[] Parts { get; }

    /// <summary>[T·3] vertex of each corner.</summary>
    public int[] Triangles { get; }

    /// <summary>[U] texture coordinates, (0, 0) = the first texel's corner (top left), (1, 1) = bottom right.</summary>
    public Vector2[] Texcoords { get; }

    /// <summary>[T·3] texture coordinate of each corner.</summary>
    public int[] TexcoordTriangles { get; }

    /// <summary>What a pose does to the rest positions before they are bent; null in our own model. A mesh that has them is bent by linear blend skinning.</summary>
    /// <exception cref="ArgumentException">They are another mesh's.</exception>
    public PoseCorrectives? Correctives
    {
        get => _correctives;
        init => _correctives = value is null || value.VertexCount == VertexCount ? value : throw new ArgumentException($"Correctives of {value.VertexCount} vertices for {VertexCount}.", nameof(value));
    }

    /// <summary>Where the limbs are; found when first skinned.</summary>
    internal LimbTwist Twist => _twist.Value;

    /// <summary>Some of the vertices with triangles of their own; they are bent as they are here.</summary>
    /// <param name="vertices">[R] vertices to take.</param>
    /// <param name="triangles">[3·T] corners, indices into <paramref name="vertices"/>.</param>
    /// <param name="texcoordTriangles">[3·T] indices into <see cref="Texcoords"/>.</param>
    internal SkinnedMesh Subset(ImmutableArray<int> vertices, int[] triangles, int[] texcoordTriangles)
    {
        T[] Taken<T>(T[] all) => [.. vertices.Select(v => all[v])];
        return new SkinnedMesh(Taken(RestPositions), Taken(Weights), Taken(Parts), triangles, Texcoords, texcoordTriangles, new(() => new LimbTwist(Twist, vertices)), null) { Correctives = Correctives?.Subset(vertices) };
    }

    /// <summary>V.</summary>
    public int VertexCount => RestPositions.Length;

    /// <summary>T.</summary>
    public int TriangleCount => Triangles.Length / 3;

    /// <summary>The same mesh with other rest positions.</summary>
    public SkinnedMesh WithRestPositions(Vector3[] restPositions) => new(restPositions, Weights, Parts, Triangles, Texcoords, TexcoordTriangles, null, _limbs) { Correctives = Correctives };
}
