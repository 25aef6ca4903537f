using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Training.Synthesis;

/// <summary>A curtain of hair from the crown down over neck, shoulders and back, open before the face.</summary>
internal sealed class LongHair
{
    private const int Columns = 33, Rings = 20, VertexCount = Columns * Rings;
    private static readonly TriangleSet Curtain = TriangleSet.Grid(Rings, Columns, closed: false);

    /// <summary>Head, neck and the middle of the trunk: hair slides off the shoulders.</summary>
    private static readonly ushort[] Upper = [.. Figure.Scattered.Where(v => BodyModel.Default.Template.Parts[v] is BodyPart.Head or BodyPart.Torso && MathF.Abs(BodyModel.Default.Template.RestPositions[v].X) < 0.13f && BodyModel.Default.Template.RestPositions[v].Y > 0.9f)];

    private readonly float[] _weights = new float[4 * VertexCount];
    private readonly SkinBinding _binding;
    private readonly Vector3[] _canonical = new Vector3[VertexCount];
    private readonly byte[] _parts = new byte[VertexCount];
    private readonly RingHull _hull = new(Rings);

    public LongHair() => _binding = new SkinBinding([.. Enumerable.Range(0, VertexCount).SelectMany(_ => (byte[])[Joint.Head, Joint.Neck, Joint.Spine3, Joint.Spine3])], _weights);

    /// <summary>Makes the hair on a body.</summary>
    public void Build(FigureMesh mesh, ShapedBody body, LongHairCut cut)
    {
        mesh.Size(VertexCount, Curtain);
        Array.Clear(mesh.Shares);
        (mesh.TwoSided, mesh.Clipped, mesh.Binding, mesh.Canonical, mesh.Parts) = (true, true, _binding, _canonical, _parts);
        Vector3 head = body.Joints[Joint.Head];
        float top = head.Y + (0.135f * body.HeadScale), bottom = head.Y - cut.Length, step = (top - bottom) / (Rings - 1), depth = head.Z - 0.015f;
        _hull.Measure(body.Rest, Upper, top, step, new Vector2(0, depth), 0.04f);
        for (int r = 0; r < Rings; r++)
            for (int c = 0; c < Columns; c++)
            {
                int v = (r * Columns) + c;
                float y = top - (r * step), below = MathF.Max(0, head.Y - y), share = (float)c / (Columns - 1);
                // Over the crown it closes; below the brows it leaves the face free.
                float open = cut.Open * Math.Clamp((top - y) / (0.09f * body.HeadScale), 0.12f, 1);
                float angle = open + (share * ((2 * MathF.PI) - (2 * open))) + (cut.Part * (0.5f - MathF.Abs(share - 0.5f)) * 0.6f);
                float cap = MathF.Sqrt(Math.Clamp(r / 2.5f, 0, 1));
                float radius = ((_hull.Radius(r, angle, 0.85f) + cut.Volume + (cut.Spread * below)) * cap) * (1 + (cut.WaveDepth * Wave.Sin((cut.Waves * 6.28f * y) + (7 * share))));
                mesh.Rest[v] = mesh.Cloth[v] = new Vector3(radius * MathF.Sin(angle), y + (r == 0 ? 0.02f : 0), depth + (radius * MathF.Cos(angle)));
                mesh.Clip[v] = y - bottom - (cut.Ragged * (0.5f + (0.5f * Wave.Sin((37 * share) + (11 * cut.Length)))) * cut.Length * 0.5f) + 0.001f;
                // Strands run down: count them round the head.
                mesh.Cloth[v] = new Vector3(angle * 0.12f, y * 0.1f, 0);
                // The head keeps a little of every strand: a first weight of zero would mean none at all.
                float falls = Math.Clamp((head.Y - 0.05f - y) / 0.14f, 0, 0.98f);
                (_weights[4 * v], _weights[(4 * v) + 1], _weights[(4 * v) + 2]) = (1 - falls, falls * (1 - falls), falls * falls);
                (_canonical[v], _parts[v]) = SkinBelow.Nearest(mesh.Rest[v], body, Upper);
            }
    }
}
