namespace Impersonator.Subjects;

/// <summary>Which vertices are joined by an edge.</summary>
internal sealed class MeshGraph
{
    private readonly int[] _starts, _neighbours;

    public MeshGraph(int vertexCount, ReadOnlySpan<int> triangles)
    {
        _starts = new int[vertexCount + 1];
        foreach (int v in triangles) _starts[v + 1] += 2;
        for (int v = 0; v < vertexCount; v++) _starts[v + 1] += _starts[v];
        var all = new int[2 * triangles.Length];
        int[] next = [.. _starts];
        for (int i = 0; i < triangles.Length; i++)
        {
            int a = triangles[i], b = triangles[i % 3 == 2 ? i - 2 : i + 1];
            all[next[a]++] = b;
            all[next[b]++] = a;
        }
        // Two triangles share most edges: keep each neighbour once, in order.
        int count = 0;
        for (int v = 0; v < vertexCount; v++)
        {
            Span<int> around = all.AsSpan(_starts[v], _starts[v + 1] - _starts[v]);
            around.Sort();
            _starts[v] = count;
            for (int k = 0; k < around.Length; k++)
                if (around[k] != v && (k == 0 || around[k] != around[k - 1])) all[count++] = around[k];
        }
        _starts[vertexCount] = count;
        _neighbours = all[..count];
    }

    /// <summary>Number of vertices.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>The vertices joined to one.</summary>
    public ReadOnlySpan<int> Of(int vertex) => _neighbours.AsSpan(_starts[vertex], _starts[vertex + 1] - _starts[vertex]);
}
