using System.Globalization;
using System.Numerics;
using Impersonator.Files;

namespace Impersonator.Bodies;

/// <summary>Texture coordinates for a body of the SMPL family from an OBJ file, which a user brings: SMPL's own files hold none.</summary>
/// <remarks>
/// Read are <c>vt</c> and <c>f v/vt …</c> lines; everything else is passed over. The faces must be the body's, in its order:
/// what a network learnt about a place on the body hangs on them.
/// </remarks>
public sealed class SmplUvMap
{
    private const int MostTexcoords = 1 << 18;

    private SmplUvMap(Vector2[] texcoords, int[] corners)
    {
        (Texcoords, Corners) = (texcoords, corners);
        FirstEdges = [.. Enumerable.Range(0, corners.Length / 3).Select(t => (texcoords[corners[3 * t]] + texcoords[corners[(3 * t) + 1]]) / 2)];
    }

    /// <summary>[U] texture coordinates, v counted downwards from the first row of texels.</summary>
    public Vector2[] Texcoords { get; }

    /// <summary>[T·3] texture coordinate of each corner.</summary>
    public int[] Corners { get; }

    /// <summary>[T] the middle of each triangle's first edge: the one place that the published networks know a triangle by.</summary>
    /// <remarks>Their formula was meant as the centre; <c>v₂ + ½(v₀ − v₂) + ½(v₁ − v₂)</c> is ½(v₀ + v₁).</remarks>
    public Vector2[] FirstEdges { get; }

    /// <summary>Reads an OBJ file.</summary>
    /// <param name="path">The file, whatever its ending.</param>
    /// <param name="mesh">The body that it belongs to.</param>
    /// <param name="limits">What it may cost.</param>
    /// <exception cref="InputException">Missing, too large, no OBJ, or made for another body.</exception>
    public static SmplUvMap Read(string path, SkinnedMesh mesh, InputLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        string name = Path.GetFileName(path);
        InputException Bad(string what) => new($"{name}: {what}; give the OBJ file with the texture coordinates of this very body.");
        using var reader = new StreamReader(InputFile.Open(path, limits ?? InputLimits.Default));
        var texcoords = new List<Vector2>();
        var corners = new List<int>(mesh.Triangles.Length);
        for (int number = 1; reader.ReadLine() is { } line; number++)
        {
            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words is ["vt", ..])
            {
                if (words.Length < 3 || !Number(words[1], out float u) || !Number(words[2], out float v) || texcoords.Count == MostTexcoords) throw Bad($"line {number} is no texture coordinate");
                texcoords.Add(new Vector2(u, 1 - v));
            }
            else if (words is ["f", ..])
            {
                if (words.Length != 4) throw Bad($"line {number} is no triangle");
                if (corners.Count == mesh.Triangles.Length) throw Bad($"has more triangles than the body's {mesh.Triangles.Length / 3}");
                foreach (string word in words.AsSpan(1))
                {
                    string[] parts = word.Split('/');
                    if (parts.Length < 2 || !Index(parts[0], out int vertex) || !Index(parts[1], out int texcoord)) throw Bad($"line {number} is no triangle with texture coordinates");
                    if (mesh.Triangles[corners.Count] != vertex) throw Bad($"line {number} names vertex {vertex + 1}, the body's triangle has {mesh.Triangles[corners.Count] + 1} there");
                    corners.Add(texcoord);
                }
            }
        }
        if (corners.Count != mesh.Triangles.Length) throw Bad($"has {corners.Count / 3} triangles, the body has {mesh.Triangles.Length / 3}");
        foreach (int corner in corners)
            if (corner >= texcoords.Count) throw Bad($"a triangle names texture coordinate {corner + 1} of {texcoords.Count}");
        return new SmplUvMap([.. texcoords], [.. corners]);
    }

    private static bool Number(string text, out float value) => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && float.IsFinite(value);

    // OBJ counts from one.
    private static bool Index(string text, out int index) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out index) && --index >= 0;
}
