using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Rendering;

/// <summary>A posed mesh and what covers it, ready to be drawn.</summary>
/// <param name="Mesh">Topology and texture coordinates.</param>
/// <param name="Posed">[V] places, world space, metres; see <see cref="Skinning"/>.</param>
/// <param name="Texture">Its colours.</param>
public sealed record TexturedMesh(SkinnedMesh Mesh, Vector3[] Posed, Texture Texture)
{
    /// <summary>Draw back faces too: skirts, strands of hair.</summary>
    public bool TwoSided { get; init; }

    /// <summary>[V] what each vertex' colour is multiplied with, or null for none; see <see cref="Relighting"/>.</summary>
    public float[]? Light { get; init; }
}
