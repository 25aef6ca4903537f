using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Training.Synthesis;

/// <summary>A tube of cloth from the waist down: skirts, lower halves of dresses, coats and robes. It hangs from the widest place above, and legs push it.</summary>
internal sealed class Skirt
{
    private const int Columns = 40, Rings = 16, VertexCount = Columns * Rings;
    private static readonly TriangleSet Tube = MakeTube();
    private static readonly ushort[] Lower = [.. Figure.Scattered.Where(v => BodyModel.Default.Template.Parts[v] is BodyPart.Torso or >= BodyPart.LeftUpperLeg and <= BodyPart.RightLowerLeg)];

    private readonly float[] _weights = new float[4 * VertexCount];
    private readonly SkinBinding _binding;
    private readonly Vector3[] _canonical = new Vector3[VertexCount];
    private readonly byte[] _parts = new byte[VertexCount];
    private readonly RingHull _hull = new(Rings);
    private readonly (float Start, float End)[] _legRadii = new (float, float)[4];

    public Skirt()
    {
        var joints = new byte[4 * VertexCount];
        for (int v = 0; v < VertexCount; v++)
        {
            bool left = Angle(v) is > 0 and < MathF.PI;
            ((byte[])(left ? [Joint.Pelvis, Joint.LeftHip, Joint.RightHip, Joint.LeftKnee] : [Joint.Pelvis, Joint.RightHip, Joint.LeftHip, Joint.RightKnee])).CopyTo(joints, 4 * v);
        }
        _binding = new SkinBinding(joints, _weights);
    }

    /// <summary>Makes the cloth on a body.</summary>
    public void Build(FigureMesh mesh, ShapedBody body, SkirtCut cut)
    {
        mesh.Size(VertexCount, Tube);
        (mesh.TwoSided, mesh.Clipped, mesh.Binding, mesh.Canonical, mesh.Parts) = (true, true, _binding, _canonical, _parts);
        Array.Clear(mesh.Shares);
        Vector3[] joints = body.Joints;
        float hip = Middle(joints, Joint.LeftHip), knee = Middle(joints, Joint.LeftKnee), ankle = Middle(joints, Joint.LeftAnkle);
        float top = hip + cut.Waist, bottom = hip - (cut.Hem * (hip - ankle)), step = (top - bottom) / (Rings - 1), depth = joints[Joint.Pelvis].Z;
        _hull.Measure(body.Rest, Lower, top, step, new Vector2(0, depth), 0.05f);
        for (int r = 0; r < Rings; r++)
            for (int c = 0; c < Columns; c++)
            {
                int v = (r * Columns) + c;
                float angle = Angle(v), y = top - (r * step), radius = _hull.Radius(r, angle, cut.Drape), down = MathF.Max(0, hip - y);
                radius = (radius + cut.Loose + (cut.Flare * down)) * (1 + (cut.PleatDepth * MathF.Sin(cut.Pleats * angle) * Math.Clamp(down * 4, 0, 1)));
                float x = radius * MathF.Sin(angle), z = radius * MathF.Cos(angle);
                float lower = r * (1f / (Rings - 1)) * ((cut.Slant * x) - (cut.Train * z));
                mesh.Rest[v] = mesh.Cloth[v] = new Vector3(x, y - lower, depth + z);
                mesh.Clip[v] = MathF.Min(0.001f + y - bottom, cut.Open > 0 && z > 0 ? MathF.Abs(x) - (cut.Open * (0.3f + (0.7f * r / (Rings - 1)))) : 1);
                Bind(v, x / MathF.Max(0.05f, body.HipReach), Math.Clamp((hip + 0.03f - y) / 0.2f, 0, 1), Math.Clamp((knee + 0.04f - y) / 0.15f, 0, 1) * cut.WithShins);
                (_canonical[v], _parts[v]) = SkinBelow.Nearest(mesh.Rest[v], body, Lower);
            }
        MeasureLegs(body);
    }

