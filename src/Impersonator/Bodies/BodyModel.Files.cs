using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using Impersonator.Files;

namespace Impersonator.Bodies;

public sealed partial class BodyModel
{
    private const string Format = "impersonator-body-1";
    private static readonly Lazy<BodyModel> Shipped = new(LoadShipped);

    /// <summary>The model that ships inside the library.</summary>
    public static BodyModel Default => Shipped.Value;

    /// <summary>Reads a model from a file.</summary>
    /// <exception cref="InputException">Missing, damaged, or not a body model.</exception>
    public static BodyModel Load(string path) => From(Safetensors.Read(path), Path.GetFileName(path));

    /// <summary>Reads a model from a stream that knows its length.</summary>
    /// <exception cref="InputException">Damaged, or not a body model.</exception>
    public static BodyModel Load(Stream stream, string name) => From(Safetensors.Read(stream, name), name);

    /// <summary>Writes the model; components as 16-bit integers with a scale each, weights as bytes.</summary>
    public void Save(Stream stream)
    {
        var file = new SafetensorsBuilder().Add("format", Format);
        file.Add("joint_names", string.Join(' ', Skeleton.JointNames));
        file.Add<int>("parents", [.. Skeleton.Parents], Skeleton.JointCount);
        int count = Template.VertexCount;
        file.Add<float>("template", MemoryMarshal.Cast<Vector3, float>(Template.RestPositions), count, 3);
        file.Add<byte>("weight_joints", [.. Template.Weights.SelectMany(w => (byte[])[(byte)w.Joint0, (byte)w.Joint1, (byte)w.Joint2, (byte)w.Joint3])], count, 4);
        file.Add<ushort>("weights", [.. Template.Weights.SelectMany(w => (ushort[])[Quantised(w.Weight0), Quantised(w.Weight1), Quantised(w.Weight2), Quantised(w.Weight3)])], count, 4);
        file.Add<byte>("parts", MemoryMarshal.AsBytes<BodyPart>(Template.Parts), count);
        file.Add<ushort>("triangles", [.. Template.Triangles.Select(v => checked((ushort)v))], Template.TriangleCount, 3);
        file.Add<float>("texcoords", MemoryMarshal.Cast<Vector2, float>(Template.Texcoords), Template.Texcoords.Length, 2);
        file.Add<ushort>("texcoord_triangles", [.. Template.TexcoordTriangles.Select(v => checked((ushort)v))], Template.TriangleCount, 3);
        file.Add<ushort>("mirror", [.. Mirror.Select(v => checked((ushort)v))], count);
        float[] scales = [.. Components.Select(c => MathF.Max(1e-9f, MemoryMarshal.Cast<Vector3, float>(c).ToArray().Max(MathF.Abs) / short.MaxValue))];
        file.Add<float>("component_scales", scales, Components.Length);
        file.Add<short>("components", [.. Components.SelectMany((c, k) => MemoryMarshal.Cast<Vector3, float>(c).ToArray().Select(x => (short)MathF.Round(x / scales[k])))], Components.Length, count, 3);
        AddBlends(file, "joints", JointRegressors);
        AddBlends(file, "keypoints", [.. Keypoints.Select(k => k.Rest)]);
        file.Add("keypoint_names", string.Join(' ', Keypoints.Select(k => k.Name)));
        file.Add<int>("keypoint_joints", [.. Keypoints.Select(k => k.Joint)], Keypoints.Length);
        if (Landmarks.Length > 0)
        {
            AddBlends(file, "landmarks", [.. Landmarks.Select(l => l.Rest)]);
            file.Add("landmark_names", string.Join(' ', Landmarks.Select(l => l.Name)));
            file.Add<int>("landmark_joints", [.. Landmarks.Select(l => l.Joint)], Landmarks.Length);
        }
        file.Add<ushort>("reduced_vertices", [.. Reduced.Vertices.Select(v => checked((ushort)v))], Reduced.Vertices.Length);
        file.Add<ushort>("reduced_triangles", [.. Reduced.Triangles.Select(v => checked((ushort)v))], Reduced.TriangleCount, 3);
        file.Add<ushort>("reduced_texcoord_triangles", [.. Reduced.TexcoordTriangles.Select(v => checked((ushort)v))], Reduced.TriangleCount, 3);
        if (Phenotypes is { } map)
        {
            file.Add<float>("shape_from_phenotype", map.FromPhenotype.AsSpan(), map.FromPhenotype.Length);
            file.Add<float>("phenotype_from_shape", map.FromShape.AsSpan(), map.FromShape.Length);
        }
        file.Write(stream);
    }

    private static ushort Quantised(float weight) => (ushort)MathF.Round(weight * ushort.MaxValue);

