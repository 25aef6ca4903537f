using System.Numerics;

namespace Impersonator.Training.Synthesis;

/// <summary>Triangles over a vertex array; texture coordinates are indexed on their own, because seams split them.</summary>
internal sealed class TriangleSet
{
    /// <summary>Metres; details finer than this are dropped from <see cref="Coarse"/>.</summary>
    public const float CoarseCell = 0.009f;

    /// <summary>[T·3] vertex of each corner.</summary>
    public ushort[] Vertices = [];

    /// <summary>[T·3] texture coordinate of each corner.</summary>
    public ushort[] Coordinates = [];

    /// <summary>Texture coordinates.</summary>
    public Vector2[] Texcoords = [];

    /// <summary>The same surface with fewer triangles over the same vertices, for people small in the picture.</summary>
    public TriangleSet? Coarse;

    /// <summary>[T] its corners lie over skin that is not connected (between the legs): take the nearest corner's coordinates.</summary>
    public bool[] Torn = [];

    /// <summary>Vertices that some triangle uses, in order; null for all.</summary>
    public ushort[]? Used;

    /// <summary>T.</summary>
    public int Count => Vertices.Length / 3;

    /// <summary>Triangles without a texture.</summary>
    public static TriangleSet Plain(ushort[] vertices) => new() { Vertices = vertices, Coordinates = new ushort[vertices.Length], Texcoords = [default] };

    /// <summary>A grid of vertices, row by row, two triangles a cell, none of them torn.</summary>
    /// <param name="rows">Rows of vertices.</param>
    /// <param name="columns">Vertices of a row.</param>
    /// <param name="closed">Whether the last column meets the first: a tube.</param>
    public static TriangleSet Grid(int rows, int columns, bool closed)
    {
        var corners = new List<ushort>();
        for (int r = 0; r + 1 < rows; r++)
            for (int c = 0; c < (closed ? columns : columns - 1); c++)
            {
                (int a, int b) = ((r * columns) + c, (r * columns) + ((c + 1) % columns));
                corners.AddRange([(ushort)a, (ushort)(a + columns), (ushort)(b + columns), (ushort)a, (ushort)(b + columns), (ushort)b]);
            }
        TriangleSet grid = Plain([.. corners]);
        grid.Torn = new bool[grid.Count];
        return grid;
    }

    /// <summary>Reads a set.</summary>
    public static TriangleSet Read(BinaryReader input)
    {
        var set = new TriangleSet { Vertices = input.Array<ushort>(), Coordinates = input.Array<ushort>() };
        float[] coordinates = input.Halves();
        set.Texcoords = [.. Enumerable.Range(0, coordinates.Length / 2).Select(i => new Vector2(coordinates[2 * i], coordinates[(2 * i) + 1]))];
        if (set.Vertices.Length % 3 != 0 || set.Coordinates.Length != set.Vertices.Length || set.Coordinates.Any(c => c >= set.Texcoords.Length)) throw new InvalidDataException("triangles that do not fit");
        return set;
    }

    /// <summary>Writes it.</summary>
    public void Write(BinaryWriter output)
    {
        output.Array(Vertices);
        output.Array(Coordinates);
        output.Halves([.. Texcoords.SelectMany(t => (float[])[t.X, t.Y])]);
    }

    /// <summary>Makes <see cref="Coarse"/>: all vertices in one cell of a grid become the cell's first; triangles that collapse go.</summary>
    /// <remarks>Vertex clustering (Rossignac, Borrel 1993). Corners keep their own texture coordinates, so seams survive; cells of different parts do not merge.</remarks>
    public void Coarsen(Func<int, Vector3> place, Func<int, int> part, int vertexCount)
    {
        var cells = new Dictionary<(int, int, int, int), ushort>();
        var stands = new ushort[vertexCount];
        for (int v = 0; v < vertexCount; v++)
        {
            Vector3 p = place(v) / CoarseCell;
            (int, int, int, int) cell = ((int)MathF.Floor(p.X), (int)MathF.Floor(p.Y), (int)MathF.Floor(p.Z), part(v));
            if (!cells.TryGetValue(cell, out stands[v])) cells[cell] = stands[v] = (ushort)v;
        }
        (List<ushort> vertices, List<ushort> coordinates) = ([], []);
        for (int i = 0; i < Vertices.Length; i += 3)
        {
            (ushort a, ushort b, ushort c) = (stands[Vertices[i]], stands[Vertices[i + 1]], stands[Vertices[i + 2]]);
            if (a == b || b == c || c == a) continue;
            vertices.AddRange([a, b, c]);
            coordinates.AddRange([Coordinates[i], Coordinates[i + 1], Coordinates[i + 2]]);
        }
        Coarse = new TriangleSet { Vertices = [.. vertices], Coordinates = [.. coordinates], Texcoords = Texcoords, Used = [.. vertices.Distinct().Order()] };
    }

    /// <summary>Finds <see cref="Torn"/>: canonical places much farther apart than the corners themselves.</summary>
    public void FindTorn(Func<int, Vector3> canonical, Func<int, Vector3> place)
    {
        Torn = new bool[Count];
        for (int t = 0; t < Torn.Length; t++)
            for (int k = 0; k < 3; k++)
            {
                int a = Vertices[(3 * t) + k], b = Vertices[(3 * t) + ((k + 1) % 3)];
                Torn[t] |= Vector3.Distance(canonical(a), canonical(b)) > 0.03f + (2 * Vector3.Distance(place(a), place(b)));
            }
        Coarse?.FindTorn(canonical, place);
    }
}
