using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Subjects.Heads;

/// <summary>Hair (or a hat) as a surface of its own: columns that run from the crown over the skull and, where hair hangs, on down.</summary>
/// <remarks>
/// The skull is a star seen from its middle; hair stands off it as far as the photo shows at the silhouette, rounded in depth. Each column
/// ends where the photo shows its last hair; what the photo does not show ends at the usual hairline, or as low as the hair that hangs at
/// that side. Texture coordinates: once around from the back over the person's right, crown at the top.
/// </remarks>
internal sealed class HairShell
{
    /// <summary>The layer's name.</summary>
    public const string Name = "hair";

    /// <summary>Columns.</summary>
    public const int Around = 64;

    // Rows from the crown to the rim at the level of the ears, then down.
    private const int Dome = 16, Hanging = 46;

    private const float HatHem = 0.15f, Step = 0.015f, MapTop = 0.12f, MapStep = 0.01f, MapDown = 0.85f;

    private readonly PosedBody _wearer;
    private readonly HairMask _mask;
    private readonly HeadMeasures _head;
    private readonly Matrix4x4 _fromRest, _toRest;
    private readonly Vector3 _centre, _up, _forward, _left;
    private readonly RadialMap _skull, _body;
    private readonly HairOutline _outline;

    private HairShell(PosedBody wearer, Body body, HairMask mask)
    {
        (_wearer, _mask, _head, _fromRest) = (wearer, mask, HeadMeasures.Of(body), wearer.Transforms[Joint.Head]);
        Matrix4x4.Invert(_fromRest, out _toRest);
        _centre = Vector3.Transform(_head.Centre, _fromRest);
        _skull = Skull(wearer.Mesh, _head.Centre);
        _outline = new HairOutline(mask, wearer, _centre, Vector3.TransformNormal(Vector3.UnitY, _fromRest), [.. Enumerable.Range(0, Around * (Dome + 1)).Select(i => Vector3.Transform(_head.Centre + (Direction(i % Around, i / Around) * _skull[i % Around, i / Around]), _fromRest))]);
        Vector3 up = Vector3.TransformNormal(Vector3.UnitY, _fromRest);
        // Hair hangs straight down; what grows close to the head keeps to the head.
        Hangs = up.Y > 0.65f && MathF.Max(_outline.LeftHem, _outline.RightHem) > 0.85f * _head.Size;
        _up = Hangs ? Vector3.UnitY : Vector3.Normalize(up);
        Vector3 forward = Vector3.TransformNormal(Vector3.UnitZ, _fromRest);
        _forward = Vector3.Normalize(forward - (_up * Vector3.Dot(forward, _up)));
        _left = Vector3.Cross(_up, _forward);
        _body = Surround();
    }

    private bool Hangs { get; }

    /// <summary>The hair's shape, or null where it cannot be brought into the rest pose.</summary>
    /// <param name="wearer">The clothed body as it stands in the photo.</param>
    /// <param name="body">Whose it is.</param>
    /// <param name="mask">Which pixels are hair.</param>
    public static HairShape? Build(PosedBody wearer, Body body, HairMask mask)
    {
        var shell = new HairShell(wearer, body, mask);
        HairColumn[] columns = [.. Enumerable.Range(0, Around).Select(shell.Grown)];
        float[] ends = Smoothed([.. columns.Select(c => c.End)]);
        int rows = Math.Min((int)MathF.Ceiling(ends.Max()) + 1, Dome + Hanging + 1);
        var positions = new Vector3[rows * Around];
        for (int row = 0; row < rows; row++)
            for (int k = 0; k < Around; k++) positions[(row * Around) + k] = columns[k].At(MathF.Min(row, ends[k]), ends[k]);
        JointWeights[] weights = [.. positions.Select((p, v) => v < (Dome - 3) * Around ? new JointWeights(Joint.Head, 0, 0, 0, 1, 0, 0, 0) : HairWeights.At(p, wearer))];
        return Skirt.Unposed(Grid(positions, weights, ends, rows), wearer.Transforms) is { } mesh ? new HairShape(mesh, ends, rows, Dome) : null;
    }

    /// <summary>Unit direction of a column at a row of the dome, rest pose.</summary>
    private static Vector3 Direction(float column, float row)
    {
        (float sin, float cos) = MathF.SinCos(MathF.PI * (1 + (2 * column / Around)));
        (float sinUp, float cosUp) = MathF.SinCos(MathF.PI / 2 * (1 - (row / Dome)));
        return new Vector3(cosUp * sin, sinUp, cosUp * cos);
    }

    private static float Column(float left, float forward) => ((MathF.Atan2(left, forward) / (2 * MathF.PI)) + 0.5f) * Around;

