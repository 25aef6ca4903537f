using System.Numerics;

namespace Impersonator.Bodies.Learning;

/// <summary>Takes vertices out of a mesh one by one, the least missed first; those that stay keep their place and their texture coordinates.</summary>
/// <remarks>
/// Half-edge collapses ordered by quadric error (Garland and Heckbert, SIGGRAPH 97). A collapse that would change the topology (link condition), turn a
/// triangle over, leave an outline or a UV seam, or lose a kept vertex is not made, so what was watertight stays so.
/// </remarks>
internal sealed class MeshDecimation
{
    /// <summary>An outline's quadrics weigh more than a surface's, else open ends fray.</summary>
    private const double OutlineWeight = 10;

    /// <summary>What a long edge costs, so that flat skin does not lose all its vertices: per square metre and square metre.</summary>
    private const double LengthCost = 2e-3;

    /// <summary>The same where skin follows different joints, so that bends keep their rings of vertices.</summary>
    private const double BendCost = 2e-2;

    private readonly Vector3[] _at;
    private readonly JointWeights[] _weights;
    private readonly bool[] _kept;
    private readonly int[] _corners, _texcoords;
    private readonly List<int>[] _around;
    private readonly double[][] _quadrics;
    private readonly int[] _versions;
    private readonly bool[] _gone;
    private readonly PriorityQueue<(int From, int To, int Version), double> _queue = new();

    private MeshDecimation(SkinnedMesh mesh, IEnumerable<int> kept)
    {
        (_at, _weights, _corners, _texcoords) = (mesh.RestPositions, mesh.Weights, (int[])mesh.Triangles.Clone(), (int[])mesh.TexcoordTriangles.Clone());
        int count = mesh.VertexCount;
        (_kept, _gone, _versions) = (new bool[count], new bool[count], new int[count]);
        foreach (int v in kept) _kept[v] = true;
        _around = new List<int>[count];
        _quadrics = new double[count][];
        for (int v = 0; v < count; v++) (_around[v], _quadrics[v]) = (new List<int>(8), new double[10]);
        for (int t = 0; t < mesh.TriangleCount; t++)
            for (int c = 0; c < 3; c++) _around[_corners[(3 * t) + c]].Add(t);
    }

    /// <summary>The triangles that remain, by the mesh's own vertices and texture coordinates.</summary>
    /// <param name="mesh">The mesh.</param>
    /// <param name="vertexCount">Vertices to end with; more stay if none may go.</param>
    /// <param name="kept">Vertices that must stay.</param>
    public static (int[] Triangles, int[] TexcoordTriangles) Reduce(SkinnedMesh mesh, int vertexCount, IEnumerable<int> kept)
    {
        var work = new MeshDecimation(mesh, kept);
        work.AddQuadrics();
        for (int v = 0; v < mesh.VertexCount; v++) work.Offer(v);
        int left = work._around.Count(t => t.Count > 0);
        while (left > vertexCount && work._queue.TryDequeue(out var next, out _))
        {
            if (work._gone[next.From] || work._gone[next.To] || work._versions[next.From] != next.Version || !work.MayCollapse(next.From, next.To)) continue;
            work.Collapse(next.From, next.To);
            left--;
        }
        int[] alive = [.. Enumerable.Range(0, mesh.TriangleCount).Where(t => work._corners[3 * t] >= 0)];
        return ([.. alive.SelectMany(t => work._corners[(3 * t)..((3 * t) + 3)])], [.. alive.SelectMany(t => work._texcoords[(3 * t)..((3 * t) + 3)])]);
    }

    private void AddQuadrics()
    {
        for (int t = 0; t < _corners.Length / 3; t++)
        {
            ReadOnlySpan<int> corner = _corners.AsSpan(3 * t, 3);
            (Vector3 a, Vector3 b, Vector3 c) = (_at[corner[0]], _at[corner[1]], _at[corner[2]]);
            Vector3 normal = Vector3.Cross(b - a, c - a);
            float area = normal.Length() / 2;
            if (area < 1e-12f) continue;
            normal /= 2 * area;
            foreach (int v in corner) AddPlane(_quadrics[v], normal, a, area / 3);
            for (int e = 0; e < 3; e++)
            {
                (int from, int to) = (corner[e], corner[(e + 1) % 3]);
                if (Sharing(from, to).Count != 1) continue;
                // An open outline: a plane through it, upright on the surface, holds it in place.
                Vector3 along = _at[to] - _at[from];
                Vector3 upright = Vector3.Normalize(Vector3.Cross(along, normal));
                foreach (int v in (ReadOnlySpan<int>)[from, to]) AddPlane(_quadrics[v], upright, _at[from], OutlineWeight * along.LengthSquared());
            }
        }
    }

