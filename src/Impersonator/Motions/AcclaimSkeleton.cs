using System.Numerics;
using Impersonator.Files;

namespace Impersonator.Motions;

/// <summary>A skeleton in Acclaim's format (.asf): bones with a direction, a length and axes of their own.</summary>
/// <remarks>
/// A bone turns by <c>C · M · C⁻¹</c> relative to its parent, C from its axis, M from the motion. Source: J. Lander, "Working with
/// Motion Capture File Formats", Game Developer 1998; the Carnegie Mellon motion capture database's description of ASF and AMC.
/// </remarks>
internal sealed class AcclaimSkeleton
{
    private const string Remedy = "this is not a sound ASF file, get it again";

    private readonly List<Bone> _bones = [new Bone { Name = "root", Channels = ["tx", "ty", "tz", "rx", "ry", "rz"] }];

    /// <summary>A bone; the first is the root, which has no length.</summary>
    internal sealed class Bone
    {
        public string Name { get; set; } = "";
        public Vector3 Direction { get; set; }
        public float Length { get; set; }
        public Quaternion Axis { get; set; } = Quaternion.Identity;
        public string[] Channels { get; set; } = [];
        public int Parent { get; set; } = -1;
    }

    /// <summary>Bones, parents before children.</summary>
    public IReadOnlyList<Bone> Bones => _bones;

    /// <summary>What an angle of the file is in radians.</summary>
    public float Radian { get; private set; } = MathF.PI / 180;

    /// <summary>Reads a skeleton.</summary>
    /// <exception cref="AcclaimFormatException">Not a sound ASF file, or one beyond the limits.</exception>
    public static AcclaimSkeleton Read(TextReader reader, string name, InputLimits limits)
    {
        var lines = new AcclaimLines(reader, name);
        var skeleton = new AcclaimSkeleton();
        string section = "";
        var parents = new Dictionary<string, string>(StringComparer.Ordinal);
        while (lines.Next())
        {
            string word = lines.Words[0];
            if (word[0] == ':') section = word.ToLowerInvariant();
            else if (section == ":units" && word == "angle") skeleton.Radian = lines.Words.ElementAtOrDefault(1) is "rad" ? 1 : MathF.PI / 180;
            else if (section == ":root") skeleton.ReadRoot(lines);
            else if (section == ":bonedata" && word == "begin") skeleton.ReadBone(lines, limits);
            else if (section == ":hierarchy" && word is not ("begin" or "end"))
                foreach (string child in lines.Words.Skip(1))
                    if (!parents.TryAdd(child, word)) throw lines.Bad($"{child} has two parents; {Remedy}");
        }
        if (skeleton._bones.Count < 2 || parents.Count == 0) throw lines.Bad($"no {(skeleton._bones.Count < 2 ? ":bonedata" : ":hierarchy")} was found; {Remedy}");
        skeleton.Order(parents, lines);
        return skeleton;
    }

    /// <summary>Rotation of three angles applied one after the other in the order of the named axes.</summary>
    public static Quaternion Turn(Vector3 radians, ReadOnlySpan<char> order)
    {
        Quaternion turn = Quaternion.Identity;
        foreach (char axis in order)
        {
            (Vector3 about, float angle) = axis switch { 'x' or 'X' => (Vector3.UnitX, radians.X), 'y' or 'Y' => (Vector3.UnitY, radians.Y), _ => (Vector3.UnitZ, radians.Z) };
            turn = Quaternion.CreateFromAxisAngle(about, angle) * turn;
        }
        return turn;
    }

    private void ReadRoot(AcclaimLines lines)
    {
        Bone root = _bones[0];
        if (lines.Words[0] == "order") root.Channels = Channels(lines);
        if (lines.Words[0] == "orientation") root.Axis = Turn(new Vector3(lines.Number(1, "orientation x"), lines.Number(2, "orientation y"), lines.Number(3, "orientation z")) * Radian, "XYZ");
    }

    private void ReadBone(AcclaimLines lines, InputLimits limits)
    {
        if (_bones.Count >= limits.MaxJoints) throw lines.Bad($"more than {limits.MaxJoints} bones; raise InputLimits.MaxJoints if this is a real skeleton");
        var bone = new Bone();
        while (true)
        {
            if (!lines.Next()) throw lines.Bad("the file ends inside a bone; it is cut short, get it again");
            switch (lines.Words[0])
            {
                case "end":
                    if (bone.Name.Length == 0) throw lines.Bad($"a bone has no name; {Remedy}");
                    if (_bones.Exists(b => b.Name == bone.Name)) throw lines.Bad($"a second bone {BvhCursor.Shown(bone.Name)}; {Remedy}");
                    _bones.Add(bone);
                    return;
                case "name": bone.Name = lines.Words.ElementAtOrDefault(1) ?? ""; break;
                case "direction": bone.Direction = new Vector3(lines.Number(1, "direction x"), lines.Number(2, "direction y"), lines.Number(3, "direction z")); break;
                case "length": bone.Length = lines.Number(1, "length"); break;
                case "axis": bone.Axis = Turn(new Vector3(lines.Number(1, "axis x"), lines.Number(2, "axis y"), lines.Number(3, "axis z")) * Radian, lines.Words.ElementAtOrDefault(4) ?? "XYZ"); break;
                case "dof": bone.Channels = Channels(lines); break;
            }
        }
    }

    private static string[] Channels(AcclaimLines lines)
    {
        string[] channels = [.. lines.Words.Skip(1).Select(w => w.ToLowerInvariant())];
        foreach (string channel in channels)
            if (channel is not ("tx" or "ty" or "tz" or "rx" or "ry" or "rz" or "l")) throw lines.Bad($"found {BvhCursor.Shown(channel)} where a degree of freedom was expected (tx … rz, l); {Remedy}");
        return channels.Length <= 7 ? channels : throw lines.Bad($"{channels.Length} degrees of freedom of one bone, at most 7 were expected; {Remedy}");
    }

    /// <summary>Sets parents and puts them before their children.</summary>
    private void Order(Dictionary<string, string> parents, AcclaimLines lines)
    {
        var ordered = new List<Bone> { _bones[0] };
        for (int done = 0; done < ordered.Count; done++)
            foreach (Bone bone in _bones.Skip(1))
                if (bone.Parent < 0 && parents.TryGetValue(bone.Name, out string? parent) && parent == ordered[done].Name)
                {
                    bone.Parent = done;
                    ordered.Add(bone);
                }
        if (ordered.Count < _bones.Count) throw lines.Bad($"{_bones.Skip(1).First(b => b.Parent < 0).Name} does not hang on the root; {Remedy}");
        _bones.Clear();
        _bones.AddRange(ordered);
    }
}
