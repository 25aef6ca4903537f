using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Rendering;
using Impersonator.Subjects;

namespace Impersonator.Synthesis.Generation;

/// <summary>What the generator is told of a photo, once per subject. An instance keeps its buffers from subject to subject; frames only read it.</summary>
internal sealed class SourceMaps
{
    /// <summary>S: columns and rows of photo and frame, whatever the output's size.</summary>
    public const int Side = 256;

    /// <summary>Channels of <see cref="Photo"/>.</summary>
    public const int Channels = 7;

    private readonly PosedLayers _posed = new();
    private readonly LayerMaps _layers = new();
    private readonly FilledFlow _filled = new();
    private Vector3[][] _normals = [];

    /// <summary>[7, S, S] the person's sRGB times alpha, alpha, canonical x, y, z of the fitted mesh (0 … 255 spans <see cref="CanonicalBox"/>; 0 beside it).</summary>
    public byte[] Photo { get; } = new byte[Channels * Side * Side];

    /// <summary>The subject that is prepared.</summary>
    /// <exception cref="InvalidOperationException">None is.</exception>
    public Subject Subject => _subject ?? throw new InvalidOperationException("Fill the maps first.");

    /// <summary>[layer] its colours with mip levels.</summary>
    public ImmutableArray<Texture> Textures { get; private set; } = [];

    /// <summary>
    /// [layer][V] place in the photo's working square (−1 … 1 between its outer edges) of the vertex or of the shown one that stands in for it; Z: how many of
    /// these units a metre takes there, on the photo.
    /// </summary>
    public Vector3[][] Places { get; private set; } = [];

    /// <summary>[layer][V] how squarely and surely the photo shows the vertex, 0 … 1.</summary>
    public float[][] Seen { get; private set; } = [];

    /// <summary>[layer][V] canonical place, fractions of the <see cref="CanonicalBox"/>.</summary>
    public Vector3[][] Canonical { get; private set; } = [];

    /// <summary>[J] how each joint's rest frame lies before the photo's camera: rotations.</summary>
    public Matrix4x4[] CameraFromRest { get; private set; } = [];

    private Subject? _subject;

    /// <summary>Prepares a subject.</summary>
    /// <param name="subject">Whom.</param>
    /// <param name="source">Which of the subject's photos; null = the one that it was made from.</param>
    /// <exception cref="ArgumentException">It has no source.</exception>
    public void Fill(Subject subject, SubjectSource? source = null)
    {
        ArgumentNullException.ThrowIfNull(subject);
        source ??= subject.Source ?? throw new ArgumentException("The subject has no picture of its photo.", nameof(subject));
        (_subject, Textures) = (subject, SubjectPainter.Textures(subject));
        Camera camera = source.Camera.Scaled(Side, Side);
        _posed.Pose(subject, source.Pose ?? subject.Person.Pose);
        if (CameraFromRest.Length != _posed.Transforms.Length) CameraFromRest = new Matrix4x4[_posed.Transforms.Length];
        var cameraFromWorld = Matrix4x4.CreateFromQuaternion(camera.Rotation);
        for (int j = 0; j < CameraFromRest.Length; j++) CameraFromRest[j] = (_posed.Transforms[j] with { Translation = Vector3.Zero }) * cameraFromWorld;
        _layers.Draw(subject, _posed.World, Textures, camera);
        (Places, Seen, Canonical, _normals) = (PosedLayers.Sized(Places, subject), PosedLayers.Sized(Seen, subject), PosedLayers.Sized(Canonical, subject), PosedLayers.Sized(_normals, subject));
        Image picture = source.Picture.Width == Side ? source.Picture : source.Picture.Resize(Side, Side);
        var visibility = new Visibility(camera, _layers.Maps);
        for (int l = 0; l < Places.Length; l++)
        {
            CanonicalPlaces.Fill(subject, l, Canonical[l]);
            Look(l, camera, picture, visibility);
            SkinnedMesh mesh = subject.Layers[l].Mesh;
            int[] mirror = subject.Body.Model.Mirror;
            _filled.Fill(mesh, mirror.Length == mesh.VertexCount ? mirror : null, Seen[l], Places[l]);
        }
        WriteColours(picture);
        WriteSurface();
    }

    /// <summary>Where the photo shows each vertex of a layer, and how well.</summary>
    private void Look(int layer, Camera camera, Image picture, Visibility visibility)
    {
        Vector3[] at = _layers.InCamera[layer], normals = _normals[layer];
        MeshNormals.Compute(at, Subject.Layers[layer].Mesh.Triangles, normals);
        for (int v = 0; v < at.Length; v++)
        {
            float scale = camera.FocalLength / MathF.Max(at[v].Z, Rasterizer.Near);
            Vector2 pixel = camera.PrincipalPoint + (new Vector2(at[v].X, at[v].Y) * scale);
            Vector2 place = (pixel * (2f / Side)) - Vector2.One;
            Places[layer][v] = new Vector3(place, scale * (2f / Side));
            // Free layers show both sides.
            Vector3 normal = layer > 0 && Vector3.Dot(normals[v], at[v]) > 0 ? -normals[v] : normals[v];
            Seen[layer][v] = at[v].Z > Rasterizer.Near ? visibility.Facing(pixel, at[v], normal) * picture.Sample(pixel.X, pixel.Y).W : 0;
        }
    }

    private void WriteColours(Image picture)
    {
        for (int i = 0; i < picture.Pixels.Length; i++) MapBytes.Colour(picture.Pixels[i], Photo, i, Side * Side);
    }

    private void WriteSurface()
    {
        const int Plane = Side * Side;
        Photo.AsSpan(4 * Plane).Clear();
        SurfaceMaps maps = _layers.Maps;
        for (int y = maps.Touched.Top; y < maps.Touched.Bottom; y++)
            for (int x = maps.Spans[y].Left; x < maps.Spans[y].Right; x++)
            {
                if (!_layers.TryLocate(Subject, x, y, out SurfacePoint point)) continue;
                (int layer, int a, int b, int c, Vector3 w) = point;
                Vector3[] canonical = Canonical[layer];
                MapBytes.Fractions((canonical[a] * w.X) + (canonical[b] * w.Y) + (canonical[c] * w.Z), Photo, (4 * Plane) + (y * Side) + x, Plane);
            }
    }
}
