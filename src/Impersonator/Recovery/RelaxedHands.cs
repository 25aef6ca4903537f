using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Recovery;

/// <summary>Keypoints say nothing of fingers: they are curled a little, as resting hands are.</summary>
internal static class RelaxedHands
{
    private const float Curl = 14 * MathF.PI / 180;

    /// <summary>The same pose with relaxed fingers.</summary>
    public static Pose Apply(Pose pose)
    {
        ImmutableArray<Quaternion>.Builder rotations = pose.Rotations.ToBuilder();
        for (int finger = 0; finger < 4; finger++)
            for (int k = 0; k < 3; k++)
            {
                // Palms face down in the T-pose: the left hand's fingers bend by turning about −Z, the right's about +Z.
                float angle = Curl * (1 + (0.15f * finger));
                rotations[Joint.LeftHand + (3 * finger) + k] = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, -angle);
                rotations[Joint.RightHand + (3 * finger) + k] = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, angle);
            }
        return pose with { Rotations = rotations.MoveToImmutable() };
    }
}
