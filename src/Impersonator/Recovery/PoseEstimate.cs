using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Recovery;

/// <summary>What a network thinks of a person's pose, before anything is fitted.</summary>
/// <param name="Rotations">[22] local rotations; the root's is cameraFromBody (x right, y down, z forward).</param>
/// <param name="Spread">[22] expected error of each rotation about the joint's own axes, radians.</param>
/// <param name="Errors">[22] expected distance of each joint from its place relative to the pelvis, metres.</param>
/// <param name="Shape">Body shape.</param>
/// <param name="Place">The pelvis in the photo, pixels.</param>
/// <param name="PixelsPerMetre">How large a metre at the pelvis' depth is in the photo.</param>
public sealed record PoseEstimate(ImmutableArray<Quaternion> Rotations, ImmutableArray<Vector3> Spread, ImmutableArray<float> Errors, Shape Shape, Vector2 Place, float PixelsPerMetre);