    /// <summary>How far the skull reaches from its middle, without the ears.</summary>
    private static RadialMap Skull(SkinnedMesh mesh, Vector3 centre)
    {
        var map = new RadialMap(Around, Dome + 1);
        Vector3 Place(int v)
        {
            Vector3 from = mesh.RestPositions[v] - centre;
            float reach = from.Length();
            return new Vector3(Column(from.X, from.Z), (1 - (MathF.Asin(from.Y / reach) / (MathF.PI / 2))) * Dome, reach);
        }
        for (int t = 0; t < mesh.TriangleCount; t++)
        {
            int a = mesh.Triangles[3 * t], b = mesh.Triangles[(3 * t) + 1], c = mesh.Triangles[(3 * t) + 2];
            if (mesh.Parts[a] == BodyPart.Head) map.Add(Place(a), Place(b), Place(c));
        }
        map.Close();
        for (int k = 0; k < Around; k++) map[k, 0] = map[k, 1];
        for (int row = Dome * 5 / 8; row <= Dome; row++)
        {
            // An ear is narrower than the skull is round: opening takes it away.
            const int Ear = 5;
            float[] low = [.. Enumerable.Range(0, Around).Select(k => Enumerable.Range(-Ear, (2 * Ear) + 1).Min(d => map[k + d, row]))];
            for (int k = 0; k < Around; k++)
                if (MathF.Abs(Direction(k, Dome).X) > 0.6f) map[k, row] = Enumerable.Range(-Ear, (2 * Ear) + 1).Max(d => low[(k + d + Around) % Around]);
        }
        return map;
    }

    /// <summary>How far head, trunk and shoulders reach from the axis that hair hangs around.</summary>
    private RadialMap Surround()
    {
        var map = new RadialMap(Around, (int)((MapTop + MapDown) / MapStep));
        SkinnedMesh mesh = _wearer.Mesh;
        Vector3 Place(int v)
        {
            Vector3 from = _wearer.Positions[v] - _centre;
            float left = Vector3.Dot(from, _left), forward = Vector3.Dot(from, _forward);
            return new Vector3(Column(left, forward), (MapTop - Vector3.Dot(from, _up)) / MapStep, MathF.Sqrt((left * left) + (forward * forward)));
        }
        for (int t = 0; t < mesh.TriangleCount; t++)
        {
            int a = mesh.Triangles[3 * t], b = mesh.Triangles[(3 * t) + 1], c = mesh.Triangles[(3 * t) + 2];
            if (mesh.Parts[a] is BodyPart.Head or BodyPart.Torso or BodyPart.LeftUpperArm or BodyPart.RightUpperArm) map.Add(Place(a), Place(b), Place(c));
        }
        map.Close();
        return map;
    }

    /// <summary>Grows a column from the crown to its last hair.</summary>
    private HairColumn Grown(int k)
    {
        var (under, over) = (new List<Vector3>(), new List<Vector3>());
        for (int row = 0; row <= Dome; row++)
        {
            Vector3 direction = Direction(k, row);
            float skull = _skull[k, row], front = MathF.Max(0, direction.Z);
            float standOff = MathF.Max(HairOutline.Thin, _outline.StandOff(Vector3.Normalize(Vector3.TransformNormal(direction, _fromRest))) * (1.1f - (0.4f * front)));
            under.Add(Vector3.Transform(_head.Centre + (direction * (skull + 0.001f)), _fromRest));
            over.Add(Vector3.Transform(_head.Centre + (direction * (skull + standOff)), _fromRest));
        }
        Hang(under, over);
        return new HairColumn(under, over, End(k, over), Dome);
    }

    /// <summary>Goes on below the rim: along the neck, or straight down over shoulders and back.</summary>
    private void Hang(List<Vector3> under, List<Vector3> over)
    {
        const float Onto = 0.02f, OntoTrunk = 0.09f, Widest = 0.02f;
        Vector3 from = over[^1] - _centre;
        float left = Vector3.Dot(from, _left), forward = Vector3.Dot(from, _forward), reach = MathF.Sqrt((left * left) + (forward * forward)), below = -Vector3.Dot(from, _up);
        float most = reach + (MathF.Abs(forward) > 0.6f * reach ? OntoTrunk : Onto);
        Vector3 outwards = ((_left * left) + (_forward * forward)) / reach;
        float column = Column(left, forward), side = Vector3.Dot(outwards, _outline.Right), thickness = (over[^1] - under[^1]).Length();
        for (int row = 1; row <= Hanging; row++)
        {
            below += Step;
            float inner = _body.At(column, (MapTop + below) / MapStep);
            float wanted = MathF.Max(inner + thickness, reach - (Step * (Hangs ? 0.3f : 1.5f)));
            float seen = _outline.Width(below, side > 0);
            if (seen > 0) wanted += (MathF.Min(seen, most) - wanted) * TextureProjection.SmoothStep(0.4f, 0.95f, MathF.Abs(side));
            wanted = MathF.Min(wanted, reach + Widest);
            // Hair lies on a slope, but it does not climb out over a shoulder.
            if (inner + HairOutline.Thin > wanted)
            {
                if (inner > most) return;
                wanted = inner + HairOutline.Thin;
            }
            reach = wanted;
            Vector3 axis = _centre - (_up * below);
            under.Add(axis + (outwards * MathF.Min(inner + 0.002f, reach)));
            over.Add(axis + (outwards * reach));
        }
    }

