using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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

    /// <summary>Writes by how much each value exceeds its neighbours', summed over them.</summary>
    /// <param name="values">[V].</param>
    /// <param name="result">[V].</param>
    /// <exception cref="ArgumentException">A length is not V.</exception>
    public void Laplacian(ReadOnlySpan<Vector2> values, Span<Vector2> result)
    {
        if (values.Length != Count || result.Length != Count) throw new ArgumentException($"{values.Length} and {result.Length} values for {Count} vertices.", nameof(values));
        // Every neighbour is one of the vertices: nothing to check again.
        ref Vector2 first = ref MemoryMarshal.GetReference(values);
        int[] starts = _starts, neighbours = _neighbours;
        for (int v = 0; v < result.Length; v++)
        {
            ReadOnlySpan<int> around = neighbours.AsSpan(starts[v], starts[v + 1] - starts[v]);
            Vector2 sum = values[v] * around.Length;
            foreach (int u in around) sum -= Unsafe.Add(ref first, u);
            result[v] = sum;
        }
    }

    /// <inheritdoc cref="Laplacian(ReadOnlySpan{Vector2}, Span{Vector2})"/>
    public void Laplacian(ReadOnlySpan<float> values, Span<float> result)
    {
        if (values.Length != Count || result.Length != Count) throw new ArgumentException($"{values.Length} and {result.Length} values for {Count} vertices.", nameof(values));
        ref float first = ref MemoryMarshal.GetReference(values);
        int[] starts = _starts, neighbours = _neighbours;
        for (int v = 0; v < result.Length; v++)
        {
            ReadOnlySpan<int> around = neighbours.AsSpan(starts[v], starts[v + 1] - starts[v]);
            float sum = values[v] * around.Length;
            foreach (int u in around) sum -= Unsafe.Add(ref first, u);
            result[v] = sum;
        }
    }
}
