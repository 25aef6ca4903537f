using System.Numerics;
using System.Runtime.CompilerServices;
using Impersonator.Bodies;
using Impersonator.Subjects;

namespace Impersonator.Synthesis.Generation;

/// <summary>Gives surface that a photo does not show the place of the nearest surface of the same part that it shows.</summary>
/// <remarks>
/// Breadth-first over the mesh from all shown vertices at once; the mirrored vertex is a neighbour, too: the far arm looks like the near
/// one. A head is filled from heads alone, other parts from other parts where the photo shows nothing of their own. Keeps its buffers.
/// </remarks>
internal sealed class FilledFlow
{
    /// <summary>How squarely a vertex must be shown to keep its own place.</summary>
    private const float Shown = 0.1f;

    /// <summary>How squarely it must be shown to give its place to others: well inside the outline, where no background mixes in.</summary>
    private const float Giving = 0.45f;

    // Bodies of a model share their triangles, so this is made once for all subjects.
    private static readonly ConditionalWeakTable<int[], MeshGraph> Graphs = [];

    private int[] _queue = [], _givers = [];

    /// <summary>Fills the places of a layer's vertices that the photo does not show.</summary>
    /// <param name="mesh">The layer.</param>
    /// <param name="mirror">[V] mirrored vertices, null where the mesh has none.</param>
    /// <param name="seen">[V] how squarely the photo shows each vertex.</param>
    /// <param name="places">[V] own places in the photo; those of unseen vertices are replaced where there is anything to take.</param>
    public void Fill(SkinnedMesh mesh, int[]? mirror, ReadOnlySpan<float> seen, Span<Vector3> places)
    {
        int count = mesh.VertexCount;
        MeshGraph graph = Graphs.GetValue(mesh.Triangles, _ => new MeshGraph(count, mesh.Triangles));
        if (_queue.Length < count) (_queue, _givers) = (new int[count], new int[count]);
        Array.Fill(_givers, -1, 0, count);
        // First from what is shown well of the own part, then from what is shown at all, then from whatever is filled.
        int filled = Start(seen, Giving, 0);
        filled = Spread(graph, mesh.Parts, mirror, filled, PartOf);
        filled = Start(seen, Shown, filled);
        filled = Spread(graph, mesh.Parts, mirror, filled, PartOf);
        Spread(graph, mesh.Parts, mirror, filled, static part => part == BodyPart.Head ? 0 : 1);
        for (int v = 0; v < count; v++)
            if (seen[v] < Shown && _givers[v] >= 0) places[v] = places[_givers[v]];
    }

    private int Start(ReadOnlySpan<float> seen, float least, int filled)
    {
        for (int v = 0; v < seen.Length; v++)
            if (seen[v] >= least && _givers[v] < 0) Take(v, v, ref filled);
        return filled;
    }

    private int Spread(MeshGraph graph, BodyPart[] parts, int[]? mirror, int filled, Func<BodyPart, int> groupOf)
    {
        for (int next = 0; next < filled; next++)
        {
            int from = _queue[next], group = groupOf(parts[from]);
            foreach (int to in graph.Of(from))
                if (_givers[to] < 0 && groupOf(parts[to]) == group) Take(_givers[from], to, ref filled);
            if (mirror is not null && _givers[mirror[from]] < 0 && groupOf(parts[mirror[from]]) == group) Take(_givers[from], mirror[from], ref filled);
        }
        return filled;
    }

    private void Take(int giver, int vertex, ref int filled)
    {
        _givers[vertex] = giver;
        _queue[filled++] = vertex;
    }

    /// <summary>Parts that look alike: both arms, both hands, both legs, both feet.</summary>
    private static int PartOf(BodyPart part) => part switch
    {
        BodyPart.LeftUpperArm or BodyPart.RightUpperArm or BodyPart.LeftLowerArm or BodyPart.RightLowerArm => (int)BodyPart.LeftUpperArm,
        BodyPart.LeftUpperLeg or BodyPart.RightUpperLeg or BodyPart.LeftLowerLeg or BodyPart.RightLowerLeg => (int)BodyPart.LeftUpperLeg,
        BodyPart.RightHand => (int)BodyPart.LeftHand,
        BodyPart.RightFoot => (int)BodyPart.LeftFoot,
        _ => (int)part,
    };
}
