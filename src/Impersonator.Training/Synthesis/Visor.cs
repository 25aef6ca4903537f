using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Training.Synthesis;

/// <summary>The peak of a cap or the brim of a hat: a piece of a cone round the head.</summary>
internal sealed class Visor
{
    private const int Columns = 25, Rings = 4, VertexCount = Columns * Rings;
    private static readonly TriangleSet Peak = TriangleSet.Grid(Rings, Columns, closed: false);
    private static readonly ushort[] Head = [.. Figure.Scattered.Where(v => BodyModel.Default.Template.Parts[v] == BodyPart.Head)];

    private readonly SkinBinding _binding;
    private readonly Vector3[] _canonical = new Vector3[VertexCount];
    private readonly byte[] _parts = new byte[VertexCount];
    private readonly RingHull _hull = new(3);

    public Visor() => _binding = new SkinBinding([.. Enumerable.Range(0, VertexCount).SelectMany(_ => (byte[])[Joint.Head, Joint.Head, Joint.Head, Joint.Head])], [.. Enumerable.Range(0, VertexCount).SelectMany(_ => (float[])[1, 0, 0, 0])]);

    /// <summary>Makes it on a body.</summary>
    public void Build(FigureMesh mesh, ShapedBody body, VisorCut cut)
    {
        mesh.Size(VertexCount, Peak);
        Array.Clear(mesh.Shares);
        (mesh.TwoSided, mesh.Binding, mesh.Canonical, mesh.Parts) = (true, _binding, _canonical, _parts);
        Vector3 head = body.Joints[Joint.Head];
        float scale = body.HeadScale, y = head.Y + (cut.Height * scale), depth = head.Z + (0.01f * scale);
        _hull.Measure(body.Rest, Head, y + (0.01f * scale), 0.01f * scale, new Vector2(0, depth), 0.06f * scale);
        for (int r = 0; r < Rings; r++)
            for (int c = 0; c < Columns; c++)
            {
                int v = (r * Columns) + c;
                float across = (2f * c / (Columns - 1)) - 1, angle = across * cut.HalfSweep, out1 = (float)r / (Rings - 1);
                // A peak is longest in the middle; a brim is as wide all round.
                float round = cut.HalfSweep > 2.5f ? 1 : MathF.Sqrt(MathF.Max(0, 1 - (across * across)));
                float radius = _hull.Radius(1, angle, 0) + (0.008f * scale) + (cut.Length * out1 * round);
                float drop = (cut.Droop * cut.Length * out1) + (cut.HalfSweep > 2.5f ? cut.Wave * MathF.Cos(2 * angle) * out1 : 0.25f * cut.Length * across * across * out1);
                mesh.Rest[v] = mesh.Cloth[v] = new Vector3(radius * MathF.Sin(angle), y - drop + (0.25f * 0.1f * scale * (MathF.Cos(angle) - 0.6f)), depth + (radius * MathF.Cos(angle)));
                (_canonical[v], _parts[v]) = SkinBelow.Nearest(mesh.Rest[v], body, Head);
            }
    }
}
