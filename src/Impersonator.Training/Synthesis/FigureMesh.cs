using System.Numerics;

namespace Impersonator.Training.Synthesis;

/// <summary>A posed triangle mesh with its material; arrays are kept and reused from picture to picture.</summary>
internal sealed class FigureMesh
{
    /// <summary>Triangles of the chosen detail, and the fine ones.</summary>
    public TriangleSet Triangles = new(), Fine = new();

    /// <summary>V in use; arrays may be longer.</summary>
    public int VertexCount;

    /// <summary>[V] fitted to the body, T-pose.</summary>
    public Vector3[] Rest = [];

    /// <summary>[V] where fabric patterns are counted: the rest pose with arms hanging.</summary>
    public Vector3[] Cloth = [];

    /// <summary>[V] world: metres, y up, pelvis at the origin.</summary>
    public Vector3[] Posed = [];

    /// <summary>[V] smooth normals.</summary>
    public Vector3[] Normals = [];

    /// <summary>[V] x, y in samples, 1/z.</summary>
    public Vector3[] Screen = [];

    /// <summary>[V] cloth exists where &gt; 0; used when <see cref="Clipped"/>.</summary>
    public float[] Clip = [];

    /// <summary>[4·V] how far down their limbs influences lie.</summary>
    public float[] Shares = [];

    /// <summary>[T] per triangle of the chosen detail.</summary>
    public bool[] Hidden = [];

    /// <summary>[V] place on the average body and part, shared; null for things that are no part of a body.</summary>
    public Vector3[]? Canonical;

    /// <inheritdoc cref="Canonical"/>
    public byte[] Parts = [];

    /// <summary>How it follows the joints; null for what is placed by hand.</summary>
    public SkinBinding? Binding;

    /// <summary>Has the raster's special cases.</summary>
    public bool Clipped, TwoSided;

    /// <summary>What it counts as in the mattes.</summary>
    public Owner Owner;

    /// <summary>Metres toward the camera, so that outer layers win.</summary>
    public float Lift;

    /// <summary>Casts no shadow of its own.</summary>
    public bool Shadowless;

    /// <summary>How it looks.</summary>
    public Material Material = new();

    /// <summary>Makes room.</summary>
    public void Size(int vertexCount, TriangleSet triangles)
    {
        VertexCount = vertexCount;
        Triangles = Fine = triangles;
        if (Rest.Length < vertexCount)
        {
            (Rest, Cloth, Posed, Normals, Screen) = (new Vector3[vertexCount], new Vector3[vertexCount], new Vector3[vertexCount], new Vector3[vertexCount], new Vector3[vertexCount]);
            (Clip, Shares) = (new float[vertexCount], new float[4 * vertexCount]);
        }
        if (Hidden.Length < triangles.Count) Hidden = new bool[triangles.Count];
        Clipped = TwoSided = Shadowless = false;
        (Owner, Lift, Canonical, Binding) = (Owner.Person, 0, null, null);
    }

    /// <summary>Takes the fine or the coarse triangles, and marks each as hidden or shown.</summary>
    /// <param name="coarse">The coarse ones where there are any.</param>
    /// <param name="covered">[V] skin under cloth, null for other meshes.</param>
    public void Detail(bool coarse, bool[]? covered)
    {
        Triangles = coarse && Fine.Coarse != null ? Fine.Coarse : Fine;
        ushort[] corner = Triangles.Vertices;
        for (int t = 0, i = 0; t < Triangles.Count; t++, i += 3)
        {
            (int a, int b, int c) = (corner[i], corner[i + 1], corner[i + 2]);
            Hidden[t] = covered != null ? covered[a] && covered[b] && covered[c] : Clipped && Clip[a] <= 0 && Clip[b] <= 0 && Clip[c] <= 0;
        }
    }

    /// <summary>Smooth normals of the rest pose's fine triangles, into <see cref="Normals"/>.</summary>
    public void SmoothRestNormals() => SmoothNormals(Rest, Fine, null);

    /// <summary>The area-weighted mean of the triangles around each vertex.</summary>
    private void SmoothNormals(Vector3[] places, TriangleSet triangles, bool[]? hidden)
    {
        Array.Clear(Normals, 0, VertexCount);
        ushort[] corner = triangles.Vertices;
        Vector3[] normals = Normals;
        for (int i = 0, t = 0; i + 2 < corner.Length; i += 3, t++)
        {
            if (hidden != null && hidden[t]) continue;
            (int a, int b, int c) = (corner[i], corner[i + 1], corner[i + 2]);
            Vector3 normal = Vector3.Cross(places[b] - places[a], places[c] - places[a]);
            normals[a] += normal;
            normals[b] += normal;
            normals[c] += normal;
        }
        ushort[]? used = triangles.Used;
        for (int n = 0, count = used?.Length ?? VertexCount; n < count; n++)
        {
            int v = used == null ? n : used[n];
            float squared = normals[v].LengthSquared();
            if (squared > 0) normals[v] /= MathF.Sqrt(squared);
        }
    }

    /// <summary>Normals and screen places.</summary>
    public void Finish(View view, int scale)
    {
        SmoothNormals(Posed, Triangles, Hidden);
        view.Project(Posed, Screen, Triangles.Used, VertexCount, scale, Lift);
    }
}
