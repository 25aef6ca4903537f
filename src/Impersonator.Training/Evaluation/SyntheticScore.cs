using System.Numerics;

namespace Impersonator.Training.Evaluation;

/// <summary>How far what was recovered of one painted person is from the truth.</summary>
/// <param name="Offsets">[24] joints minus the true ones, both from their pelvis, metres: x right, y down, z away from the camera.</param>
/// <param name="Aligned">[24] distances of the joints once turned, scaled and moved onto the true ones, metres.</param>
/// <param name="Vertices">Mean distance of the skin's vertices, both from their pelvis, metres.</param>
internal sealed record SyntheticScore(Vector3[] Offsets, float[] Aligned, float Vertices)
{
    /// <summary>Mean distance of the joints, metres.</summary>
    public float Joints => Offsets.Average(o => o.Length());

    /// <summary>Compares two bodies.</summary>
    /// <exception cref="ArgumentException">They have other numbers of joints or vertices.</exception>
    public static SyntheticScore Of(PlacedBody truth, PlacedBody found)
    {
        if (truth.Joints.Length != found.Joints.Length || truth.Vertices.Length != found.Vertices.Length)
            throw new ArgumentException($"{found.Joints.Length} joints and {found.Vertices.Length} vertices for {truth.Joints.Length} and {truth.Vertices.Length}.", nameof(found));
        Vector3 move = truth.Joints[0] - found.Joints[0];
        float skin = 0;
        for (int v = 0; v < truth.Vertices.Length; v++) skin += Vector3.Distance(found.Vertices[v] + move, truth.Vertices[v]) / truth.Vertices.Length;
        return new SyntheticScore([.. found.Joints.Select((p, j) => p + move - truth.Joints[j])], Procrustes.Errors(truth.Joints, found.Joints), skin);
    }
}
