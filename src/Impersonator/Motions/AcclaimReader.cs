using System.Globalization;
using System.Numerics;
using System.Text;
using Impersonator.Files;

namespace Impersonator.Motions;

/// <summary>Reads Acclaim's motions (.amc) with the skeleton (.asf) that lies beside them, as Carnegie Mellon publishes its captures.</summary>
public static class AcclaimReader
{
    /// <summary>The format does not tell the rate; Carnegie Mellon's is 120.</summary>
    public const float FramesPerSecond = 120;

    private const string Remedy = "this is not a sound AMC file, get it again";

    /// <summary>Reads a motion; its skeleton is the .asf file of the same folder whose name it bears or begins with, or the only one there.</summary>
    /// <exception cref="AcclaimFormatException">Not a sound pair of files, or one beyond the limits.</exception>
    /// <exception cref="InputException">A file is missing or too large.</exception>
    public static SkeletonClip Read(string path, InputLimits? limits = null, CancellationToken cancellationToken = default)
    {
        limits ??= InputLimits.Default;
        using FileStream motion = InputFile.Open(path, limits);
        string skeletonPath = FindSkeleton(path);
        using FileStream skeleton = InputFile.Open(skeletonPath, limits);
        using StreamReader skeletonText = new(skeleton, Encoding.UTF8), motionText = new(motion, Encoding.UTF8);
        return Read(AcclaimSkeleton.Read(skeletonText, Path.GetFileName(skeletonPath), limits), motionText, Path.GetFileName(path), limits, cancellationToken);
    }

    internal static SkeletonClip Read(AcclaimSkeleton skeleton, TextReader reader, string name, InputLimits limits, CancellationToken cancellationToken = default)
    {
        var lines = new AcclaimLines(reader, name);
        Dictionary<string, int> index = skeleton.Bones.Select((bone, k) => (bone.Name, k)).ToDictionary(b => b.Name, b => b.k, StringComparer.Ordinal);
        float[][] values = [.. skeleton.Bones.Select(bone => new float[bone.Channels.Length])];
        var frames = new List<JointFrame[]>();
        float radian = skeleton.Radian;
        bool open = false;
        while (lines.Next())
        {
            string word = lines.Words[0];
            if (word[0] == ':')
            {
                radian = word.ToUpperInvariant() switch { ":DEGREES" => MathF.PI / 180, ":RADIANS" => 1, _ => radian };
                continue;
            }
            if (lines.Words.Length == 1 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                if (open) frames.Add(Place(skeleton, values, radian));
                open = true;
                if ((frames.Count & 63) == 0) cancellationToken.ThrowIfCancellationRequested();
                if (frames.Count >= limits.MaxFrames || (long)frames.Count * index.Count > SkeletonClip.MaxJointFrames) throw lines.Bad($"more than {frames.Count} frames; cut the motion or raise InputLimits.MaxFrames");
                continue;
            }
            if (!open) throw lines.Bad($"found {BvhCursor.Shown(word)} where a frame's number was expected; {Remedy}");
            if (!index.TryGetValue(word, out int bone)) throw lines.Bad($"its skeleton has no bone {BvhCursor.Shown(word)}; put the .asf file that belongs to the motion beside it");
            if (lines.Words.Length - 1 != values[bone].Length) throw lines.Bad($"{lines.Words.Length - 1} values for the {values[bone].Length} degrees of freedom of {word}; the file is cut short or another's .asf lies beside it");
            for (int k = 0; k < values[bone].Length; k++) values[bone][k] = lines.Number(k + 1, $"{skeleton.Bones[bone].Channels[k]} of {word}");
        }
        if (!open) throw lines.Bad($"no frame was found; {Remedy}");
        frames.Add(Place(skeleton, values, radian));
        return new SkeletonClip
        {
            Name = Path.GetFileNameWithoutExtension(name),
            File = name,
            FramesPerSecond = FramesPerSecond,
            JointNames = [.. skeleton.Bones.Select(bone => bone.Name)],
            Parents = [.. skeleton.Bones.Select(bone => bone.Parent)],
            Rest = Place(skeleton, [.. values.Select(v => new float[v.Length])], radian),
            Frames = [.. frames],
        };
    }

    private static string FindSkeleton(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!, name = Path.GetFileNameWithoutExtension(path);
        string[] found = [.. Directory.EnumerateFiles(folder).Where(f => Path.GetExtension(f).Equals(".asf", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
        string? named = found.Where(f => name.StartsWith(Path.GetFileNameWithoutExtension(f), StringComparison.OrdinalIgnoreCase)).MaxBy(f => f.Length);
        return named ?? (found.Length == 1 ? found[0] : throw new InputException(
            $"{path}: {(found.Length == 0 ? "no .asf file lies" : $"{found.Length} .asf files lie, but none of its name,")} beside it; put its skeleton there as {name}.asf."));
    }

    /// <summary>A joint stands where its bone begins and is turned as the bone.</summary>
    private static JointFrame[] Place(AcclaimSkeleton skeleton, float[][] values, float radian)
    {
        var frames = new JointFrame[skeleton.Bones.Count];
        Span<char> order = stackalloc char[7];
        for (int j = 0; j < frames.Length; j++)
        {
            AcclaimSkeleton.Bone bone = skeleton.Bones[j];
            Vector3 angles = default, offset = default;
            int turns = 0;
            for (int k = 0; k < bone.Channels.Length; k++)
            {
                string channel = bone.Channels[k];
                if (channel.Length < 2) continue;
                if (channel[0] == 't') offset[channel[1] - 'x'] = values[j][k];
                else (angles[channel[1] - 'x'], order[turns++]) = (values[j][k] * radian, channel[1]);
            }
            Quaternion turn = bone.Axis * AcclaimSkeleton.Turn(angles, order[..turns]) * Quaternion.Conjugate(bone.Axis);
            if (j == 0)
            {
                frames[j] = new JointFrame(Quaternion.Normalize(turn), offset);
                continue;
            }
            AcclaimSkeleton.Bone above = skeleton.Bones[bone.Parent];
            JointFrame parent = frames[bone.Parent];
            frames[j] = new JointFrame(Quaternion.Normalize(parent.Turn * turn), parent.Place + Vector3.Transform((above.Direction * above.Length) + offset, parent.Turn));
        }
        return frames;
    }
}
