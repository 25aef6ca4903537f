using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Rendering;

namespace Impersonator.Recovery.Capture;

/// <summary>What is kept of one frame of a clip: where the followed person was seen.</summary>
/// <param name="Keypoints">The 17 keypoints.</param>
/// <param name="Surface">Points of the skin.</param>
/// <param name="Score">How sure the network was, 0..1.</param>
/// <param name="Estimate">What a network thinks of the pose; null without one.</param>
internal sealed record SeenFrame(Keypoints Keypoints, ImmutableArray<SurfaceObservation> Surface, float Score, PoseEstimate? Estimate = null)
{
    /// <summary>The same in another picture.</summary>
    /// <param name="move">From a place in this picture to the same in the other.</param>
    /// <param name="camera">The other picture's.</param>
    public SeenFrame Moved(Similarity move, Camera camera) => move == Similarity.Identity ? this : this with
    {
        Estimate = Estimate is null ? null : Moved(Estimate, move, camera),
        Keypoints = new Keypoints([.. Keypoints.Observations.Select(o => o with { Position = move.Apply(o.Position), Sigma = o.Sigma * move.Scale })]),
        Surface = [.. Surface.Select(s => s with { Position = move.Apply(s.Position), Sigma = s.Sigma * move.Scale })],
    };

    /// <summary>Seen in another direction, a body that looks the same is turned with the ray on which it is seen.</summary>
    private static PoseEstimate Moved(PoseEstimate estimate, Similarity move, Camera camera)
    {
        Vector2 place = move.Apply(estimate.Place);
        Vector2 Ray(Vector2 at) => (at - camera.PrincipalPoint) / camera.FocalLength;
        Quaternion turn = Quaternion.Conjugate(PoseEstimator.ToAxis(Ray(place))) * Quaternion.CreateFromAxisAngle(Vector3.UnitZ, move.Angle) * PoseEstimator.ToAxis(Ray(estimate.Place));
        return estimate with { Place = place, PixelsPerMetre = estimate.PixelsPerMetre * move.Scale, Rotations = estimate.Rotations.SetItem(0, Quaternion.Normalize(turn * estimate.Rotations[0])) };
    }
}
