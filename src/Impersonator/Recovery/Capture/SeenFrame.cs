using System.Collections.Immutable;

namespace Impersonator.Recovery.Capture;

/// <summary>What is kept of one frame of a clip: where the followed person was seen.</summary>
/// <param name="Keypoints">The 17 keypoints.</param>
/// <param name="Surface">Points of the skin.</param>
/// <param name="Score">How sure the network was, 0..1.</param>
internal sealed record SeenFrame(Keypoints Keypoints, ImmutableArray<SurfaceObservation> Surface, float Score)
{
    /// <summary>The same in another picture.</summary>
    public SeenFrame Moved(Similarity move) => move == Similarity.Identity ? this : this with
    {
        Keypoints = new Keypoints([.. Keypoints.Observations.Select(o => o with { Position = move.Apply(o.Position), Sigma = o.Sigma * move.Scale })]),
        Surface = [.. Surface.Select(s => s with { Position = move.Apply(s.Position), Sigma = s.Sigma * move.Scale })],
    };
}
