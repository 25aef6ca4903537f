using System.Numerics;
using System.Runtime.InteropServices;

namespace Impersonator.Bodies;

/// <summary>Texture coordinates for a body of the SMPL family: the file's own, or the body seen from the front and from behind.</summary>
internal static class SmplTexcoords
{
    /// <summary>Texture coordinates and the one of each corner.</summary>
    public static (Vector2[] Texcoords, int[] Triangles) Of(SmplArrays file, Vector3[] positions, int[] triangles)
        => file.Contains("vt") && file.Contains("ft") ? FromFile(file, triangles.Length / 3) : FrontAndBack(positions, triangles);

    private static (Vector2[], int[]) FromFile(SmplArrays file, int triangleCount)
    {
        Vector2[] texcoords = MemoryMarshal.Cast<float, Vector2>(file.Numbers("vt", -1, 2)).ToArray();
        // Their first row of texels is the lowest.
        for (int u = 0; u < texcoords.Length; u++) texcoords[u].Y = 1 - texcoords[u].Y;
        int[] triangles = file.Get("ft", triangleCount, 3).ToInt32s();
        foreach (int u in triangles)
            if ((uint)u >= (uint)texcoords.Length) throw new SmplFormatException(file.Name, $"a triangle names texture coordinate {u} of {texcoords.Length}");
        return (texcoords, triangles);
    }

    // SMPL and SMPL-H hold none. The front half of the T-pose takes the left half of the texture, the back the right half.
    private static (Vector2[], int[]) FrontAndBack(Vector3[] positions, int[] triangles)
    {
        Vector3 low = positions[0], high = positions[0];
        foreach (Vector3 p in positions) (low, high) = (Vector3.Min(low, p), Vector3.Max(high, p));
        Vector3 size = Vector3.Max(high - low, new Vector3(1e-3f));
        var texcoords = new Vector2[positions.Length * 2];
        for (int v = 0; v < positions.Length; v++)
        {
            float across = (positions[v].X - low.X) / size.X / 2, down = (high.Y - positions[v].Y) / size.Y;
            texcoords[v] = new Vector2(across, down);
            texcoords[positions.Length + v] = new Vector2(1 - across, down);
        }
        int[] corners = [.. triangles];
        for (int i = 0; i < corners.Length; i += 3)
        {
            Vector3 a = positions[triangles[i]];
            if (Vector3.Cross(positions[triangles[i + 1]] - a, positions[triangles[i + 2]] - a).Z >= 0) continue;
            for (int c = 0; c < 3; c++) corners[i + c] += positions.Length;
        }
        return (texcoords, corners);
    }
}
