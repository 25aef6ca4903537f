using System.Globalization;
using System.Numerics;
using System.Text;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Rendering;

namespace Impersonator.Benchmarks;

/// <summary>What a frame costs: the body's maps at several sizes, and a whole textured frame with shadow.</summary>
internal static class RenderingFigures
{
    private static readonly Body Average = BodyModel.Default.Create(Shape.Average);
    private static readonly StringBuilder Table = new();

    public static void Run(string path)
    {
        Table.AppendLine("# Rendering").AppendLine();
        Table.AppendLine(CultureInfo.InvariantCulture, $"{Stopwatches.Machine()}. Milliseconds, middle of 101 runs (fastest); the fastest is nearer to what a quiet machine gives. Body of {Average.Mesh.VertexCount} vertices and {Average.Mesh.TriangleCount} triangles, standing, as tall as 85 % of the picture.");
        Table.AppendLine().AppendLine("`dotnet run -c Release --project benchmarks/Impersonator.Benchmarks -- rendering`").AppendLine();
        Table.AppendLine("| what | 256², one core | 512², one core | 1024², one core | 1024², two cores |").AppendLine("|---|---|---|---|---|");
        (int Size, int Threads)[] columns = [(256, 1), (512, 1), (1024, 1), (1024, 2)];
        var maps = Array.ConvertAll(columns, c => new BodyMaps(c.Size, c.Threads));
        Row("triangles and depths", maps, m => m.Draw());
        Row("weights on the triangle", maps, m => m.Weights());
        Row("normals", maps, m => m.NormalMap());
        Row("texture coordinates", maps, m => m.TexcoordMap());
        Row("body parts", maps, m => m.PartMap());
        Row("flow to the photo, visibility in it", maps, m => m.FlowToPhoto());
        Row("**all maps**", maps, m => m.All());
        Table.AppendLine().AppendLine("| a whole frame, 512² | one core | two cores |").AppendLine("|---|---|---|");
        var frames = Array.ConvertAll([1, 2], threads => new BodyFrame(512, threads));
        Row("skinning", frames, f => f.Skin());
        Row("shadow on the ground", frames, f => f.Shadow());
        Row("textured body over the background", frames, f => f.Body());
        Row("**skinning, shadow, body**", frames, f => f.All());
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, Table.ToString());
        Console.Write(Table);
    }

    private static void Row<T>(string what, T[] columns, Action<T> action)
    {
        Table.Append("| ").Append(what).Append(" |");
        foreach (T column in columns)
        {
            (double median, double least) = Stopwatches.Measure(() => action(column));
            Table.Append(CultureInfo.InvariantCulture, $" {median:0.00} ({least:0.00}) |");
        }
        Table.AppendLine();
    }

    private static Camera CameraOf(int size) => Camera.Front(size, size, size * 1.5f, 3) with { Translation = new Vector3(0, 0.85f, 3) };

    /// <summary>The maps that a network is given.</summary>
    private sealed class BodyMaps
    {
        private readonly Camera _camera, _photo;
        private readonly int _threads, _size;
        private readonly Vector3[] _world = Average.Mesh.RestPositions, _positions, _photoPositions, _normals;
        private readonly SurfaceMaps _maps = new(), _photoMaps = new();
        private readonly Vector3[] _normalMap;
        private readonly Vector2[] _texcoordMap;
        private readonly BodyPart[] _partMap;
        private readonly FlowMap _flow = new();

        public BodyMaps(int size, int threads)
        {
            (_size, _threads, _camera) = (size, threads, CameraOf(size));
            _photo = _camera with { Rotation = Quaternion.Normalize(_camera.Rotation * Quaternion.CreateFromAxisAngle(Vector3.UnitY, 0.5f)) };
            (_positions, _normals) = (new Vector3[_world.Length], new Vector3[_world.Length]);
            _photoPositions = Array.ConvertAll(_world, _photo.CameraFromWorld);
            (_normalMap, _texcoordMap, _partMap) = (new Vector3[size * size], new Vector2[size * size], new BodyPart[size * size]);
            _photoMaps.Clear(size, size);
            Rasterizer.Draw(_photoMaps, _photo, _photoPositions, Average.Mesh.Triangles);
            All();
        }

        public void Draw()
        {
            for (int v = 0; v < _positions.Length; v++) _positions[v] = _camera.CameraFromWorld(_world[v]);
            _maps.Clear(_size, _size);
            Rasterizer.Draw(_maps, _camera, _positions, Average.Mesh.Triangles, threads: _threads);
        }

        public void Weights() => SurfaceWeights.Fill(_maps, _camera, _positions, Average.Mesh.Triangles, threads: _threads);

        public void NormalMap()
        {
            MeshNormals.Compute(_positions, Average.Mesh.Triangles, _normals);
            SurfaceWeights.Interpolate(_maps, Average.Mesh.Triangles, _normals, _normalMap, threads: _threads);
        }

        public void TexcoordMap() => SurfaceWeights.Interpolate(_maps, Average.Mesh.TexcoordTriangles, Average.Mesh.Texcoords, _texcoordMap, threads: _threads);

        public void PartMap() => SurfaceWeights.Nearest<BodyPart>(_maps, Average.Mesh.Triangles, Average.Mesh.Parts, _partMap, threads: _threads);

        public void FlowToPhoto()
        {
            _flow.Clear(_size, _size);
            _flow.Add(_maps, _photo, _photoMaps, _photoPositions, Average.Mesh.Triangles, threads: _threads);
        }

        public void All()
        {
            Draw();
            Weights();
            NormalMap();
            TexcoordMap();
            PartMap();
            FlowToPhoto();
        }
    }

    /// <summary>A frame of a video, without encoding.</summary>
    private sealed class BodyFrame
    {
        private readonly Camera _camera;
        private readonly Frame _background, _frame;
        private readonly TexturedRenderer _renderer;
        private readonly GroundShadow _shadow;
        private readonly Vector3[] _posed = new Vector3[Average.Mesh.VertexCount];
        private readonly Matrix4x4[] _transforms;
        private readonly TexturedMesh[] _meshes;

        public BodyFrame(int size, int threads)
        {
            (_camera, _background, _frame) = (CameraOf(size), new Frame(size, size), new Frame(size, size));
            Array.Fill(_background.Rgba, (byte)200);
            (_renderer, _shadow) = (new TexturedRenderer(threads), new GroundShadow(threads));
            _transforms = new Matrix4x4[Average.Model.Skeleton.JointCount];
            var image = new Image(1024, 1024);
            for (int i = 0; i < image.Pixels.Length; i++) image.Pixels[i] = new Vector4((i & 15) / 15f, (i >> 10 & 15) / 15f, 0.5f, 1);
            _meshes = [new TexturedMesh(Average.Mesh, _posed, Texture.Opaque(image))];
            Skin();
        }

        public void Skin()
        {
            Kinematics.PosedFromRest(Average.Model.Skeleton, Average.RestJoints, Pose.Rest(Average.Model.Skeleton, Average.RestJoints[0]), _transforms);
            Skinning.Apply(Average.Mesh, _transforms, _posed);
        }

        public void Shadow() => _shadow.Draw(_frame, _camera, _meshes);

        public void Body() => _renderer.Draw(_frame, _camera, _meshes);

        public void All()
        {
            Array.Copy(_background.Rgba, _frame.Rgba, _frame.Rgba.Length);
            Skin();
            Shadow();
            Body();
        }
    }
}
