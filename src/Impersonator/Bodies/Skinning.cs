using System.Numerics;

namespace Impersonator.Bodies;

/// <summary>Bends a mesh from its rest pose into another by linear blend skinning.</summary>
/// <remarks>
/// <c>posed = Σₖ weightₖ · (rest · posedFromRestₖ)</c>, row vectors as in System.Numerics. Source: Magnenat-Thalmann
/// et al., "Joint-Dependent Local Deformations", Graphics Interface 1988. V = vertices, J = joints.
/// </remarks>
public static class Skinning
{
    /// <summary>Writes the posed position of every vertex.</summary>
    /// <param name="mesh">Rest positions and weights.</param>
    /// <param name="posedFromRest">[J] one transform per joint, root first; see <see cref="Kinematics.PosedFromRest"/>.</param>
    /// <param name="posed">[V] receives positions, metres, world space.</param>
    /// <exception cref="ArgumentException">A length is not the mesh's V, or a weight names a joint that is not there.</exception>
    public static void Apply(SkinnedMesh mesh, ReadOnlySpan<Matrix4x4> posedFromRest, Span<Vector3> posed)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        if (posed.Length != mesh.VertexCount)
            throw new ArgumentException($"Room for {posed.Length} of {mesh.VertexCount} vertices; allocate VertexCount.", nameof(posed));

        for (int v = 0; v < posed.Length; v++)
        {
            // Blend the matrices, not the results: one transform per vertex instead of four.
            ref readonly JointWeights w = ref mesh.Weights[v];
            Matrix4x4 blended = posedFromRest[w.Joint0] * w.Weight0;
            if (w.Weight1 != 0) blended += posedFromRest[w.Joint1] * w.Weight1;
            if (w.Weight2 != 0) blended += posedFromRest[w.Joint2] * w.Weight2;
            if (w.Weight3 != 0) blended += posedFromRest[w.Joint3] * w.Weight3;
            posed[v] = Vector3.Transform(mesh.RestPositions[v], blended);
        }
    }
}
