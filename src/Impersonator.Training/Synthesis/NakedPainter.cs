using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Rendering;

namespace Impersonator.Training.Synthesis;

/// <summary>The simplest painter: a naked body in a plain colour before a plain colour, annotated exactly. For tests; needs no pack.</summary>
public sealed class NakedPainter : IPainter
{
    private readonly Vector3[] _posed = new Vector3[BodyModel.Default.Template.VertexCount];
    private readonly Vector3[] _view = new Vector3[BodyModel.Default.Template.VertexCount];
    private float[] _depth = [];

    /// <inheritdoc/>
    public void Paint(long seed, Sample into)
    {
        ArgumentNullException.ThrowIfNull(into);
        BodyModel model = BodyModel.Default;
        var dice = new Dice(seed);
        int size = into.Size;
        for (int k = 0; k < into.Shape.Length; k++) into.Shape[k] = Math.Clamp(dice.Normal(), -2.5f, 2.5f);
        Body body = model.Create(new Shape([.. into.Shape]));
        for (int j = 0; j < Joint.Count; j++) into.Pose[j] = Quaternion.CreateFromAxisAngle(dice.Direction(), MathF.Abs(dice.Normal(j < Joint.BodyCount ? 0.25f : 0.1f)));
        foreach (int side in (ReadOnlySpan<int>)[0, 1])
            into.Pose[Joint.LeftShoulder + side] *= Quaternion.CreateFromAxisAngle(Vector3.UnitZ, (side == 0 ? -1 : 1) * dice.Range(0, 1.4f));
        into.Pose[0] = Quaternion.CreateFromAxisAngle(Vector3.UnitY, dice.Range(-MathF.PI, MathF.PI)) * into.Pose[0];
        var pose = new Pose([.. into.Pose], new Vector3(0, body.HipHeight, 0));
        body.Pose(pose, _posed);
        into.Camera = Camera.Front(size, size, size * dice.Range(1, 1.6f), 3) with { Translation = new Vector3(0, body.HipHeight, dice.Range(3, 4)) };

        Vector3 back = dice.Colour(0, 1, 0.1f, 1) * 255, skin = dice.Colour(0.2f, 0.6f, 0.4f, 0.9f) * 255;
        for (int i = 0; i < size * size; i++) Write(into.Rgb, i, back);
        Array.Clear(into.Alpha);
        Array.Clear(into.OtherAlpha);
        Array.Clear(into.Parts);
        Draw(body, pose.Root, skin, into);
        Annotate(body, pose, into);
    }

    private static void Write(byte[] rgb, int pixel, Vector3 colour)
        => (rgb[3 * pixel], rgb[(3 * pixel) + 1], rgb[(3 * pixel) + 2]) = ((byte)colour.X, (byte)colour.Y, (byte)colour.Z);

    private void Draw(Body body, Vector3 pelvis, Vector3 skin, Sample into)
    {
        Camera camera = into.Camera;
        int size = into.Size;
        if (_depth.Length != size * size) _depth = new float[size * size];
        Array.Fill(_depth, float.MaxValue);
        float pelvisDepth = camera.CameraFromWorld(pelvis).Z;
        for (int v = 0; v < _posed.Length; v++) _view[v] = camera.CameraFromWorld(_posed[v]);
        int[] corners = body.Mesh.Triangles;
        Vector3[] canonical = BodyModel.Default.Template.RestPositions;
        for (int t = 0; t < corners.Length; t += 3)
        {
            (int ia, int ib, int ic) = (corners[t], corners[t + 1], corners[t + 2]);
            Vector3 a = _view[ia], b = _view[ib], c = _view[ic];
            Vector2 Pixel(Vector3 p) => camera.PrincipalPoint + (new Vector2(p.X, p.Y) * (camera.FocalLength / p.Z));
            Vector2 pa = Pixel(a), pb = Pixel(b), pc = Pixel(c), low = Vector2.Min(pa, Vector2.Min(pb, pc)), high = Vector2.Max(pa, Vector2.Max(pb, pc));
            float area = ((pb.X - pa.X) * (pc.Y - pa.Y)) - ((pb.Y - pa.Y) * (pc.X - pa.X));
            if (area >= 0) continue;
            for (int y = Math.Max(0, (int)low.Y); y <= Math.Min(size - 1, (int)high.Y); y++)
                for (int x = Math.Max(0, (int)low.X); x <= Math.Min(size - 1, (int)high.X); x++)
                {
                    Vector2 p = new(x + 0.5f, y + 0.5f);
                    float u = (((p.X - pa.X) * (pc.Y - pa.Y)) - ((p.Y - pa.Y) * (pc.X - pa.X))) / area, v = (((pb.X - pa.X) * (p.Y - pa.Y)) - ((pb.Y - pa.Y) * (p.X - pa.X))) / area;
                    if (u < 0 || v < 0 || u + v > 1) continue;
                    float wa = (1 - u - v) / a.Z, wb = u / b.Z, wc = v / c.Z, depth = 1 / (wa + wb + wc);
                    int i = (y * size) + x;
                    if (depth >= _depth[i]) continue;
                    _depth[i] = depth;
                    Vector3 normal = Vector3.Normalize(Vector3.Cross(c - a, b - a));
                    Write(into.Rgb, i, skin * (0.4f + (0.6f * MathF.Max(0, normal.Z))));
                    into.Alpha[i] = 255;
                    into.Parts[i] = (byte)body.Mesh.Parts[ia];
                    into.Depth[i] = (short)Math.Clamp(MathF.Round(1000 * (depth - pelvisDepth)), short.MinValue, short.MaxValue);
                    Vector3 place = CanonicalBox.Fraction(((canonical[ia] * wa) + (canonical[ib] * wb) + (canonical[ic] * wc)) * depth) * ushort.MaxValue;
                    for (int k = 0; k < 3; k++) into.Surface[(k * size * size) + i] = (ushort)Math.Clamp(place[k], 0, ushort.MaxValue);
                }
        }
    }

    private void Annotate(Body body, Pose pose, Sample into)
    {
        Skeleton skeleton = Skeleton.SmplH;
        var rotations = new Quaternion[Joint.Count];
        var places = new Vector3[Joint.Count];
        Kinematics.Forward(skeleton, body.RestJoints, pose, rotations, places);
        for (int j = 0; j < Joint.Count; j++) into.Camera.CameraFromWorld(places[j]).CopyTo(into.Joints3D, 3 * j);
        for (int k = 0; k < Keypoints33.Count; k++)
        {
            Landmark landmark = Keypoints33.Landmarks[k];
            Vector3 offset = landmark.Rest.Of(body.Mesh.RestPositions) - body.RestJoints[landmark.Joint];
            Vector3 world = places[landmark.Joint] + Vector3.Transform(offset, rotations[landmark.Joint]);
            Vector2 pixel = into.Camera.Project(world);
            (int x, int y) = ((int)MathF.Floor(pixel.X), (int)MathF.Floor(pixel.Y));
            (into.Keypoints[3 * k], into.Keypoints[(3 * k) + 1]) = (pixel.X, pixel.Y);
            bool within = (uint)x < (uint)into.Size && (uint)y < (uint)into.Size;
            into.Keypoints[(3 * k) + 2] = !within ? 0 : into.Camera.CameraFromWorld(world).Z - _depth[(y * into.Size) + x] is > -1 and var under && under < Keypoints33.Depths[k] ? 2 : 1;
        }
    }
}
