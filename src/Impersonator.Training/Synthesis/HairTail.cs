using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Training.Synthesis;

/// <summary>Hair tied behind or on top of the head: a bun, or a tail that stands out and falls.</summary>
internal sealed class HairTail
{
    private const int Columns = 12, Rings = 14, VertexCount = Columns * Rings;
    private static readonly TriangleSet Tube = TriangleSet.Grid(Rings, Columns, closed: true);
    private static readonly ushort[] Head = [.. Figure.Scattered.Where(v => BodyModel.Default.Template.Parts[v] == BodyPart.Head)];

    private readonly float[] _weights = new float[4 * VertexCount];
    private readonly SkinBinding _binding;
    private readonly Vector3[] _canonical = new Vector3[VertexCount];
    private readonly byte[] _parts = new byte[VertexCount];

    public HairTail() => _binding = new SkinBinding([.. Enumerable.Range(0, VertexCount).SelectMany(_ => (byte[])[Joint.Head, Joint.Neck, Joint.Spine3, Joint.Spine3])], _weights);

    /// <summary>Makes it on a body.</summary>
    public void Build(FigureMesh mesh, ShapedBody body, HairTailCut cut)
    {
        mesh.Size(VertexCount, Tube);
        Array.Clear(mesh.Shares);
        (mesh.TwoSided, mesh.Binding, mesh.Canonical, mesh.Parts) = (true, _binding, _canonical, _parts);
        Vector3 joint = body.Joints[Joint.Head], middle = joint + (new Vector3(0, 0.075f, 0.01f) * body.HeadScale);
        var outwards = new Vector3(MathF.Sin(cut.Aside) * MathF.Cos(cut.Rise), MathF.Sin(cut.Rise), -MathF.Cos(cut.Aside) * MathF.Cos(cut.Rise));
        float skull = Head.Max(v => Vector3.Dot(body.Rest[v] - middle, outwards));
        Vector3 knot = middle + (outwards * (skull - 0.012f));
        // A bun is a short thick tail that does not fall.
        bool bun = cut.Length == 0;
        for (int r = 0; r < Rings; r++)
        {
            float along = (float)r / (Rings - 1);
            Vector3 at = bun ? knot + (outwards * (2 * cut.Radius * along)) : Along(knot, outwards, cut, along), ahead = bun ? outwards : Along(knot, outwards, cut, along + 0.01f) - at;
            ahead = Vector3.Normalize(ahead);
            Vector3 side = Vector3.Normalize(Vector3.Cross(ahead, MathF.Abs(ahead.X) < 0.9f ? Vector3.UnitX : Vector3.UnitY)), up = Vector3.Cross(side, ahead);
            float bulge = bun ? MathF.Sqrt(MathF.Max(0, 1 - MathF.Pow((2 * along) - 1, 2))) : MathF.Sqrt(MathF.Max(0, MathF.Sin(MathF.PI * (0.08f + (0.92f * MathF.Pow(along, 0.7f))))));
            float radius = cut.Radius * bulge * (1 + (cut.Waves * Wave.Sin(9 * along)));
            for (int c = 0; c < Columns; c++)
            {
                int v = (r * Columns) + c;
                float angle = 2 * MathF.PI * c / Columns;
                mesh.Rest[v] = at + (side * (radius * MathF.Cos(angle))) + (up * (radius * MathF.Sin(angle)));
                mesh.Cloth[v] = new Vector3(angle * 0.05f, along * 0.03f, 0);
                // As of long hair: the first weight is never zero.
                float falls = bun ? 0 : Math.Clamp((joint.Y - 0.03f - mesh.Rest[v].Y) / 0.14f, 0, 0.98f);
                (_weights[4 * v], _weights[(4 * v) + 1], _weights[(4 * v) + 2]) = (1 - falls, falls * (1 - falls), falls * falls);
                (_canonical[v], _parts[v]) = SkinBelow.Nearest(mesh.Rest[v], body, Head);
            }
        }
    }

    /// <summary>A place along a tail: first outwards, then down.</summary>
    private static Vector3 Along(Vector3 knot, Vector3 outwards, HairTailCut cut, float along)
    {
        float outer = 1 - MathF.Exp(-4 * along);
        return knot + (outwards * (cut.Arch * outer)) - (Vector3.UnitY * (cut.Length * MathF.Max(0, along - (0.2f * outer)))) - (Vector3.UnitZ * (0.02f * outer));
    }
}
