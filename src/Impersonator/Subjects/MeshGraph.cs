namespace Impersonator.Subjects;

/// <summary>Which vertices are joined by an edge.</summary>
internal sealed class MeshGraph
{
    private readonly int[] _starts, _neighbours;

    public MeshGraph(int vertexCount, ReadOnlySpan<int> triangles)
    {
        var edges = new HashSet<(int, int)>();
        for (int i = 0; i < triangles.Length; i += 3)
            for (int k = 0; k < 3; k++)
            {
                int a = triangles[i + k], b = triangles[i + ((k + 1) % 3)];
                edges.Add((Math.Min(a, b), Math.Max(a, b)));
            }
        _starts = new int[vertexCount + 1];
        foreach ((int a, int b) in edges)
        {
            _starts[a + 1]++;
            _starts[b + 1]++;
        }
        for (int v = 0; v < vertexCount; v++) _starts[v + 1] += _starts[v];
        _neighbours = new int[_starts[vertexCount]];
        int[] next = [.. _starts];
        foreach ((int a, int b) in edges.Order())
        {
            _neighbours[next[a]++] = b;
            _neighbours[next[b]++] = a;
        }
    }

    /// <summary>Number of vertices.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>The vertices joined to one.</summary>
    public ReadOnlySpan<int> Of(int vertex) => _neighbours.AsSpan(_starts[vertex], _starts[vertex + 1] - _starts[vertex]);
}
