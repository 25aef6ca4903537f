using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Rendering;

namespace Impersonator.Synthesis.Generation;

/// <summary>What the generator is told of a frame. An instance keeps its buffers from frame to frame and belongs to one thread at a time.</summary>
internal sealed class FrameMaps
{
    /// <summary>Channels of <see cref="Frame"/>.</summary>
    public const int Channels = 12;

    /// <summary>Columns and rows of <see cref="Flow"/>.</summary>
    public const int FlowSide = Side / 2;

    /// <summary>What a place of 1 is in <see cref="Flow"/>.</summary>
    public const float FlowUnit = 16384;

    /// <summary>There is no place.</summary>
    public const short Nothing = short.MinValue;

    private const int Side = SourceMaps.Side, Plane = Side * Side;

    /// <summary>Depths behind the pelvis that a byte spans, metres.</summary>
    private const float DepthSpan = 1.5f;

    /// <summary>Corners of a triangle whose places differ by more stand in for different surface: nothing lies between them.</summary>
    private const float Torn = 0.08f;

    /// <summary>A photo that shows a place so many times better, and well, is the only one asked.</summary>
    private const int MuchBetter = 2, Well = 64;

    private readonly PosedLayers _posed = new();
    private readonly LayerMaps _layers = new();
    private readonly TexturedRenderer _renderer = new();
    private readonly Image _colours = new(Side, Side);
    private readonly Vector4[] _places = new Vector4[Plane];
    private readonly byte[] _joints = new byte[Plane];
    private readonly CarriedFlow _carried = new();
    private Vector4[] _photoFromFrame = [];
    private readonly List<(short[] Flow, byte[] Seen)> _others = [];
    private readonly byte[] _cellSeen = new byte[FlowSide * FlowSide];
    private Vector3[][] _normals = [];

    /// <summary>
    /// [12, S, S] mesh colour (sRGB times coverage), coverage, normal in camera space (128 + 127 · n, 128 outside), canonical x, y, z (0 outside), how squarely the
    /// photo shows the point, depth behind the pelvis (128 + 127 · metres / 1.5, 128 outside).
    /// </summary>
    public byte[] Frame { get; } = new byte[Channels * Plane];

    /// <summary>[2, S/2, S/2] x and y of the place in the photo's working square times <see cref="FlowUnit"/>, within ±2; <see cref="Nothing"/> where there is none.</summary>
    public short[] Flow { get; } = new short[2 * FlowSide * FlowSide];

    /// <summary>As <see cref="Flow"/>, to the photos of the last <see cref="AddPhotos"/>.</summary>
    public IEnumerable<short[]> OtherFlows => _others.Select(other => other.Flow);

    /// <summary>The meshes of the last frame drawn.</summary>
    /// <param name="source">The subject that it was drawn of.</param>
    public TexturedMesh[] Meshes(SourceMaps source) => _posed.Meshes(source.Subject, source.Textures);

    /// <summary>Draws the maps of a pose before the camera of a working square.</summary>
    /// <param name="source">The subject, prepared.</param>
    /// <param name="pose">World space.</param>
    /// <param name="crop">The square's, see <see cref="WorkingSquare.Crop"/>; S by S.</param>
    /// <exception cref="ArgumentException">The camera's picture is not S by S.</exception>
    public void Draw(SourceMaps source, Pose pose, Camera crop)
    {
        ArgumentNullException.ThrowIfNull(source);
        _posed.Pose(source.Subject, pose);
        DrawPosed(source, pose, crop);
    }

    /// <summary>Draws the maps of a pose in the square around it, anchored so that it does not flicker from frame to frame.</summary>
    /// <param name="source">The subject, prepared.</param>
    /// <param name="pose">World space.</param>
    /// <param name="camera">The whole frame's.</param>
    /// <returns>The square; empty, with nothing drawn, where the frame shows nothing of the subject.</returns>
    public WorkingSquare DrawAround(SourceMaps source, Pose pose, Camera camera)
    {
        ArgumentNullException.ThrowIfNull(source);
        _posed.Pose(source.Subject, pose);
        WorkingSquare square = WorkingSquare.Around(_posed.World, camera);
        if (square.IsEmpty) return square;
        square = square.Anchored(Side);
        DrawPosed(source, pose, square.Crop(camera, Side));
        return square;
    }

