using System.Numerics;

namespace Impersonator.Rendering;

/// <summary>Smooth normals: at each vertex the mean of the triangles around it, weighted by their area.</summary>
public static class MeshNormals
{
    /// <summary>Writes a unit normal for every vertex; zero where a vertex belongs to no triangle.</summary>
    /// <param name="positions">[V] places, metres.</param>
    /// <param name="triangles">[T·3] vertices of each triangle, counter-clockwise seen from outside.</param>
    /// <param name="normals">[V] receives the normals.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static void Compute(ReadOnlySpan<Vector3> positions, ReadOnlySpan<int> triangles, Span<Vector3> normals)
    {
        if (normals.Length != positions.Length) throw new ArgumentException($"Room for {normals.Length} of {positions.Length} normals.", nameof(normals));
        normals.Clear();
        for (int i = 0; i + 2 < triangles.Length; i += 3)
        {
            int a = triangles[i], b = triangles[i + 1], c = triangles[i + 2];
            Vector3 normal = Vector3.Cross(positions[b] - positions[a], positions[c] - positions[a]);
            normals[a] += normal;
            normals[b] += normal;
            normals[c] += normal;
        }
        for (int v = 0; v < normals.Length; v++)
        {
            float squared = normals[v].LengthSquared();
            if (squared > 0) normals[v] /= MathF.Sqrt(squared);
        }
    }
}