    private static BodyModel LoadShipped()
    {
        using Stream stream = typeof(BodyModel).Assembly.GetManifestResourceStream("body.safetensors")
            ?? throw new InvalidOperationException("The library was built without models/body.safetensors; run: impersonator body learn --makehuman DIR -o models/body.safetensors");
        return Load(stream, "body.safetensors");
    }

    private static BodyModel From(Safetensors file, string name)
    {
        if (file.Metadata.GetValueOrDefault("format") != Format)
            throw new InputException($"{name}: not a body model of this version; learn it again with: impersonator body learn");
        try
        {
            Vector3[] positions = MemoryMarshal.Cast<float, Vector3>(file.Get<float>("template")).ToArray();
            byte[] joints = file.Get<byte>("weight_joints");
            ushort[] weights = file.Get<ushort>("weights");
            var influences = new JointWeights[positions.Length];
            for (int v = 0, i = 0; v < influences.Length; v++, i += 4)
            {
                float sum = weights[i] + weights[i + 1] + weights[i + 2] + weights[i + 3];
                influences[v] = new JointWeights(joints[i], joints[i + 1], joints[i + 2], joints[i + 3], weights[i] / sum, weights[i + 1] / sum, weights[i + 2] / sum, weights[i + 3] / sum);
            }
            var template = new SkinnedMesh(positions, influences, MemoryMarshal.Cast<byte, BodyPart>(file.Get<byte>("parts")).ToArray(), Wide(file.Get<ushort>("triangles")),
                MemoryMarshal.Cast<float, Vector2>(file.Get<float>("texcoords")).ToArray(), Wide(file.Get<ushort>("texcoord_triangles")));
            float[] scales = file.Get<float>("component_scales");
            short[] values = file.Get<short>("components");
            int width = positions.Length * 3;
            var components = new Vector3[scales.Length][];
            for (int k = 0; k < components.Length; k++)
            {
                var row = new float[width];
                for (int i = 0; i < width; i++) row[i] = values[(k * width) + i] * scales[k];
                components[k] = MemoryMarshal.Cast<float, Vector3>(row).ToArray();
            }
            var model = new BodyModel
            {
                Skeleton = new Skeleton([.. file.Metadata["joint_names"].Split(' ')], [.. file.Get<int>("parents")]),
                Template = template,
                Components = [.. components],
                JointRegressors = Blends(file, "joints"),
                Keypoints = Points(file, "keypoint"),
                Landmarks = file.Contains("landmarks_counts") ? Points(file, "landmark") : [],
                Phenotypes = file.Contains("shape_from_phenotype") ? new PhenotypeMap([.. file.Get<float>("shape_from_phenotype")], [.. file.Get<float>("phenotype_from_shape")]) : null,
                Mirror = Wide(file.Get<ushort>("mirror")),
            };
            if (file.Contains("reduced_vertices"))
                model._reduced = new ReducedMesh([.. Wide(file.Get<ushort>("reduced_vertices"))], Wide(file.Get<ushort>("reduced_triangles")), Wide(file.Get<ushort>("reduced_texcoord_triangles")));
            return model;
        }
        catch (Exception e) when (e is ArgumentException or KeyNotFoundException or IndexOutOfRangeException)
        {
            throw new InputException($"{name}: its arrays do not fit each other ({e.Message}); learn it again with: impersonator body learn");
        }
    }

    private static ImmutableArray<Landmark> Points(Safetensors file, string kind)
    {
        string[] names = file.Metadata[$"{kind}_names"].Split(' ');
        int[] joints = file.Get<int>($"{kind}_joints");
        return [.. Blends(file, $"{kind}s").Select((blend, i) => new Landmark(names[i], joints[i], blend))];
    }

    private static int[] Wide(ushort[] values) => Array.ConvertAll(values, v => (int)v);

    private static void AddBlends(SafetensorsBuilder file, string name, ImmutableArray<VertexBlend> blends)
    {
        file.Add<int>($"{name}_counts", [.. blends.Select(b => b.Vertices.Length)], blends.Length);
        int total = blends.Sum(b => b.Vertices.Length);
        file.Add<ushort>($"{name}_vertices", [.. blends.SelectMany(b => b.Vertices).Select(v => checked((ushort)v))], total);
        file.Add<float>($"{name}_weights", [.. blends.SelectMany(b => b.Weights)], total);
    }

    private static ImmutableArray<VertexBlend> Blends(Safetensors file, string name)
    {
        int[] counts = file.Get<int>($"{name}_counts");
        int[] vertices = Wide(file.Get<ushort>($"{name}_vertices"));
        float[] weights = file.Get<float>($"{name}_weights");
        var blends = ImmutableArray.CreateBuilder<VertexBlend>(counts.Length);
        int at = 0;
        foreach (int count in counts)
        {
            blends.Add(new VertexBlend([.. vertices.AsSpan(at, count)], [.. weights.AsSpan(at, count)]));
            at += count;
        }
        return blends.MoveToImmutable();
    }
}
