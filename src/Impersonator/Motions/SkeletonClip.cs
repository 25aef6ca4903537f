using System.Collections.Immutable;
using System.Numerics;

namespace Impersonator.Motions;

/// <summary>A motion as its file tells it: its own joints, unit and axes. <see cref="Retargeting"/> makes a <see cref="Motion"/> of it.</summary>
public sealed class SkeletonClip
{
    /// <summary>File or clip name.</summary>
    public required string Name { get; init; }

    /// <summary>The file it was read from, to be named when something is wrong with it; null if it was made otherwise.</summary>
    public string? File { get; init; }

    /// <summary>Frames per second.</summary>
    public required float FramesPerSecond { get; init; }

    /// <summary>[J] names as written in the file; a parent stands before its children.</summary>
    public required ImmutableArray<string> JointNames { get; init; }

    /// <summary>[J] parents, −1 for a root.</summary>
    public required ImmutableArray<int> Parents { get; init; }

    /// <summary>[J] the file's rest pose: all rotations zero in a BVH, the skin's bind pose in glTF; null if the file has none.</summary>
    public required JointFrame[]? Rest { get; init; }

    /// <summary>[F][J] the motion.</summary>
    public required JointFrame[][] Frames { get; init; }

    /// <summary>The vertical, where the format prescribes one; null where every exporter does as it likes.</summary>
    public Vector3? Up { get; init; }

    /// <summary>Most joints times frames that a reader keeps, about 450 MB.</summary>
    internal const long MaxJointFrames = 16_000_000;

    /// <summary>What an error calls it.</summary>
    internal string Source => File ?? Name;

    /// <summary>The clip without what comes before a frame.</summary>
    internal SkeletonClip From(int frame) => new()
    {
        Name = Name,
        File = File,
        FramesPerSecond = FramesPerSecond,
        JointNames = JointNames,
        Parents = Parents,
        Rest = Rest,
        Up = Up,
        Frames = Frames[frame..],
    };

    internal bool IsDescendant(int joint, int ancestor)
    {
        while (joint >= 0 && joint != ancestor) joint = Parents[joint];
        return joint >= 0;
    }
}
