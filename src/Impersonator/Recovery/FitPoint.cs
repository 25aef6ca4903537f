using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Recovery;

/// <summary>A point of the body for the fit: joints carry shares of it, and its rest place is linear in the shape.</summary>
/// <remarks>
/// <c>point = Σ partₖ</c>, <c>partₖ = weightₖ · placeₖ + Rₖ (restₖ − weightₖ · rest jointₖ)</c>: linear blend skinning, whose derivatives are
/// simple. A keypoint is carried by one joint and exact; what <see cref="Skinning"/> does better at a bent joint, <see cref="FitProblem.FollowSkin(FitProblem.State)"/> adds.
/// </remarks>
/// <param name="Parts">What each joint carries.</param>
internal sealed record FitPoint(ImmutableArray<FitPart> Parts)
{
    /// <summary>A point carried rigidly by one joint.</summary>
    public static FitPoint Of(BodyModel model, Landmark landmark, int shapeCount)
        => new([new FitPart(landmark.Joint, 1, landmark.Rest.Of(model.Template.RestPositions), [.. model.Components.Take(shapeCount).Select(c => landmark.Rest.Of(c))])]);

    /// <summary>A point of the skin.</summary>
    /// <exception cref="ArgumentException">A vertex is not the template's.</exception>
    public static FitPoint Of(BodyModel model, in SurfaceObservation seen, int shapeCount)
    {
        ReadOnlySpan<int> corners = [seen.Vertex0, seen.Vertex1, seen.Vertex2];
        var weights = new SortedDictionary<int, float>();
        var shares = new Dictionary<int, List<(int Vertex, float Share)>>();
        for (int c = 0; c < corners.Length; c++)
        {
            if ((uint)corners[c] >= (uint)model.Template.VertexCount) throw new ArgumentException($"A surface point names vertex {corners[c]} of {model.Template.VertexCount}.");
            JointWeights influence = model.Template.Weights[corners[c]];
            for (int k = 0; k < JointWeights.Count; k++)
            {
                float share = influence.Weight(k) * seen.Barycentric[c];
                if (share == 0) continue;
                int joint = influence.Joint(k);
                weights[joint] = weights.GetValueOrDefault(joint) + share;
                if (!shares.TryGetValue(joint, out var own)) shares[joint] = own = [];
                own.Add((corners[c], share));
            }
        }
        Vector3 Sum(int joint, Vector3[] at) => shares[joint].Aggregate(Vector3.Zero, (sum, s) => sum + (at[s.Vertex] * s.Share));
        return new FitPoint([.. weights.Select(w => new FitPart(w.Key, w.Value, Sum(w.Key, model.Template.RestPositions), [.. model.Components.Take(shapeCount).Select(c => Sum(w.Key, c))]))]);
    }
}

/// <summary>A joint's share of a point.</summary>
/// <param name="Joint">The joint.</param>
/// <param name="Weight">Its share, 0 to 1.</param>
/// <param name="Mean">The share times the rest place on the average body, metres.</param>
/// <param name="Shape">[K] the same of each shape component.</param>
internal readonly record struct FitPart(int Joint, float Weight, Vector3 Mean, Vector3[] Shape);
