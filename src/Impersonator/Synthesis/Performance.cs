using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Motions;

namespace Impersonator.Synthesis;

/// <summary>A motion as one subject performs it: at its size, from where it stands in the photo, in the direction it faces there.</summary>
/// <remarks>Travel is scaled by the ratio of hip heights, so that strides fit the legs and feet stay where they stand.</remarks>
public sealed class Performance
{
    private readonly Motion _motion;
    private readonly float _scale;
    private readonly Quaternion _turn;
    private readonly Vector3 _from, _to;

    /// <summary>Sets a motion on a body.</summary>
    /// <param name="motion">What to perform.</param>
    /// <param name="body">The body that performs it.</param>
    /// <param name="photoPose">Where the subject stands and which way it faces, world space.</param>
    public Performance(Motion motion, Body body, Pose photoPose)
    {
        ArgumentNullException.ThrowIfNull(motion);
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(photoPose);
        Pose first = motion.Poses[0];
        (_motion, _scale) = (motion, body.HipHeight / motion.HipHeight);
        _turn = Quaternion.CreateFromAxisAngle(Vector3.UnitY, Heading(photoPose.Rotations[0]) - Heading(first.Rotations[0]));
        (_from, _to) = (first.Root with { Y = 0 }, photoPose.Root with { Y = 0 });
    }

    /// <summary>Seconds from the first frame to the last.</summary>
    public float Duration => _motion.Duration;

    /// <summary>The pose at a time; before the start and after the end the motion holds still.</summary>
    public Pose At(float seconds)
    {
        float frame = Math.Clamp(seconds * _motion.FramesPerSecond, 0, _motion.FrameCount - 1);
        int before = (int)frame, after = Math.Min(before + 1, _motion.FrameCount - 1);
        Pose a = _motion.Poses[before], b = _motion.Poses[after];
        float share = frame - before;
        var rotations = ImmutableArray.CreateBuilder<Quaternion>(a.Rotations.Length);
        for (int j = 0; j < a.Rotations.Length; j++) rotations.Add(Quaternion.Slerp(a.Rotations[j], b.Rotations[j], share));
        rotations[0] = Quaternion.Normalize(_turn * rotations[0]);
        Vector3 root = Vector3.Transform((Vector3.Lerp(a.Root, b.Root, share) - _from) * _scale, _turn) + _to;
        return new Pose(rotations.MoveToImmutable(), root);
    }

    /// <summary>Angle about the vertical of where a pelvis faces, radians; 0 = +Z, positive towards +X.</summary>
    internal static float Heading(Quaternion pelvis)
    {
        Vector3 forward = Vector3.Transform(Vector3.UnitZ, pelvis);
        // Lying or head down, the chest shows no heading; the body's up axis does.
        if ((forward.X * forward.X) + (forward.Z * forward.Z) < 0.04f) forward = Vector3.Transform(-Vector3.UnitY, pelvis) * MathF.Sign(forward.Y);
        return MathF.Atan2(forward.X, forward.Z);
    }
}
