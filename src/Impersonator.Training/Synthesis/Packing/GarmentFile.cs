using System.Globalization;
using System.Numerics;
using Impersonator.Files;

namespace Impersonator.Training.Synthesis.Packing;

/// <summary>A fitted asset of MakeHuman (.mhclo) with its mesh (.obj) and material (.mhmat), as in the files: decimetres, base vertices.</summary>
internal sealed class GarmentFile
{
    private static readonly char[] Blank = [' ', '\t'];

    /// <summary>[3·V] base vertices, their weights and offsets.</summary>
    public List<int> Anchors { get; } = [];

    /// <inheritdoc cref="Anchors"/>
    public List<float> Weights { get; } = [];

    /// <inheritdoc cref="Anchors"/>
    public List<float> Offsets { get; } = [];

    /// <summary>Base vertices hidden under it.</summary>
    public List<int> Covered { get; } = [];

    /// <summary>[3] pairs of base vertices and the divisor of their distance; 0: no scale.</summary>
    public (int A, int B, float Divisor)[] Scales { get; } = new (int, int, float)[3];

    /// <summary>Its triangles.</summary>
    public TriangleSet Triangles { get; private set; } = new();

    /// <summary>Its picture, null for none.</summary>
    public string? Texture { get; private set; }

    /// <summary>Its picture's alpha means holes.</summary>
    public bool Transparent { get; private set; }

    /// <summary>V.</summary>
    public int VertexCount => Anchors.Count / 3;

    /// <summary>Reads one.</summary>
    /// <exception cref="InputException">Something in it cannot be read.</exception>
    public static GarmentFile Read(string path)
    {
        try
        {
            var file = new GarmentFile();
            file.ReadFit(path);
            if (file.Triangles.Vertices.Any(v => v >= file.VertexCount)) throw new InputException($"{path}: mesh and fitting disagree.");
            return file;
        }
        catch (Exception cause) when (cause is IOException or FormatException or OverflowException or ArgumentException or IndexOutOfRangeException)
        {
            throw new InputException($"{path}: {cause.Message.ReplaceLineEndings(" ")}", cause);
        }
    }

    private static IEnumerable<string[]> Lines(string path) => File.ReadLines(path).Select(line => line.Split(Blank, StringSplitOptions.RemoveEmptyEntries)).Where(parts => parts.Length > 0 && parts[0][0] != '#');

    private static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private void ReadFit(string path)
    {
        string folder = Path.GetDirectoryName(path)!, mesh = "", section = "";
        foreach (string[] parts in Lines(path))
        {
            switch (parts[0])
            {
                case "name": continue;
                case "obj_file":
                    mesh = Path.Combine(folder, parts[1]);
                    continue;
                case "material":
                    ReadMaterial(Path.Combine(folder, string.Join(' ', parts[1..])));
                    continue;
                case "x_scale" or "y_scale" or "z_scale":
                    Scales[parts[0][0] - 'x'] = (Whole(parts[1]), Whole(parts[2]), Number(parts[3]));
                    continue;
                case "verts":
                    section = "verts";
                    continue;
                case "delete_verts":
                    section = "delete";
                    continue;
            }
            if (!char.IsDigit(parts[0][0])) continue;
            if (section == "delete") ReadCovered(parts);
            else if (section == "verts") ReadVertex(parts);
        }
        ReadMesh(mesh);
    }

    /// <summary>"12 15 - 20 33": single vertices and ranges.</summary>
    private void ReadCovered(string[] parts)
    {
        for (int k = 0; k < parts.Length; k++)
            if (parts[k] == "-")
                for (int v = Covered[^1] + 1; v <= Whole(parts[k + 1]); v++) Covered.Add(v);
            else if (k == 0 || parts[k - 1] != "-") Covered.Add(Whole(parts[k]));
    }

    /// <summary>Three anchors, weights, offsets; a line of one number copies that base vertex.</summary>
    private void ReadVertex(string[] parts)
    {
        bool bound = parts.Length >= 6;
        for (int k = 0; k < 3; k++)
        {
            Anchors.Add(Whole(parts[bound ? k : 0]));
            Weights.Add(bound ? Number(parts[3 + k]) : k == 0 ? 1 : 0);
            Offsets.Add(parts.Length >= 9 ? Number(parts[6 + k]) : 0);
        }
    }

    private void ReadMesh(string path)
    {
        (List<Vector2> texcoords, List<ushort> vertices, List<ushort> coordinates) = ([], [], []);
        foreach (string[] parts in Lines(path))
            if (parts[0] == "vt") texcoords.Add(new Vector2(Number(parts[1]), 1 - Number(parts[2])));
            else if (parts[0] == "f")
            {
                string[][] corners = [.. parts.Skip(1).Select(p => p.Split('/'))];
                for (int k = 2; k < corners.Length; k++)
                    foreach (int c in (ReadOnlySpan<int>)[0, k - 1, k])
                    {
                        vertices.Add(checked((ushort)(Whole(corners[c][0]) - 1)));
                        coordinates.Add(checked((ushort)(corners[c].Length > 1 && corners[c][1].Length > 0 ? Whole(corners[c][1]) - 1 : 0)));
                    }
            }
        if (texcoords.Count == 0) texcoords.Add(default);
        Triangles = new TriangleSet { Vertices = [.. vertices], Coordinates = [.. coordinates], Texcoords = [.. texcoords] };
    }

    private void ReadMaterial(string path)
    {
        if (!File.Exists(path)) return;
        foreach (string[] parts in Lines(path))
            if (parts[0] == "diffuseTexture" && parts.Length > 1) Texture = Path.Combine(Path.GetDirectoryName(path)!, string.Join(' ', parts[1..]));
            else if (parts[0] == "transparent" && parts.Length > 1) Transparent = parts[1].StartsWith('T') || parts[1] == "1";
        if (Texture != null && !File.Exists(Texture)) Texture = null;
    }
}
