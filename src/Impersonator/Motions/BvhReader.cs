using System.Numerics;
using System.Text;
using Impersonator.Files;

namespace Impersonator.Motions;

/// <summary>Reads BVH motion files: any hierarchy and names, any order of channels, also changing from joint to joint.</summary>
/// <remarks>
/// A joint's rotation is the product of its channels in their written order, the first outermost. Source: M. Meredith and
/// S. Maddock, "Motion Capture File Formats Explained", University of Sheffield 2001.
/// </remarks>
public static class BvhReader
{
    private const string Remedy = "this is not a sound BVH file, export it again";
    private const int MaxDepth = 1024;

    private sealed class FileJoint(string name, int parent)
    {
        public string Name { get; } = name;
        public int Parent { get; } = parent;
        public Vector3 Offset { get; set; }
        public bool HasOffset { get; set; }
        public string[] Channels { get; set; } = [];

        /// <summary>Whether position channels are added to the offset; else they stand in its place.</summary>
        public bool Additive { get; set; }
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="BvhFormatException">Not a sound BVH file, or one beyond the limits.</exception>
    /// <exception cref="InputException">Missing or too large.</exception>
    public static SkeletonClip Read(string path, InputLimits? limits = null, CancellationToken cancellationToken = default)
    {
        limits ??= InputLimits.Default;
        using FileStream stream = InputFile.Open(path, limits);
        return Read(stream, Path.GetFileName(path), limits, cancellationToken);
    }

    /// <summary>Reads a stream.</summary>
    /// <exception cref="BvhFormatException">Not a sound BVH file, or one beyond the limits.</exception>
    public static SkeletonClip Read(Stream stream, string name, InputLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        limits ??= InputLimits.Default;
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var cursor = new BvhCursor(reader, name);
        List<FileJoint> joints = ReadHierarchy(cursor, limits);
        (int frameCount, float frameTime) = ReadMotionHead(cursor, limits, joints.Count);

        int channelCount = joints.Sum(j => j.Channels.Length);
        if (channelCount == 0) throw cursor.Bad($"its {joints.Count} joints have no channels, so nothing moves; {Remedy}");
        var values = new float[channelCount];
        var frames = new List<JointFrame[]>(Math.Min(frameCount, 4096));
        for (int f = 0; f < frameCount; f++)
        {
            if ((f & 63) == 0) cancellationToken.ThrowIfCancellationRequested();
            cursor.Numbers(values, $"frame {f + 1} of {frameCount}");
            if (f == 0) DecideOffsets(joints, values);
            frames.Add(Place(joints, values));
        }
        return new SkeletonClip
        {
            Name = Path.GetFileNameWithoutExtension(name),
            File = name,
            FramesPerSecond = 1 / frameTime,
            JointNames = [.. joints.Select(j => j.Name)],
            Parents = [.. joints.Select(j => j.Parent)],
            Rest = Place(joints, default),
            Frames = [.. frames],
        };
    }

    private static List<FileJoint> ReadHierarchy(BvhCursor cursor, InputLimits limits)
    {
        cursor.Expect("HIERARCHY", Remedy);
        var joints = new List<FileJoint>();
        var open = new Stack<int>();
        while (true)
        {
            string? word = cursor.Word();
            switch (word?.ToUpperInvariant())
            {
                case "ROOT" when open.Count == 0:
                case "JOINT" when open.Count > 0:
                    if (joints.Count >= limits.MaxJoints) throw cursor.Bad($"more than {limits.MaxJoints} joints; raise InputLimits.MaxJoints if this is a real skeleton");
                    if (open.Count >= MaxDepth) throw cursor.Bad($"joints are nested more than {MaxDepth} deep; {Remedy}");
                    string name = cursor.RestOfLine();
                    if (name.Length == 0) throw cursor.Bad($"{word} has no name; {Remedy}");
                    joints.Add(new FileJoint(name, open.Count == 0 ? -1 : open.Peek()));
                    cursor.Expect("{", Remedy);
                    open.Push(joints.Count - 1);
                    break;
                case "OFFSET" when open.Count > 0:
                    joints[open.Peek()].Offset = ReadOffset(cursor);
                    joints[open.Peek()].HasOffset = true;
                    break;
                case "CHANNELS" when open.Count > 0:
                    joints[open.Peek()].Channels = ReadChannels(cursor);
                    break;
                case "END" when open.Count > 0:
                    cursor.RestOfLine();
                    cursor.Expect("{", Remedy);
                    cursor.Expect("OFFSET", Remedy);
                    ReadOffset(cursor);
                    cursor.Expect("}", Remedy);
                    break;
                case "}" when open.Count > 0:
                    if (!joints[open.Peek()].HasOffset) throw cursor.Bad($"joint {joints[open.Peek()].Name} has no OFFSET; {Remedy}");
                    open.Pop();
                    break;
                case "MOTION" when open.Count == 0 && joints.Count > 0:
                    return joints;
                case null when open.Count == 0 && joints.Count > 0:
                    throw cursor.Bad("the file ends after its hierarchy, MOTION was expected; it holds a skeleton only, export it with the animation");
                default:
                    throw cursor.Bad($"found {BvhCursor.Shown(word)} where {(open.Count > 0 ? "JOINT, OFFSET, CHANNELS, End Site or }" : joints.Count == 0 ? "ROOT" : "ROOT or MOTION")} was expected; {Remedy}");
            }
        }
    }

