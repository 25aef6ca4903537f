using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Motions;

/// <summary>A turn about the vertical and a step along the ground: what may be done to a motion without changing it.</summary>
/// <param name="Turn">Rotation about +Y.</param>
/// <param name="Step">Added after the turn, metres; its y is 0.</param>
internal readonly record struct GroundMove(Quaternion Turn, Vector3 Step)
{
    /// <summary>The move that brings one pose's place and heading onto another's.</summary>
    public static GroundMove Between(Pose from, Pose to)
    {
        Quaternion turn = Quaternion.CreateFromAxisAngle(Vector3.UnitY, Heading(to.Rotations[0]) - Heading(from.Rotations[0]));
        return new GroundMove(turn, (to.Root - Vector3.Transform(from.Root, turn)) with { Y = 0 });
    }

    /// <summary>This move, then another.</summary>
    public GroundMove Then(GroundMove next) => new(Quaternion.Normalize(next.Turn * Turn), Vector3.Transform(Step, next.Turn) + next.Step);

    /// <summary>The pose, moved.</summary>
    public Pose Apply(Pose pose) => new(pose.Rotations.SetItem(0, Quaternion.Normalize(Turn * pose.Rotations[0])), Vector3.Transform(pose.Root, Turn) + Step);

    /// <summary>Angle about the vertical of where a pelvis faces, radians; 0 = +Z, positive towards +X.</summary>
    public static float Heading(Quaternion pelvis)
    {
        Vector3 forward = Vector3.Transform(Vector3.UnitZ, pelvis);
        // Lying, the belly shows no heading; the way from feet to head does.
        if ((forward.X * forward.X) + (forward.Z * forward.Z) < 0.04f) forward = Vector3.Transform(-Vector3.UnitY, pelvis) * MathF.Sign(forward.Y);
        return MathF.Atan2(forward.X, forward.Z);
    }
}
