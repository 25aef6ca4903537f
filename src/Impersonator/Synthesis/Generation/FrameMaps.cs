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

    private readonly PosedLayers _posed = new();
    private readonly LayerMaps _layers = new();
    private readonly TexturedRenderer _renderer = new();
    private readonly Image _colours = new(Side, Side);
    private readonly Vector4[] _places = new Vector4[Plane];
    private readonly byte[] _joints = new byte[Plane];
    private readonly CarriedFlow _carried = new();
    private Vector4[] _photoFromFrame = [];
    private Vector3[][] _normals = [];

    /// <summary>
    /// [12, S, S] mesh colour (sRGB times coverage), coverage, normal in camera space (128 + 127 · n, 128 outside), canonical x, y, z (0 outside), how squarely the
    /// photo shows the point, depth behind the pelvis (128 + 127 · metres / 1.5, 128 outside).
    /// </summary>
    public byte[] Frame { get; } = new byte[Channels * Plane];

    /// <summary>[2, S/2, S/2] x and y of the place in the photo's working square times <see cref="FlowUnit"/>, within ±2; <see cref="Nothing"/> where there is none.</summary>
    public short[] Flow { get; } = new short[2 * FlowSide * FlowSide];

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

    /// <summary>Draws the maps of a pose in the square around it.</summary>
    /// <param name="source">The subject, prepared.</param>
    /// <param name="pose">World space.</param>
    /// <param name="camera">The whole frame's.</param>
    /// <returns>The square; empty, with nothing drawn, where the frame shows nothing of the subject.</returns>
    public WorkingSquare DrawAround(SourceMaps source, Pose pose, Camera camera)
    {
        ArgumentNullException.ThrowIfNull(source);
        _posed.Pose(source.Subject, pose);
        WorkingSquare square = WorkingSquare.Around(_posed.World, camera);
        if (!square.IsEmpty) DrawPosed(source, pose, square.Crop(camera, Side));
        return square;
    }

    private void DrawPosed(SourceMaps source, Pose pose, Camera crop)
    {
        if (crop.Width != Side || crop.Height != Side) throw new ArgumentException($"A square of {crop.Width}x{crop.Height}, not {Side}.", nameof(crop));
        DrawColours(source, crop);
        _layers.Draw(source.Subject, _posed.World, source.Textures, crop);
        _normals = PosedLayers.Sized(_normals, source.Subject);
        for (int l = 0; l < _normals.Length; l++) MeshNormals.Compute(_layers.InCamera[l], source.Subject.Layers[l].Mesh.Triangles, _normals[l]);
        DrawSurface(source, crop.CameraFromWorld(pose.Root).Z, crop.FocalLength * (2f / Side));
        Turn(source, crop);
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

    private void DrawSurface(SourceMaps source, float pelvis, float perMetreAtOne)
    {
        Frame.AsSpan(4 * Plane, 3 * Plane).Fill(128);
        Frame.AsSpan(7 * Plane, 4 * Plane).Clear();
        Frame.AsSpan(11 * Plane).Fill(128);
        Array.Clear(_places);
        SurfaceMaps maps = _layers.Maps;
        for (int y = maps.Touched.Top; y < maps.Touched.Bottom; y++)
            for (int x = maps.Spans[y].Left; x < maps.Spans[y].Right; x++)
            {
                int from = (y * maps.Stride) + x, at = (y * Side) + x;
                if (maps.Triangles[from] < 0) continue;
                (int layer, int triangle) = _layers.Locate(maps.Triangles[from]);
                ReadOnlySpan<int> corners = source.Subject.Layers[layer].Mesh.Triangles.AsSpan(3 * triangle, 3);
                (int a, int b, int c) = (corners[0], corners[1], corners[2]);
                Vector2 weights = maps.Weights[from];
                var w = new Vector3(1 - weights.X - weights.Y, weights.X, weights.Y);
                float inverseDepth = maps.InverseDepths[from];

                (Vector3[] normals, Vector3[] canonical, float[] seen) = (_normals[layer], source.Canonical[layer], source.Seen[layer]);
                Vector3 normal = (normals[a] * w.X) + (normals[b] * w.Y) + (normals[c] * w.Z);
                float length = normal.Length();
                if (length > 0) normal /= length;
                // Free layers show their inside, too.
                if (layer > 0 && Facing(_layers.InCamera[layer], a, b, c) > 0) normal = -normal;
                MapBytes.Signed(normal, Frame, (4 * Plane) + at, Plane);
                MapBytes.Fractions((canonical[a] * w.X) + (canonical[b] * w.Y) + (canonical[c] * w.Z), Frame, (7 * Plane) + at, Plane);
                Frame[(10 * Plane) + at] = (byte)((Math.Clamp((seen[a] * w.X) + (seen[b] * w.Y) + (seen[c] * w.Z), 0, 1) * 255) + 0.5f);
                Frame[(11 * Plane) + at] = (byte)((Math.Clamp(((1 / inverseDepth) - pelvis) / DepthSpan, -1, 1) * 127) + 128.5f);
                Vector3 place = Place(source.Places[layer], a, b, c, w);
                // Z: how many photo pixels a frame pixel takes; W: nearness, and that there is something.
                _joints[at] = (byte)source.Subject.Layers[layer].Mesh.Weights[a].Joint0;
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