    private static void AddPlane(double[] quadric, Vector3 n, Vector3 point, double weight)
    {
        double d = -Vector3.Dot(n, point);
        ReadOnlySpan<double> plane = [n.X, n.Y, n.Z, d];
        for (int i = 0, k = 0; i < 4; i++)
            for (int j = i; j < 4; j++, k++) quadric[k] += weight * plane[i] * plane[j];
    }

    private static double Error(double[] q, Vector3 p) =>
        (q[0] * p.X * p.X) + (2 * q[1] * p.X * p.Y) + (2 * q[2] * p.X * p.Z) + (2 * q[3] * p.X) + (q[4] * p.Y * p.Y) + (2 * q[5] * p.Y * p.Z) + (2 * q[6] * p.Y)
        + (q[7] * p.Z * p.Z) + (2 * q[8] * p.Z) + q[9];

    /// <summary>Queues the ways of a vertex into its neighbours.</summary>
    private void Offer(int vertex)
    {
        if (_kept[vertex]) return;
        foreach (int to in Neighbours(vertex))
        {
            double square = Vector3.DistanceSquared(_at[vertex], _at[to]);
            double cost = Error(_quadrics[vertex], _at[to]) + Error(_quadrics[to], _at[to]) + ((LengthCost + (BendCost * Difference(_weights[vertex], _weights[to]))) * square * square);
            _queue.Enqueue((vertex, to, _versions[vertex]), cost);
        }
    }

    /// <summary>How differently two vertices are moved, 0 to 1.</summary>
    private static float Difference(JointWeights a, JointWeights b)
    {
        float same = 0;
        for (int i = 0; i < JointWeights.Count; i++)
            for (int j = 0; j < JointWeights.Count; j++)
                if (a.Joint(i) == b.Joint(j)) same += MathF.Min(a.Weight(i), b.Weight(j));
        return MathF.Max(0, 1 - same);
    }

    private bool MayCollapse(int from, int to)
    {
        List<int> sharing = Sharing(from, to);
        if (sharing.Count is 0 or > 2) return false;
        HashSet<int> ours = Neighbours(from), theirs = Neighbours(to);
        // An outline's vertex may only go along the outline.
        if (sharing.Count == 2 && ours.Count != _around[from].Count) return false;
        if (ours.Count(theirs.Contains) != sharing.Count) return false;
        if (TexcoordsAfter(from, to, sharing) is null) return false;
        foreach (int t in _around[from])
        {
            if (sharing.Contains(t)) continue;
            Vector3 before = Normal(t, -1, default), after = Normal(t, from, _at[to]);
            if (Vector3.Dot(before, after) <= 0.3f * before.Length() * after.Length()) return false;
        }
        return true;
    }

    /// <summary>For each texture coordinate of a vertex the one at the other end of the edge; null if a UV seam would be left.</summary>
    private Dictionary<int, int>? TexcoordsAfter(int from, int to, List<int> sharing)
    {
        var after = new Dictionary<int, int>();
        foreach (int t in sharing)
        {
            (int own, int other) = (_texcoords[Corner(t, from)], _texcoords[Corner(t, to)]);
            if (after.TryGetValue(own, out int known) && known != other) return null;
            after[own] = other;
        }
        foreach (int t in _around[from])
            if (!after.ContainsKey(_texcoords[Corner(t, from)])) return null;
        return after;
    }

    private void Collapse(int from, int to)
    {
        List<int> sharing = Sharing(from, to);
        Dictionary<int, int> texcoords = TexcoordsAfter(from, to, sharing)!;
        HashSet<int> touched = Neighbours(from);
        foreach (int t in sharing)
        {
            for (int c = 0; c < 3; c++) _around[_corners[(3 * t) + c]].Remove(t);
            _corners[3 * t] = -1;
        }
        foreach (int t in _around[from])
        {
            int corner = Corner(t, from);
            _corners[corner] = to;
            _texcoords[corner] = texcoords[_texcoords[corner]];
            _around[to].Add(t);
        }
        _around[from].Clear();
        _gone[from] = true;
        for (int k = 0; k < _quadrics[to].Length; k++) _quadrics[to][k] += _quadrics[from][k];
        foreach (int v in touched)
        {
            _versions[v]++;
            Offer(v);
        }
    }

    private Vector3 Normal(int triangle, int moved, Vector3 place)
    {
        Vector3 At(int c) => _corners[(3 * triangle) + c] is var v && v == moved ? place : _at[v];
        return Vector3.Cross(At(1) - At(0), At(2) - At(0));
    }

    private int Corner(int triangle, int vertex) => Array.IndexOf(_corners, vertex, 3 * triangle, 3);

    private List<int> Sharing(int a, int b) => _around[a].FindAll(t => Corner(t, b) >= 0);

    private HashSet<int> Neighbours(int vertex)
    {
        var found = new HashSet<int>();
        foreach (int t in _around[vertex])
            for (int c = 0; c < 3; c++)
                if (_corners[(3 * t) + c] != vertex) found.Add(_corners[(3 * t) + c]);
        return found;
    }
}
