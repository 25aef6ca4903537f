using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Impersonator.Files;

namespace Impersonator.Bodies.Learning;

/// <summary>MakeHuman's data folder: base mesh, morph targets and rig. Decimetres there, metres here; Y up, facing +Z, the left at +X.</summary>
internal sealed class MakeHumanData
{
    private const float Metre = 0.1f;
    private static readonly char[] Blank = [' ', '\t'];
    private readonly string _folder;

    /// <summary>Reads base mesh and rig; targets are read on demand.</summary>
    /// <exception cref="InputException">A file is missing or cannot be read.</exception>
    public MakeHumanData(string folder)
    {
        _folder = folder;
        if (!File.Exists(PathOf("3dobjs/base.obj")))
            throw new InputException($"{folder}: no 3dobjs/base.obj; give MakeHuman's data folder (with 3dobjs, targets and rigs).");
        ReadBase();
        ReadRig();
    }

    /// <summary>[19158] base mesh vertices, helpers included.</summary>
    public Vector3[] Vertices { get; private set; } = [];

    /// <summary>Texture coordinates, (0, 0) top left.</summary>
    public Vector2[] Texcoords { get; private set; } = [];

    /// <summary>Quads of each group: four vertices and four texture coordinates.</summary>
    public Dictionary<string, List<(int[] Vertices, int[] Texcoords)>> Groups { get; } = [];

    /// <summary>Bones, parents first.</summary>
    public List<Bone> Bones { get; } = [];

    /// <summary>[vertices] bones and raw weights.</summary>
    public List<(int Bone, float Weight)>[] Weights { get; private set; } = [];

    /// <summary>A bone: its head is the mean of base vertices, so it follows every shape.</summary>
    public sealed record Bone(string Name, int Parent, int[] Head, int[] Tail);

    /// <summary>A morph target: sparse offsets, metres.</summary>
    public sealed record Target(string Name, (int Vertex, Vector3 Offset)[] Offsets);

    /// <summary>All targets below a folder of <c>targets</c>, by file name, in a fixed order.</summary>
    public Target[] Targets(string below, Func<string, bool>? wanted = null)
    {
        string root = PathOf(Path.Combine("targets", below));
        if (!Directory.Exists(root)) return [];
        string[] files = [.. Directory.GetFiles(root, "*.target", SearchOption.AllDirectories).Where(f => wanted?.Invoke(Path.GetFileNameWithoutExtension(f)) ?? true).Order(StringComparer.Ordinal)];
        var targets = new Target[files.Length];
        Parallel.For(0, files.Length, i => targets[i] = new Target(Path.GetFileNameWithoutExtension(files[i]),
            [.. Lines(files[i]).Where(p => p.Length >= 4).Select(p => (int.Parse(p[0], CultureInfo.InvariantCulture), new Vector3(Number(p[1]), Number(p[2]), Number(p[3])) * Metre))]));
        return targets;
    }

    private string PathOf(string file) => Path.Combine(_folder, file);

    private static IEnumerable<string[]> Lines(string path) => File.ReadLines(path)
        .Select(line => line.Split(Blank, StringSplitOptions.RemoveEmptyEntries)).Where(parts => parts.Length > 0 && parts[0][0] != '#');

    private static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);

    private void ReadBase()
    {
        var vertices = new List<Vector3>();
        var texcoords = new List<Vector2>();
        string group = "";
        foreach (string[] parts in Lines(PathOf("3dobjs/base.obj")))
            switch (parts[0])
            {
                case "v": vertices.Add(new Vector3(Number(parts[1]), Number(parts[2]), Number(parts[3])) * Metre); break;
                case "vt": texcoords.Add(new Vector2(Number(parts[1]), 1 - Number(parts[2]))); break;
                case "g": group = parts.Length > 1 ? parts[1] : ""; break;
                case "f":
                    string[][] corners = [.. parts.Skip(1).Select(p => p.Split('/'))];
                    if (!Groups.TryGetValue(group, out var quads)) Groups[group] = quads = [];
                    quads.Add(([.. corners.Select(c => int.Parse(c[0], CultureInfo.InvariantCulture) - 1)],
                        [.. corners.Select(c => c.Length > 1 && c[1].Length > 0 ? int.Parse(c[1], CultureInfo.InvariantCulture) - 1 : 0)]));
                    break;
            }
        (Vertices, Texcoords) = ([.. vertices], [.. texcoords]);
    }

    private void ReadRig()
    {
        using var skeleton = JsonDocument.Parse(File.ReadAllText(PathOf("rigs/default.mhskel")));
        JsonElement joints = skeleton.RootElement.GetProperty("joints");
        int[] Ends(JsonElement bone, string end) => [.. joints.GetProperty(bone.GetProperty(end).GetString()!).EnumerateArray().Select(v => v.GetInt32())];
        var waiting = skeleton.RootElement.GetProperty("bones").EnumerateObject().ToList();
        var index = new Dictionary<string, int>();
        while (waiting.Count > 0)
        {
            int before = waiting.Count;
            foreach (JsonProperty entry in waiting.ToArray())
            {
                string? parent = entry.Value.GetProperty("parent").GetString();
                if (parent != null && !index.ContainsKey(parent)) continue;
                index[entry.Name] = Bones.Count;
                Bones.Add(new Bone(entry.Name, parent == null ? -1 : index[parent], Ends(entry.Value, "head"), Ends(entry.Value, "tail")));
                waiting.Remove(entry);
            }
            if (waiting.Count == before) throw new InputException($"default.mhskel: bone {waiting[0].Name} hangs on a parent that does not exist.");
        }

        using var weights = JsonDocument.Parse(File.ReadAllText(PathOf("rigs/default_weights.mhw")));
        Weights = [.. Enumerable.Range(0, Vertices.Length).Select(_ => new List<(int, float)>())];
        foreach (JsonProperty entry in weights.RootElement.GetProperty("weights").EnumerateObject())
            foreach (JsonElement pair in entry.Value.EnumerateArray())
                Weights[pair[0].GetInt32()].Add((index[entry.Name], pair[1].GetSingle()));
    }
}