    private static Vector3 ReadOffset(BvhCursor cursor) => new(cursor.Number("OFFSET x"), cursor.Number("OFFSET y"), cursor.Number("OFFSET z"));

    private static string[] ReadChannels(BvhCursor cursor)
    {
        int count = cursor.Count("CHANNELS");
        if (count > 9) throw cursor.Bad($"{count} channels on one joint, at most 9 (position, rotation, scale) were expected; {Remedy}");
        var channels = new string[count];
        for (int k = 0; k < count; k++)
        {
            string? word = cursor.Word();
            channels[k] = word?.ToLowerInvariant() is "xposition" or "yposition" or "zposition" or "xrotation" or "yrotation" or "zrotation" or "xscale" or "yscale" or "zscale"
                ? word.ToLowerInvariant()
                : throw cursor.Bad($"found {BvhCursor.Shown(word)} where channel {k + 1} of {count} was expected (Xposition … Zrotation); {Remedy}");
        }
        return channels;
    }

    private static (int Frames, float FrameTime) ReadMotionHead(BvhCursor cursor, InputLimits limits, int joints)
    {
        if (cursor.Word() is not { } word || !word.StartsWith("Frames", StringComparison.OrdinalIgnoreCase)) throw cursor.Bad($"\"Frames:\" was expected after MOTION; {Remedy}");
        int frames = cursor.Count("Frames");
        if (frames == 0) throw cursor.Bad("0 frames; export the file with its animation");
        if (frames > limits.MaxFrames) throw cursor.Bad($"{frames} frames are more than the limit of {limits.MaxFrames}; cut the motion or raise InputLimits.MaxFrames");
        if ((long)frames * joints > SkeletonClip.MaxJointFrames) throw cursor.Bad($"{frames} frames of {joints} joints are too many; cut the motion");
        cursor.Expect("Frame", Remedy);
        cursor.Expect("Time:", Remedy);
        float time = cursor.Number("Frame Time, seconds");
        // A single pose is often written with a frame time of 0.
        if (frames == 1 && !(time > 0)) time = 1 / 30f;
        if (!(time is >= 1e-5f and <= 10)) throw cursor.Bad($"a frame time of {time} s, 0.00001 to 10 was expected; {Remedy}");
        return (frames, time);
    }

    /// <summary>Files disagree whether a position replaces a joint's offset (most) or is added to it (MakeHuman): the first frame tells.</summary>
    private static void DecideOffsets(List<FileJoint> joints, ReadOnlySpan<float> values)
    {
        int at = 0;
        foreach (FileJoint joint in joints)
        {
            Vector3 position = Position(joint, values[at..]);
            joint.Additive = joint.Parent >= 0 && position.Length() < Vector3.Distance(position, joint.Offset);
            at += joint.Channels.Length;
        }
    }

    private static Vector3 Position(FileJoint joint, ReadOnlySpan<float> values)
    {
        Vector3 position = default;
        for (int k = 0; k < joint.Channels.Length; k++)
            if (joint.Channels[k].EndsWith("position", StringComparison.Ordinal)) position[joint.Channels[k][0] - 'x'] = values[k];
        return position;
    }

    /// <summary>Places of all joints; without values, those of the rest pose.</summary>
    private static JointFrame[] Place(List<FileJoint> joints, ReadOnlySpan<float> values)
    {
        var frames = new JointFrame[joints.Count];
        int at = 0;
        for (int j = 0; j < frames.Length; j++)
        {
            FileJoint joint = joints[j];
            Quaternion turn = Quaternion.Identity;
            Vector3 offset = joint.Offset;
            if (!values.IsEmpty)
            {
                ReadOnlySpan<float> own = values.Slice(at, joint.Channels.Length);
                at += own.Length;
                bool moves = false;
                for (int k = 0; k < own.Length; k++)
                {
                    moves |= joint.Channels[k].EndsWith("position", StringComparison.Ordinal);
                    if (!joint.Channels[k].EndsWith("rotation", StringComparison.Ordinal)) continue;
                    Vector3 axis = joint.Channels[k][0] switch { 'x' => Vector3.UnitX, 'y' => Vector3.UnitY, _ => Vector3.UnitZ };
                    turn *= Quaternion.CreateFromAxisAngle(axis, float.DegreesToRadians(own[k] % 360));
                }
                if (moves) offset = Position(joint, own) + (joint.Additive ? offset : default);
            }
            JointFrame parent = joint.Parent < 0 ? new(Quaternion.Identity, default) : frames[joint.Parent];
            frames[j] = new JointFrame(Quaternion.Normalize(parent.Turn * turn), parent.Place + Vector3.Transform(offset, parent.Turn));
        }
        return frames;
    }
}