    /// <summary>The row of a column's last hair.</summary>
    private float End(int k, List<Vector3> over)
    {
        (float end, int misses) = (0, 0);
        Vector3 toEye = Vector3.Normalize(_mask.Camera.Position - _centre);
        for (int row = 0; row < over.Count; row++)
        {
            Vector3 outwards = Vector3.Normalize(row < Dome ? over[row] - _centre : Reject(over[row] - _centre));
            bool known = Vector3.Dot(outwards, toEye) > 0.3f && !IsHidden(over[row]);
            known &= _mask.At(over[row]) || !HairEdge.IsNearArm(_wearer, _wearer.Project(over[row]));
            bool hair = known ? _mask.At(over[row]) : Usual(k, row, over[row]);
            if (hair) (end, misses) = (known ? row + 1 : row, 0);
            else if (++misses >= 2) break;
        }
        return MathF.Min(end, over.Count - 1);
    }

    private Vector3 Reject(Vector3 from) => from - (_up * Vector3.Dot(from, _up));

    /// <summary>Whether hair that the photo does not show reaches so far.</summary>
    private bool Usual(int k, int row, Vector3 place)
    {
        Vector3 rest = Vector3.Transform(place, _toRest);
        if (_mask.IsHat) return _head.AboveHairline(rest) > HatHem && _head.InHeads(rest).Y > 0;
        if (_head.AboveHairline(rest) > 0 && _head.InHeads(rest).Y > HeadMeasures.Nape) return true;
        Vector3 outwards = Reject(place - _centre);
        float side = Vector3.Dot(Vector3.Normalize(outwards), _outline.Right), share = (side + 1) / 2;
        // Seldom does hair hang at one side only; what is not seen of the other is behind.
        float own = (_outline.LeftHem * (1 - share)) + (_outline.RightHem * share), hem = own + ((MathF.Max(_outline.LeftHem, _outline.RightHem) - own) * TextureProjection.SmoothStep(0, -0.5f, Direction(k, Dome).Z));
        return row > Dome && Direction(k, Dome).Z < 0.2f && -Vector3.Dot(place - _centre, _up) < hem;
    }

    private bool IsHidden(Vector3 place)
    {
        Vector3 at = _wearer.Project(place);
        return _wearer.DepthAt(at.X, at.Y) < at.Z - 0.03f;
    }

    /// <summary>Ends without odd columns: medians of three, then means where neighbours are close.</summary>
    private static float[] Smoothed(float[] ends)
    {
        float At(float[] e, int k) => e[(k + Around) % Around];
        float[] medians = [.. ends.Select((e, k) => MathF.Max(MathF.Min(At(ends, k - 1), e), MathF.Min(MathF.Max(At(ends, k - 1), e), At(ends, k + 1))))];
        return [.. medians.Select((e, k) =>
        {
            float Near(int other) => MathF.Abs(At(medians, other) - e) < 4 ? At(medians, other) : e;
            return (Near(k - 1) + Near(k + 1) + (2 * e)) / 4;
        })];
    }

    private static SkinnedMesh Grid(Vector3[] positions, JointWeights[] weights, float[] ends, int rows)
    {
        const int Columns = Around + 1;
        var texcoords = new Vector2[rows * Columns];
        for (int i = 0; i < texcoords.Length; i++)
            texcoords[i] = new Vector2((float)(i % Columns) / Around, MathF.Min(i / Columns, ends[i % Columns % Around]) / (rows - 1));
        var (triangles, corners) = (new List<int>(), new List<int>());
        for (int row = 0; row + 1 < rows; row++)
            for (int k = 0; k < Around; k++)
            {
                int Vertex(int down, int on) => ((row + down) * Around) + ((k + on) % Around);
                int Corner(int down, int on) => ((row + down) * Columns) + k + on;
                void Add(int down0, int on0, int down1, int on1, int down2, int on2)
                {
                    triangles.AddRange([Vertex(down0, on0), Vertex(down1, on1), Vertex(down2, on2)]);
                    corners.AddRange([Corner(down0, on0), Corner(down1, on1), Corner(down2, on2)]);
                }
                // Nothing below where both columns have ended.
                if (row >= ends[k] && row >= ends[(k + 1) % Around]) continue;
                Add(0, 0, 1, 0, 0, 1);
                Add(1, 0, 1, 1, 0, 1);
            }
        return new SkinnedMesh(positions, weights, [.. Enumerable.Repeat(BodyPart.Head, positions.Length)], [.. triangles], texcoords, [.. corners]);
    }
}
