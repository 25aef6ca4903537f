using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Motions;

/// <summary>Poses over time at a fixed frame rate.</summary>
/// <remarks>Ground is y = 0. Root travel is in metres for a body whose hips are <see cref="HipHeight"/> high; players scale it to the subject's.</remarks>
public sealed partial class Motion
{
    /// <summary>Checks and keeps the poses.</summary>
    /// <exception cref="ArgumentException">No frame, a pose without 52 rotations, a rate that is not positive, or a number that is not finite.</exception>
    public Motion(string name, float framesPerSecond, float hipHeight, IReadOnlyList<Pose> poses)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(poses);
        if (poses.Count == 0) throw new ArgumentException($"Motion {name} has no frame.", nameof(poses));
        if (!(framesPerSecond > 0) || !float.IsFinite(framesPerSecond)) throw new ArgumentException($"Motion {name} has {framesPerSecond} frames per second.", nameof(framesPerSecond));
        if (!(hipHeight > 0) || !float.IsFinite(hipHeight)) throw new ArgumentException($"Motion {name} has hips at {hipHeight} m.", nameof(hipHeight));
        for (int f = 0; f < poses.Count; f++)
        {
            if (poses[f].Rotations.Length != Joint.Count) throw new ArgumentException($"Frame {f} of {name} has {poses[f].Rotations.Length} of {Joint.Count} rotations.", nameof(poses));
            bool finite = float.IsFinite(poses[f].Root.LengthSquared());
            foreach (Quaternion q in poses[f].Rotations) finite &= float.IsFinite(q.LengthSquared());
            if (!finite) throw new ArgumentException($"Frame {f} of {name} holds a number that is not finite.", nameof(poses));
        }
        (Name, FramesPerSecond, HipHeight, Poses) = (name, framesPerSecond, hipHeight, poses);
    }

    /// <summary>Library name or file name.</summary>
    public string Name { get; }

    /// <summary>Frames per second.</summary>
    public float FramesPerSecond { get; }

    /// <summary>Height of the pelvis joint above the ground in the T-pose of the body the motion was made for, metres.</summary>
    public float HipHeight { get; }

    /// <summary>[F] poses of the 52 joints; <see cref="Pose.Root"/> in metres above the ground.</summary>
    public IReadOnlyList<Pose> Poses { get; }

    /// <summary>F.</summary>
    public int FrameCount => Poses.Count;

    /// <summary>Seconds from the first frame to the last.</summary>
    public float Duration => (FrameCount - 1) / FramesPerSecond;
}