    /// <summary>Adds other photos to the frame just drawn: <see cref="OtherFlows"/>, and how squarely any photo shows the point.</summary>
    /// <remarks>A photo that shows a place much worse than another has no flow there: what stands in for the place must not mix with what is seen.</remarks>
    /// <param name="photos">The same subject, prepared with its other sources.</param>
    /// <param name="crop">As drawn.</param>
    public void AddPhotos(IReadOnlyList<SourceMaps> photos, Camera crop)
    {
        while (_others.Count < photos.Count) _others.Add((new short[Flow.Length], new byte[_cellSeen.Length]));
        SeenOfCells(_cellSeen);
        byte[] best = [.. _cellSeen];
        for (int j = 0; j < photos.Count; j++)
        {
            DrawPlaces(photos[j], crop);
            _carried.Fill(_places, _joints, _photoFromFrame, _others[j].Flow);
            Span<byte> seen = Frame.AsSpan(10 * Plane, Plane);
            byte[] before = seen.ToArray();
            DrawSeen(photos[j]);
            SeenOfCells(_others[j].Seen);
            for (int i = 0; i < Plane; i++) seen[i] = Math.Max(seen[i], before[i]);
            for (int i = 0; i < best.Length; i++) best[i] = Math.Max(best[i], _others[j].Seen[i]);
        }
        Refuse(Flow, _cellSeen, best);
        for (int j = 0; j < photos.Count; j++) Refuse(_others[j].Flow, _others[j].Seen, best);
    }

    private static void Refuse(short[] flow, byte[] seen, byte[] best)
    {
        for (int i = 0; i < best.Length; i++)
            if (MuchBetter * seen[i] < best[i] && best[i] > Well) flow[i] = flow[best.Length + i] = Nothing;
    }

