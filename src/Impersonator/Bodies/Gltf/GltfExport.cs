using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using System.Text.Json.Nodes;
using Impersonator.Files;
using Impersonator.Imaging;

namespace Impersonator.Bodies.Gltf;

/// <summary>Writes a skinned, textured, optionally moving body as a glTF 2.0 binary (<c>.glb</c>) that any viewer opens.</summary>
/// <remarks>
/// The bind pose is the T-pose; each joint is a node of its own name, so retargeting tools find it. What it is made of says
/// that it is synthetic (<c>asset.extras</c>). The JSON is written directly, not through a scene library: it is one skin and
/// a few accessors, it streams into an <see cref="OutputFile"/>, and the same body gives the same bytes. Source: Khronos,
/// "glTF 2.0 Specification".
/// </remarks>
public static class GltfExport
{
    private const uint Magic = 0x46546C67, JsonChunk = 0x4E4F534A, BinaryChunk = 0x004E4942;

    /// <summary>Writes a file; an older one is replaced only when the new one is whole.</summary>
    /// <param name="path">Target, ending in <c>.glb</c>.</param>
    /// <param name="skeleton">The joints.</param>
    /// <param name="restJoints">[J] rest places of the joints, metres, body space.</param>
    /// <param name="layers">The surfaces, at least one, each with triangles.</param>
    /// <param name="animation">A motion, or null for the T-pose alone.</param>
    /// <param name="cancellationToken">Stops the writing; nothing is left behind.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    /// <exception cref="ArgumentException">Counts do not fit each other, or a texture is neither PNG nor JPEG.</exception>
    public static void Write(string path, Skeleton skeleton, ReadOnlySpan<Vector3> restJoints, IReadOnlyList<GltfLayer> layers, GltfAnimation? animation = null, CancellationToken cancellationToken = default)
    {
        using OutputFile file = OutputFile.Create(path);
        Write(file.Stream, skeleton, restJoints, layers, animation, cancellationToken);
        file.Complete();
    }

    /// <summary>Writes to a stream.</summary>
    /// <param name="stream">Receives the file; need not be seekable.</param>
    /// <param name="skeleton">The joints.</param>
    /// <param name="restJoints">[J] rest places of the joints, metres, body space.</param>
    /// <param name="layers">The surfaces, at least one, each with triangles.</param>
    /// <param name="animation">A motion, or null for the T-pose alone.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="ArgumentException">Counts do not fit each other, or a texture is neither PNG nor JPEG.</exception>
    public static void Write(Stream stream, Skeleton skeleton, ReadOnlySpan<Vector3> restJoints, IReadOnlyList<GltfLayer> layers, GltfAnimation? animation = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(skeleton);
        ArgumentNullException.ThrowIfNull(layers);
        if (restJoints.Length != skeleton.JointCount) throw new ArgumentException($"{restJoints.Length} places for {skeleton.JointCount} joints.", nameof(restJoints));
        if (layers.Count == 0 || layers.Any(l => l.Mesh.TriangleCount == 0)) throw new ArgumentException("No layer, or one without triangles.", nameof(layers));

        var buffer = new GltfBuffer();
        var root = new JsonObject
        {
            ["asset"] = new JsonObject
            {
                ["version"] = "2.0",
                ["generator"] = "Impersonator",
                ["extras"] = new JsonObject { ["digitalSourceType"] = SyntheticMark.DigitalSourceType, ["comment"] = SyntheticMark.Comment },
            },
            ["scene"] = 0,
        };
        JsonArray nodes = JointNodes(skeleton, restJoints), roots = [.. Enumerable.Range(0, skeleton.JointCount).Where(j => skeleton.Parents[j] < 0).Select(j => (JsonNode)j)];
        var inverseBind = new Matrix4x4[skeleton.JointCount];
        for (int j = 0; j < inverseBind.Length; j++) inverseBind[j] = Matrix4x4.CreateTranslation(-restJoints[j]);
        root["skins"] = new JsonArray(new JsonObject
        {
            ["inverseBindMatrices"] = buffer.AddMatrices(inverseBind),
            ["joints"] = new JsonArray([.. Enumerable.Range(0, skeleton.JointCount).Select(j => (JsonNode)j)]),
        });

        var materials = new GltfMaterials(buffer);
        JsonArray meshes = [];
        foreach (GltfLayer layer in layers)
        {
            cancellationToken.ThrowIfCancellationRequested();
            meshes.Add((JsonNode)Mesh(layer, materials.Add(layer), skeleton.JointCount, buffer));
            roots.Add((JsonNode)nodes.Count);
            nodes.Add((JsonNode)new JsonObject { ["name"] = layer.Name, ["mesh"] = meshes.Count - 1, ["skin"] = 0 });
        }
        root["scenes"] = new JsonArray(new JsonObject { ["nodes"] = roots });
        root["nodes"] = nodes;
        root["meshes"] = meshes;
        materials.AddTo(root);
        if (animation is not null) root["animations"] = new JsonArray(GltfChannels.Animation(skeleton, animation, buffer, cancellationToken));
        root["accessors"] = buffer.Accessors;
        root["bufferViews"] = buffer.Views;
        root["buffers"] = new JsonArray(new JsonObject { ["byteLength"] = buffer.Length });
        cancellationToken.ThrowIfCancellationRequested();
        WriteChunks(stream, Encoding.UTF8.GetBytes(root.ToJsonString()), buffer);
    }

