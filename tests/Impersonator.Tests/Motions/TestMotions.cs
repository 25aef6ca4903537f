using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Motions;

namespace Impersonator.Tests.Motions;

/// <summary>Motions made by formula.</summary>
internal static class TestMotions
{
    /// <summary>[52] rest places of the average body.</summary>
    public static Vector3[] Rest { get; } = BodyModel.Default.Create(Shape.Average).RestJoints;

    /// <summary>Arms and legs swinging at different phases while the pelvis walks along +Z: 46 frames, 30 per second.</summary>
    public static Motion Swinging()
    {
        var poses = new Pose[46];
        for (int f = 0; f < poses.Length; f++)
        {
            float time = f / 30f;
            var rotations = new Quaternion[Joint.Count];
            for (int j = 0; j < rotations.Length; j++)
            {
                // Amplitude, axis and phase differ from joint to joint, so that a swapped pair shows.
                Vector3 axis = Vector3.Normalize(new Vector3(1, 0.3f * MathF.Sin(j), 0.2f * MathF.Cos(3 * j)));
                rotations[j] = Quaternion.CreateFromAxisAngle(axis, (0.1f + (0.01f * (j % 7))) * MathF.Sin((MathF.Tau * time) + j));
            }
            poses[f] = new Pose([.. rotations], new Vector3(0.02f * MathF.Sin(MathF.Tau * time), 0.95f + (0.01f * MathF.Cos(MathF.Tau * time)), 1.2f * time));
        }
        return new Motion("swinging", 30, 0.95f, poses);
    }
}