    private void SeenOfCells(byte[] cells)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            int at = (10 * Plane) + (4 * (i / FlowSide) * FlowSide) + (2 * (i % FlowSide));
            cells[i] = Math.Max(Math.Max(Frame[at], Frame[at + 1]), Math.Max(Frame[at + Side], Frame[at + Side + 1]));
        }
    }

    private void DrawPosed(SourceMaps source, Pose pose, Camera crop)
    {
        if (crop.Width != Side || crop.Height != Side) throw new ArgumentException($"A square of {crop.Width}x{crop.Height}, not {Side}.", nameof(crop));
        DrawColours(source, crop);
        _layers.Draw(source.Subject, _posed.World, source.Textures, crop);
        _normals = PosedLayers.Sized(_normals, source.Subject);
        for (int l = 0; l < _normals.Length; l++) MeshNormals.Compute(_layers.InCamera[l], source.Subject.Layers[l].Mesh.Triangles, _normals[l]);
        DrawSurface(source, crop.CameraFromWorld(pose.Root).Z);
        DrawSeen(source);
        DrawPlaces(source, crop);
        _carried.Fill(_places, _joints, _photoFromFrame, Flow);
    }

    /// <summary>How each joint's surroundings are turned from the frame's picture into the photo's.</summary>
    private void Turn(SourceMaps source, Camera crop)
    {
        if (_photoFromFrame.Length != source.CameraFromRest.Length) _photoFromFrame = new Vector4[source.CameraFromRest.Length];
        var cameraFromWorld = Matrix4x4.CreateFromQuaternion(crop.Rotation);
        for (int j = 0; j < _photoFromFrame.Length; j++)
        {
            Matrix4x4 frameFromRest = (_posed.Transforms[j] with { Translation = Vector3.Zero }) * cameraFromWorld;
            Matrix4x4 turn = Matrix4x4.Transpose(frameFromRest) * source.CameraFromRest[j];
            _photoFromFrame[j] = CarriedFlow.Nearest(turn.M11, turn.M12, turn.M21, turn.M22);
        }
    }

    private void DrawColours(SourceMaps source, Camera crop)
    {
        Array.Clear(_colours.Pixels);
        _renderer.Draw(_colours, crop, _posed.Meshes(source.Subject, source.Textures));
        for (int i = 0; i < Plane; i++) MapBytes.Colour(_colours.Pixels[i], Frame, i, Plane);
    }

    private void DrawSurface(SourceMaps source, float pelvis)
    {
        Frame.AsSpan(4 * Plane, 3 * Plane).Fill(128);
        Frame.AsSpan(7 * Plane, 3 * Plane).Clear();
        Frame.AsSpan(11 * Plane).Fill(128);
        SurfaceMaps maps = _layers.Maps;
        for (int y = maps.Touched.Top; y < maps.Touched.Bottom; y++)
            for (int x = maps.Spans[y].Left; x < maps.Spans[y].Right; x++)
            {
                if (!_layers.TryLocate(source.Subject, x, y, out SurfacePoint point)) continue;
                (int layer, int a, int b, int c, Vector3 w) = point;
                (Vector3[] normals, Vector3[] canonical) = (_normals[layer], source.Canonical[layer]);
                int at = (y * Side) + x;
                Vector3 normal = (normals[a] * w.X) + (normals[b] * w.Y) + (normals[c] * w.Z);
                float length = normal.Length();
                if (length > 0) normal /= length;
                // Free layers show their inside, too.
                if (layer > 0 && Facing(_layers.InCamera[layer], a, b, c) > 0) normal = -normal;
                MapBytes.Signed(normal, Frame, (4 * Plane) + at, Plane);
                MapBytes.Fractions((canonical[a] * w.X) + (canonical[b] * w.Y) + (canonical[c] * w.Z), Frame, (7 * Plane) + at, Plane);
                Frame[(11 * Plane) + at] = (byte)((Math.Clamp((maps.DepthAt(x, y) - pelvis) / DepthSpan, -1, 1) * 127) + 128.5f);
            }
    }

    private void DrawSeen(SourceMaps source)
    {
        Span<byte> drawn = Frame.AsSpan(10 * Plane, Plane);
        drawn.Clear();
        SurfaceMaps maps = _layers.Maps;
        for (int y = maps.Touched.Top; y < maps.Touched.Bottom; y++)
            for (int x = maps.Spans[y].Left; x < maps.Spans[y].Right; x++)
            {
                if (!_layers.TryLocate(source.Subject, x, y, out SurfacePoint point)) continue;
                (int layer, int a, int b, int c, Vector3 w) = point;
                float[] seen = source.Seen[layer];
                drawn[(y * Side) + x] = (byte)((Math.Clamp((seen[a] * w.X) + (seen[b] * w.Y) + (seen[c] * w.Z), 0, 1) * 255) + 0.5f);
            }
    }

    /// <summary>Where in a photo each pixel's surface point lies, and how offsets turn from here to there.</summary>
    private void DrawPlaces(SourceMaps source, Camera crop)
    {
        Turn(source, crop);
        Array.Clear(_places);
        float perMetreAtOne = crop.FocalLength * (2f / Side);
        SurfaceMaps maps = _layers.Maps;
        for (int y = maps.Touched.Top; y < maps.Touched.Bottom; y++)
            for (int x = maps.Spans[y].Left; x < maps.Spans[y].Right; x++)
            {
                if (!_layers.TryLocate(source.Subject, x, y, out SurfacePoint point)) continue;
                (int layer, int a, int b, int c, Vector3 w) = point;
                int at = (y * Side) + x;
                float inverseDepth = maps.InverseDepths[(y * maps.Stride) + x];
                Vector3 place = Place(source.Places[layer], a, b, c, w);
                _joints[at] = (byte)source.Subject.Layers[layer].Mesh.Weights[a].Joint0;
                // Z: how many photo pixels a frame pixel takes; W: nearness, and that there is something.
                _places[at] = new Vector4(place.X, place.Y, place.Z / (perMetreAtOne * inverseDepth), inverseDepth);
            }
    }

    /// <summary>Whether a triangle turns its back: positive if so.</summary>
    private static float Facing(Vector3[] at, int a, int b, int c) => Vector3.Dot(Vector3.Cross(at[b] - at[a], at[c] - at[a]), at[a]);

    private static Vector3 Place(Vector3[] places, int a, int b, int c, Vector3 w)
    {
        (Vector3 pa, Vector3 pb, Vector3 pc) = (places[a], places[b], places[c]);
        Vector3 low = Vector3.Min(pa, Vector3.Min(pb, pc)), high = Vector3.Max(pa, Vector3.Max(pb, pc));
        if (MathF.Max(high.X - low.X, high.Y - low.Y) > Torn) return w.X >= w.Y && w.X >= w.Z ? pa : w.Y >= w.Z ? pb : pc;
        return (pa * w.X) + (pb * w.Y) + (pc * w.Z);
    }
}