    private static JsonArray JointNodes(Skeleton skeleton, ReadOnlySpan<Vector3> restJoints)
    {
        JsonArray nodes = [];
        for (int j = 0; j < skeleton.JointCount; j++)
        {
            int parent = skeleton.Parents[j];
            Vector3 offset = parent < 0 ? restJoints[j] : restJoints[j] - restJoints[parent];
            var node = new JsonObject { ["name"] = skeleton.JointNames[j], ["translation"] = GltfBuffer.Row(offset.X, offset.Y, offset.Z) };
            JsonNode[] children = [.. Enumerable.Range(j + 1, skeleton.JointCount - j - 1).Where(k => skeleton.Parents[k] == j).Select(k => (JsonNode)k)];
            if (children.Length > 0) node["children"] = new JsonArray(children);
            nodes.Add((JsonNode)node);
        }
        return nodes;
    }

    private static JsonObject Mesh(GltfLayer layer, int material, int jointCount, GltfBuffer buffer)
    {
        SkinnedMesh mesh = layer.Mesh;
        GltfVertices vertices = GltfVertices.Split(mesh);
        Vector3[] normals = GltfVertices.Normals(mesh);
        (Vector4 Joints, Vector4 Weights)[] influences = [.. vertices.Sources.Select(v => GltfVertices.Influences(mesh.Weights[v]))];
        return new JsonObject
        {
            ["name"] = layer.Name,
            ["primitives"] = new JsonArray(new JsonObject
            {
                ["attributes"] = new JsonObject
                {
                    ["POSITION"] = buffer.AddPositions([.. vertices.Sources.Select(v => mesh.RestPositions[v])]),
                    ["NORMAL"] = buffer.AddDirections([.. vertices.Sources.Select(v => normals[v])]),
                    ["TEXCOORD_0"] = buffer.AddTexcoords(vertices.Texcoords),
                    ["JOINTS_0"] = buffer.AddJoints([.. influences.Select(i => i.Joints)], jointCount),
                    ["WEIGHTS_0"] = buffer.AddWeights([.. influences.Select(i => i.Weights)]),
                },
                ["indices"] = buffer.AddIndices(vertices.Triangles, vertices.Sources.Length),
                ["material"] = material,
            }),
        };
    }

    private static void WriteChunks(Stream stream, byte[] json, GltfBuffer buffer)
    {
        int jsonLength = (json.Length + 3) / 4 * 4, binaryLength = (buffer.Length + 3) / 4 * 4;
        Span<byte> words = stackalloc byte[20];
        WriteWords(words, Magic, 2, checked((uint)(12L + 8 + jsonLength + 8 + binaryLength)), (uint)jsonLength, JsonChunk);
        stream.Write(words);
        stream.Write(json);
        stream.Write("   "u8[..(jsonLength - json.Length)]);
        WriteWords(words, (uint)binaryLength, BinaryChunk);
        stream.Write(words[..8]);
        buffer.CopyTo(stream);
        stream.Write("\0\0\0"u8[..(binaryLength - buffer.Length)]);
    }

    private static void WriteWords(Span<byte> bytes, params ReadOnlySpan<uint> words)
    {
        for (int i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(bytes[(4 * i)..], words[i]);
    }
}
