using System.Collections.Immutable;

namespace Impersonator.Recovery.Capture;

/// <summary>What is kept of one frame of a clip: where the followed person was seen.</summary>
/// <param name="Keypoints">The 17 keypoints.</param>
/// <param name="Surface">Points of the skin.</param>
/// <param name="Score">How sure the network was, 0..1.</param>
internal sealed record SeenFrame(Keypoints Keypoints, ImmutableArray<SurfaceObservation> Surface, float Score);
