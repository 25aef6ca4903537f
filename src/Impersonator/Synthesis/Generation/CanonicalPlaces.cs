using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Subjects;

namespace Impersonator.Synthesis.Generation;

/// <summary>Where each vertex of a layer lies on the average body: the same numbers on everybody.</summary>
internal static class CanonicalPlaces
{
    /// <summary>Writes the places of a layer's vertices as fractions of the <see cref="CanonicalBox"/>, clamped to 0 … 1.</summary>
    /// <param name="subject">Whose layer.</param>
    /// <param name="layer">Which.</param>
    /// <param name="places">[V] receives the fractions.</param>
    public static void Fill(Subject subject, int layer, Span<Vector3> places)
    {
        Body body = subject.Body;
        Vector3[] average = body.Model.Template.RestPositions;
        SkinnedMesh mesh = subject.Layers[layer].Mesh;
        if (layer == 0 && mesh.VertexCount == average.Length)
        {
            for (int v = 0; v < places.Length; v++) places[v] = Clamped(average[v]);
            return;
        }

        // What is no body surface hangs on joints: it goes along with them from this body to the average one.
        Span<Vector3> joints = stackalloc Vector3[body.RestJoints.Length];
        for (int j = 0; j < joints.Length; j++) joints[j] = body.Model.JointRegressors[j].Of(average);
        float scale = joints[0].Y / MathF.Max(body.HipHeight, 0.1f);
        for (int v = 0; v < places.Length; v++)
        {
            ref readonly JointWeights weights = ref mesh.Weights[v];
            Vector3 place = Vector3.Zero;
            for (int k = 0; k < JointWeights.Count; k++)
                place += (joints[weights.Joint(k)] + ((mesh.RestPositions[v] - body.RestJoints[weights.Joint(k)]) * scale)) * weights.Weight(k);
            places[v] = Clamped(place);
        }
    }

    private static Vector3 Clamped(Vector3 place) => Vector3.Clamp(CanonicalBox.Fraction(place), Vector3.Zero, Vector3.One);
}