    /// <summary>Pushes posed cloth out of the legs.</summary>
    /// <param name="mesh">Just skinned.</param>
    /// <param name="joints">[52] posed joints.</param>
    public void Push(FigureMesh mesh, Vector3[] joints)
    {
        for (int leg = 0; leg < 4; leg++)
        {
            (Vector3 from, Vector3 to) = (joints[Joint.LeftHip + (leg & 1) + (leg < 2 ? 0 : 3)], joints[Joint.LeftHip + (leg & 1) + (leg < 2 ? 3 : 6)]);
            Vector3 along = to - from;
            float squared = MathF.Max(1e-6f, along.LengthSquared());
            for (int v = 2 * Columns; v < VertexCount; v++)
            {
                float share = Vector3.Dot(mesh.Posed[v] - from, along) / squared;
                if (share is < 0 or > 1) continue;
                Vector3 off = mesh.Posed[v] - (from + (along * share));
                float distance = off.Length(), radius = float.Lerp(_legRadii[leg].Start, _legRadii[leg].End, share) + 0.01f;
                if (distance < radius && distance > 1e-4f) mesh.Posed[v] += off * ((radius / distance) - 1);
            }
        }
    }

    private static float Angle(int vertex) => 2 * MathF.PI * ((vertex % Columns) + 0.5f) / Columns;

    private static float Middle(Vector3[] joints, int left) => (joints[left].Y + joints[left + 1].Y) / 2;

    private void Bind(int v, float side, float leg, float shin)
    {
        // Of the leg on this side; in the middle both carry the cloth.
        float own = Math.Clamp(0.5f + (MathF.Abs(side) * 0.75f), 0, 1);
        (_weights[4 * v], _weights[(4 * v) + 1], _weights[(4 * v) + 2], _weights[(4 * v) + 3])
            = (1 - (0.88f * leg), 0.88f * leg * own * (1 - shin), 0.88f * leg * (1 - own), 0.88f * leg * own * shin);
    }

    private void MeasureLegs(ShapedBody body)
    {
        Vector3[] joints = body.Joints;
        Span<(float Sum, int Count)> ends = stackalloc (float, int)[8];
        ends.Clear();
        foreach (ushort v in Lower)
        {
            var part = BodyModel.Default.Template.Parts[v];
            if (part < BodyPart.LeftUpperLeg) continue;
            int leg = part - BodyPart.LeftUpperLeg;
            (Vector3 from, Vector3 to) = (joints[Joint.LeftHip + (leg & 1) + (leg < 2 ? 0 : 3)], joints[Joint.LeftHip + (leg & 1) + (leg < 2 ? 3 : 6)]);
            Vector3 p = body.Rest[v], along = to - from;
            float share = Math.Clamp(Vector3.Dot(p - from, along) / along.LengthSquared(), 0, 1);
            ref (float Sum, int Count) end = ref ends[(2 * leg) + (share > 0.5f ? 1 : 0)];
            end = (end.Sum + Vector3.Distance(p, from + (along * share)), end.Count + 1);
        }
        for (int leg = 0; leg < 4; leg++)
        {
            float a = ends[2 * leg].Sum / Math.Max(1, ends[2 * leg].Count), b = ends[(2 * leg) + 1].Sum / Math.Max(1, ends[(2 * leg) + 1].Count);
            // Means of the halves lie at a quarter and three quarters.
            _legRadii[leg] = (MathF.Max(b, (1.5f * a) - (0.5f * b)), MathF.Max(0.03f, (1.5f * b) - (0.5f * a)));
        }
    }

    private static TriangleSet MakeTube()
    {
        TriangleSet tube = TriangleSet.Grid(Rings, Columns, closed: true);
        // Front and back lie over both legs.
        tube.Torn = [.. Enumerable.Range(0, tube.Count).Select(t => Enumerable.Range(0, 3).Select(k => MathF.Sin(Angle(tube.Vertices[(3 * t) + k])) > 0).Distinct().Count() > 1)];
        return tube;
    }
}
