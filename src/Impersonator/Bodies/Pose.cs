using System.Collections.Immutable;
using System.Numerics;

namespace Impersonator.Bodies;

/// <summary>Joint rotations at one instant, and where the pelvis is.</summary>
/// <param name="Rotations">[J] rotation of each joint relative to its parent; identity everywhere is the T-pose. The root's is its rotation in world space.</param>
/// <param name="Root">Place of the pelvis joint, metres, world space.</param>
public sealed record Pose(ImmutableArray<Quaternion> Rotations, Vector3 Root)
{
    /// <summary>The rest pose (T-pose) of a skeleton with its pelvis at a place.</summary>
    public static Pose Rest(Skeleton skeleton, Vector3 root = default)
    {
        ArgumentNullException.ThrowIfNull(skeleton);
        return new Pose([.. Enumerable.Repeat(Quaternion.Identity, skeleton.JointCount)], root);
    }
}
