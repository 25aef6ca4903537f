using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Rendering;

namespace Impersonator.Subjects;

/// <summary>A subject as one safetensors file: made once from a photo, moved as often as one likes.</summary>
/// <remarks>Pictures inside are PNG. The body model is not in it: a subject is read with the model that it was made with.</remarks>
public static class SubjectFile
{
    /// <summary>Ending of the file's name.</summary>
    public const string Ending = ".safetensors";

    private const string Format = "impersonator-subject-1";

    /// <summary>Writes a subject; an older file is replaced only when the new one is whole.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, Subject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        Person person = subject.Person;
        var file = new SafetensorsBuilder().Add("format", Format).Add("name", subject.Name).Add("layers", string.Join(' ', subject.Layers.Select(l => l.Name)));
        file.Add("vertices", subject.Body.Mesh.VertexCount.ToString(CultureInfo.InvariantCulture));
        file.Add<float>("keypoints", [.. person.Keypoints.Observations.SelectMany(o => (float[])[o.Position.X, o.Position.Y, o.Confidence])], Keypoints.Count, 3);
        file.Add<float>("shape", [.. person.Shape.Coefficients], person.Shape.Coefficients.Length);
        AddPose(file, "", person.Pose);
        AddCamera(file, "camera", person.Camera);
        AddPicture(file, "background", subject.Background);
        if (subject.Source is { } source) AddSource(file, SourceName(0), source);
        for (int k = 0; k < subject.MoreSources.Length; k++) AddSource(file, SourceName(k + 1), subject.MoreSources[k]);
        foreach (SubjectLayer layer in subject.Layers)
        {
            SkinnedMesh mesh = layer.Mesh;
            file.Add<float>($"{layer.Name}.positions", MemoryMarshal.Cast<Vector3, float>(mesh.RestPositions), mesh.VertexCount, 3);
            AddPicture(file, $"{layer.Name}.texture", layer.Texture);
            if (layer.Name == BodyLayer) continue;
            file.Add<ushort>($"{layer.Name}.joints", [.. mesh.Weights.SelectMany(w => (ushort[])[w.Joint0, w.Joint1, w.Joint2, w.Joint3])], mesh.VertexCount, 4);
            file.Add<float>($"{layer.Name}.weights", [.. mesh.Weights.SelectMany(w => (float[])[w.Weight0, w.Weight1, w.Weight2, w.Weight3])], mesh.VertexCount, 4);
            file.Add<byte>($"{layer.Name}.parts", MemoryMarshal.AsBytes<BodyPart>(mesh.Parts), mesh.VertexCount);
            file.Add<int>($"{layer.Name}.triangles", mesh.Triangles, mesh.TriangleCount, 3);
            file.Add<float>($"{layer.Name}.texcoords", MemoryMarshal.Cast<Vector2, float>(mesh.Texcoords), mesh.Texcoords.Length, 2);
            file.Add<int>($"{layer.Name}.texcoord_triangles", mesh.TexcoordTriangles, mesh.TriangleCount, 3);
        }
        using OutputFile output = OutputFile.Create(path);
        file.Write(output.Stream);
        output.Complete();
    }

    /// <summary>Reads a subject.</summary>
    /// <param name="path">Written by <see cref="Write"/>.</param>
    /// <param name="model">The body model that it was made with.</param>
    /// <param name="limits">What it may cost.</param>
    /// <exception cref="InputException">Missing, damaged, no subject, or made with another body model.</exception>
    public static Subject Read(string path, BodyModel model, InputLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        limits ??= InputLimits.Default;
        Safetensors file = Safetensors.Read(path, limits);
        string name = Path.GetFileName(path);
        if (file.Metadata.GetValueOrDefault("format") != Format) throw new InputException($"{name}: not a subject of this version; make it again from its photo.");
        try
        {
            if (int.Parse(file.Metadata["vertices"], CultureInfo.InvariantCulture) != model.Template.VertexCount)
                throw new InputException($"{name}: made with another body model ({file.Metadata["vertices"]} vertices, here {model.Template.VertexCount}); make it again from its photo.");
            float[] keypoints = file.Get<float>("keypoints");
            Camera camera = CameraOf(file, "camera");
            var observations = Enumerable.Range(0, Keypoints.Count).Select(k => new KeypointObservation(new Vector2(keypoints[3 * k], keypoints[(3 * k) + 1]), keypoints[(3 * k) + 2]));
            Pose pose = PoseOf(file, "");
            var shape = new Shape([.. file.Get<float>("shape")]);
            Body body = model.Create(shape);
            ImmutableArray<SubjectLayer> layers = [.. file.Metadata["layers"].Split(' ').Select(layer => Layer(file, layer, body, name, limits))];
            Image background = Picture(file, "background", name, limits);
            if (pose.Rotations.Length != model.Skeleton.JointCount || layers.Length == 0 || background.Width != camera.Width || background.Height != camera.Height)
                throw new ArgumentException("sizes differ");
            // Older files have no source.
            var sources = new List<SubjectSource>();
            while (file.Contains(SourceName(sources.Count))) sources.Add(SourceOf(file, SourceName(sources.Count), model, name, limits));
            return new Subject(file.Metadata["name"], new Person(new Keypoints([.. observations]), shape, pose, camera), body, layers, background) { Source = sources.FirstOrDefault(), MoreSources = [.. sources.Skip(1)] };
        }
        catch (Exception e) when (e is ArgumentException or KeyNotFoundException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            throw new InputException($"{name}: its parts do not fit each other; make it again from its photo.", e);
        }
    }

    private const string BodyLayer = "body";

    private static SubjectLayer Layer(Safetensors file, string name, Body body, string fileName, InputLimits limits)
    {
        Vector3[] positions = MemoryMarshal.Cast<float, Vector3>(file.Get<float>($"{name}.positions")).ToArray();
        Image texture = Picture(file, $"{name}.texture", fileName, limits);
        if (name == BodyLayer) return new SubjectLayer(name, body.Mesh.WithRestPositions(positions), texture);
        ushort[] joints = file.Get<ushort>($"{name}.joints");
        float[] weights = file.Get<float>($"{name}.weights");
        if (joints.Any(j => j >= body.RestJoints.Length)) throw new ArgumentException("a weight names a joint that is not there");
        JointWeights[] influences = [.. Enumerable.Range(0, positions.Length).Select(v => new JointWeights(
            joints[4 * v], joints[(4 * v) + 1], joints[(4 * v) + 2], joints[(4 * v) + 3], weights[4 * v], weights[(4 * v) + 1], weights[(4 * v) + 2], weights[(4 * v) + 3]))];
        return new SubjectLayer(name, new SkinnedMesh(positions, influences, MemoryMarshal.Cast<byte, BodyPart>(file.Get<byte>($"{name}.parts")).ToArray(), file.Get<int>($"{name}.triangles"),
            MemoryMarshal.Cast<float, Vector2>(file.Get<float>($"{name}.texcoords")).ToArray(), file.Get<int>($"{name}.texcoord_triangles")), texture);
    }

    /// <summary>The first photo is <c>source</c>, others <c>source1</c>, <c>source2</c>, …</summary>
    private static string SourceName(int index) => index == 0 ? "source" : string.Create(CultureInfo.InvariantCulture, $"source{index}");

    private static void AddSource(SafetensorsBuilder file, string name, SubjectSource source)
    {
        AddCamera(file, $"{name}_camera", source.Camera);
        AddPicture(file, name, source.Picture);
        if (source.Pose is { } pose) AddPose(file, $"{name}_", pose);
    }

    private static SubjectSource SourceOf(Safetensors file, string name, BodyModel model, string fileName, InputLimits limits)
    {
        var source = new SubjectSource(Picture(file, name, fileName, limits), CameraOf(file, $"{name}_camera")) { Pose = file.Contains($"{name}_pose") ? PoseOf(file, $"{name}_") : null };
        if (source.Picture.Width != source.Camera.Width || source.Picture.Height != source.Camera.Height || (source.Pose?.Rotations.Length ?? model.Skeleton.JointCount) != model.Skeleton.JointCount)
            throw new ArgumentException("sizes differ");
        return source;
    }

    private static void AddPose(SafetensorsBuilder file, string before, Pose pose)
    {
        file.Add<float>($"{before}pose", MemoryMarshal.Cast<Quaternion, float>(pose.Rotations.AsSpan()), pose.Rotations.Length, 4);
        file.Add<float>($"{before}root", [pose.Root.X, pose.Root.Y, pose.Root.Z], 3);
    }

    private static Pose PoseOf(Safetensors file, string before)
    {
        float[] root = file.Get<float>($"{before}root");
        return new Pose([.. MemoryMarshal.Cast<float, Quaternion>(file.Get<float>($"{before}pose"))], new Vector3(root[0], root[1], root[2]));
    }

    private static void AddCamera(SafetensorsBuilder file, string name, Camera camera)
    {
        file.Add<int>($"{name}_size", [camera.Width, camera.Height], 2);
        file.Add<float>(name, [camera.FocalLength, camera.PrincipalPoint.X, camera.PrincipalPoint.Y, camera.Rotation.X, camera.Rotation.Y, camera.Rotation.Z, camera.Rotation.W, camera.Translation.X, camera.Translation.Y, camera.Translation.Z], 10);
    }

    private static Camera CameraOf(Safetensors file, string name)
    {
        int[] size = file.Get<int>($"{name}_size");
        float[] c = file.Get<float>(name);
        return new Camera(size[0], size[1], c[0], new Vector2(c[1], c[2]), new Quaternion(c[3], c[4], c[5], c[6]), new Vector3(c[7], c[8], c[9]));
    }

    private static void AddPicture(SafetensorsBuilder file, string name, Image image)
    {
        byte[] png = PictureEncoder.Encode(image.ToFrame().Rgba, image.Width, image.Height, PictureFormat.Png, new ImageOptions { Marked = false, PngLevel = 4 });
        file.Add<byte>(name, png, png.Length);
    }

    private static Image Picture(Safetensors file, string name, string fileName, InputLimits limits) => PictureDecoder.Decode(file.Get<byte>(name), $"{fileName} ({name})", limits, out _);
}
