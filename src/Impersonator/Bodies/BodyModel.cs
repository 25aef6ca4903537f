using System.Collections.Immutable;
using System.Numerics;

namespace Impersonator.Bodies;

/// <summary>A learned family of bodies: template, shape components, joints that follow the shape, skinning weights.</summary>
/// <remarks>V vertices, J joints, K components. Rest pose is a T-pose; joint frames are parallel to the body's axes, as SMPL's are.</remarks>
public sealed partial class BodyModel
{
    private ReducedMesh? _reduced;

    /// <summary>The joints.</summary>
    public required Skeleton Skeleton { get; init; }

    /// <summary>The average body: topology, UV map, weights, parts; rest positions of the average shape, feet on y = 0.</summary>
    public required SkinnedMesh Template { get; init; }

    /// <summary>[K][V] offset of every vertex for one standard deviation of each component, metres.</summary>
    public required ImmutableArray<Vector3[]> Components { get; init; }

    /// <summary>[J] rest place of each joint as a weighted sum of rest vertices.</summary>
    public required ImmutableArray<VertexBlend> JointRegressors { get; init; }

    /// <summary>[17] where each <see cref="Keypoint"/> sits.</summary>
    public required ImmutableArray<Landmark> Keypoints { get; init; }

    /// <summary>Further named points on the surface: eyes, ears, mouth corners, wrists, knuckles, fingertips, toes, heels; empty in imported models.</summary>
    public ImmutableArray<Landmark> Landmarks { get; init; } = [];

    /// <summary>The template with about a quarter of its vertices; comes with the model's file, else it is found when first asked for.</summary>
    public ReducedMesh Reduced => LazyInitializer.EnsureInitialized(ref _reduced, () => ReducedMesh.Of(Template, [.. Keypoints, .. Landmarks]));

    /// <summary>[V] the vertex at the mirrored place; itself on the middle plane.</summary>
    public required int[] Mirror { get; init; }
}

/// <summary>A point as a weighted sum of vertices; weights sum to 1.</summary>
public readonly record struct VertexBlend(ImmutableArray<int> Vertices, ImmutableArray<float> Weights)
{
    /// <summary>The point for given vertex positions.</summary>
    public Vector3 Of(ReadOnlySpan<Vector3> positions)
    {
        Vector3 sum = Vector3.Zero;
        for (int k = 0; k < Vertices.Length; k++) sum += positions[Vertices[k]] * Weights[k];
        return sum;
    }
}

/// <summary>A named point on or in the body: a place in the rest pose, carried rigidly by one joint.</summary>
/// <param name="Name">As in files, e.g. <c>right_wrist</c>.</param>
/// <param name="Joint">The joint that carries it.</param>
/// <param name="Rest">Its rest place from rest vertices, so it follows the shape.</param>
public sealed record Landmark(string Name, int Joint, VertexBlend Rest);
