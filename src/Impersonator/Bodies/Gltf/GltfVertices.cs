using System.Numerics;

namespace Impersonator.Bodies.Gltf;

/// <summary>A mesh as glTF wants it: one index per corner, so a vertex on a UV seam stands once for each of its texture coordinates.</summary>
internal sealed class GltfVertices
{
    private GltfVertices(int[] sources, Vector2[] texcoords, int[] triangles) => (Sources, Texcoords, Triangles) = (sources, texcoords, triangles);

    /// <summary>[N] the mesh's vertex that each comes from.</summary>
    public int[] Sources { get; }

    /// <summary>[N] texture coordinates.</summary>
    public Vector2[] Texcoords { get; }

    /// <summary>[T·3] corners.</summary>
    public int[] Triangles { get; }

    /// <summary>Splits a mesh along its UV seams; unused vertices fall away.</summary>
    public static GltfVertices Split(SkinnedMesh mesh)
    {
        var indices = new Dictionary<(int Vertex, int Texcoord), int>(mesh.VertexCount);
        var sources = new List<int>(mesh.VertexCount);
        var texcoords = new List<Vector2>(mesh.VertexCount);
        var triangles = new int[mesh.Triangles.Length];
        for (int i = 0; i < triangles.Length; i++)
        {
            (int vertex, int texcoord) = (mesh.Triangles[i], mesh.TexcoordTriangles[i]);
            if (!indices.TryGetValue((vertex, texcoord), out triangles[i]))
            {
                indices.Add((vertex, texcoord), triangles[i] = sources.Count);
                sources.Add(vertex);
                texcoords.Add(mesh.Texcoords[texcoord]);
            }
        }
        return new GltfVertices([.. sources], [.. texcoords], triangles);
    }

    /// <summary>[V] unit normals of the unsplit surface, so that seams do not show; up where the triangles around have no area.</summary>
    public static Vector3[] Normals(SkinnedMesh mesh)
    {
        var normals = new Vector3[mesh.VertexCount];
        for (int i = 0; i < mesh.Triangles.Length; i += 3)
        {
            (int a, int b, int c) = (mesh.Triangles[i], mesh.Triangles[i + 1], mesh.Triangles[i + 2]);
            Vector3 corner = mesh.RestPositions[a];
            Vector3 normal = Vector3.Cross(mesh.RestPositions[b] - corner, mesh.RestPositions[c] - corner);
            normals[a] += normal;
            normals[b] += normal;
            normals[c] += normal;
        }
        for (int v = 0; v < normals.Length; v++)
        {
            // Twice: areas of square millimetres and less leave few digits in the first length.
            Vector3 unit = Vector3.Normalize(Vector3.Normalize(normals[v] * 1e6f));
            normals[v] = float.IsFinite(unit.X) ? unit : Vector3.UnitY;
        }
        return normals;
    }

    /// <summary>Joints and weights as the format demands: no joint twice, none with weight 0, the sum 1 to the last digit.</summary>
    public static (Vector4 Joints, Vector4 Weights) Influences(JointWeights given)
    {
        Span<int> joints = stackalloc int[JointWeights.Count];
        Span<float> weights = stackalloc float[JointWeights.Count];
        int used = 0;
        float sum = 0;
        for (int k = 0; k < JointWeights.Count; k++)
        {
            if (!(given.Weight(k) > 0)) continue;
            int at = joints[..used].IndexOf(given.Joint(k));
            if (at < 0) joints[at = used++] = given.Joint(k);
            weights[at] += given.Weight(k);
            sum += given.Weight(k);
        }
        if (used == 0) return (new Vector4(given.Joint0, 0, 0, 0), Vector4.UnitX);
        return (new Vector4(joints[0], joints[1], joints[2], joints[3]), new Vector4(weights[0], weights[1], weights[2], weights[3]) / sum);
    }
}
