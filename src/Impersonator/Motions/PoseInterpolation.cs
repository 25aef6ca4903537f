using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Motions;

/// <summary>Poses between poses.</summary>
internal static class PoseInterpolation
{
    /// <summary>The pose at a share of the way from one to another; rotations on the shorter arc.</summary>
    public static Pose Between(Pose from, Pose to, float share)
    {
        var rotations = ImmutableArray.CreateBuilder<Quaternion>(from.Rotations.Length);
        // Slerp of System.Numerics negates one side when the dot product is negative: the shorter arc.
        for (int j = 0; j < from.Rotations.Length; j++) rotations.Add(Quaternion.Normalize(Quaternion.Slerp(from.Rotations[j], to.Rotations[j], share)));
        return new Pose(rotations.MoveToImmutable(), Vector3.Lerp(from.Root, to.Root, share));
    }

    /// <summary>0 → 0, 1 → 1, standing still at both ends: a cross-fade without a kick.</summary>
    public static float Ease(float share) => share * share * (3 - (2 * share));
}
