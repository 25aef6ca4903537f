using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Subjects;

/// <summary>Finds, for a point of the surface, the point at the mirrored place.</summary>
internal sealed class MirrorTriangles
{
    private readonly (int Triangle, int Corner0, int Corner1, int Corner2)[] _partners;

    public MirrorTriangles(SkinnedMesh mesh, int[] mirror)
    {
        static (int, int, int) Key(int a, int b, int c)
        {
            if (a > b) (a, b) = (b, a);
            if (b > c) (b, c) = (c, b);
            if (a > b) (a, b) = (b, a);
            return (a, b, c);
        }
        var byVertices = new Dictionary<(int, int, int), int>();
        ReadOnlySpan<int> t = mesh.Triangles;
        for (int i = 0; i < mesh.TriangleCount; i++) byVertices.TryAdd(Key(t[3 * i], t[(3 * i) + 1], t[(3 * i) + 2]), i);
        // Quads may be cut along the other diagonal on the other side: then the triangle that shares most corners stands in.
        ILookup<int, int> byVertex = Enumerable.Range(0, mesh.Triangles.Length).ToLookup(i => mesh.Triangles[i], i => i / 3);
        _partners = new (int, int, int, int)[mesh.TriangleCount];
        for (int i = 0; i < mesh.TriangleCount; i++)
        {
            int a = mirror[t[3 * i]], b = mirror[t[(3 * i) + 1]], c = mirror[t[(3 * i) + 2]];
            if (!byVertices.TryGetValue(Key(a, b, c), out int partner))
                partner = byVertex[a].Concat(byVertex[b]).Concat(byVertex[c]).GroupBy(p => p).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).FirstOrDefault()?.Key ?? -1;
            if (partner < 0)
            {
                _partners[i] = (-1, 0, 0, 0);
                continue;
            }
            int[] corners = mesh.Triangles[(3 * partner)..((3 * partner) + 3)];
            _partners[i] = (partner, Array.IndexOf(corners, a), Array.IndexOf(corners, b), Array.IndexOf(corners, c));
        }
    }

    /// <summary>The mirrored point, null where the mesh has none.</summary>
    public (int Triangle, Vector3 Weights)? Of(int triangle, Vector3 weights)
    {
        var (partner, c0, c1, c2) = _partners[triangle];
        if (partner < 0) return null;
        Vector3 mirrored = Vector3.Zero;
        if (c0 >= 0) mirrored[c0] += weights.X;
        if (c1 >= 0) mirrored[c1] += weights.Y;
        if (c2 >= 0) mirrored[c2] += weights.Z;
        float sum = mirrored.X + mirrored.Y + mirrored.Z;
        return sum > 0 ? (partner, mirrored / sum) : (partner, new Vector3(1f / 3));
    }
}
