using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Training.Synthesis;

/// <summary>A rounded box or rod near the person. Bags and the like count for the matte but for no part; scenery (seat, table, rod, ball) only hides.</summary>
internal sealed class Prop
{
    /// <summary>What it is.</summary>
    public enum Kind { HandBag, Backpack, Held, Seat, Back, Table, Rod, Ball, Instrument }

    private const int Rings = 10, Spokes = 16, HandleSteps = 10, HandleVertices = HandleSteps * 4, VertexCount = (Rings * Spokes) + HandleVertices;

    /// <summary>A sphere, later pressed into shape, and a square tube for a handle.</summary>
    private static readonly TriangleSet Shape = MakeShape();

    private readonly Kind _what;
    private readonly Vector3 _halfSize;
    private readonly float _across, _upward, _handle;
    private readonly Quaternion _tilt;
    private int _side;

    public Prop(Kind what, Dice dice)
    {
        _what = what;
        _side = dice.Sign();
        // How round the section and the profile are: 1 ball, near 0 box.
        _across = _upward = dice.Range(0.15f, 0.6f);
        _tilt = Turn.Y(dice.Normal(0.4f)) * Turn.X(dice.Normal(what == Kind.Held ? 0.6f : 0.08f)) * Turn.Z(dice.Normal(0.08f));
        switch (what)
        {
            case Kind.HandBag:
                (_halfSize, _handle) = (new(dice.Range(0.03f, 0.08f), dice.Range(0.06f, 0.16f), dice.Range(0.08f, 0.18f)), dice.Range(0.05f, 0.25f));
                break;
            case Kind.Backpack:
                _halfSize = new(dice.Range(0.12f, 0.17f), dice.Range(0.16f, 0.26f), dice.Range(0.06f, 0.12f));
                break;
            case Kind.Held:
                _halfSize = dice.Chance(0.4f) ? new(0.037f, 0.075f, 0.006f) : new(dice.Range(0.03f, 0.14f), dice.Range(0.04f, 0.14f), dice.Range(0.02f, 0.12f));
                break;
            case Kind.Instrument:
                (_halfSize, _tilt) = (new(dice.Range(0.1f, 0.22f), dice.Range(0.14f, 0.45f), dice.Range(0.03f, 0.09f)), Turn.Z(dice.Range(-1.4f, 1.4f)));
                break;
            case Kind.Seat:
                (_halfSize, _across, _tilt) = (new(dice.Range(0.2f, 0.6f), dice.Range(0.02f, 0.2f), dice.Range(0.17f, 0.23f)), 0.12f, Quaternion.Identity);
                break;
            case Kind.Back:
                (_halfSize, _across, _tilt) = (new(dice.Range(0.18f, 0.3f), dice.Range(0.2f, 0.4f), dice.Range(0.015f, 0.05f)), 0.15f, Turn.X(-dice.Range(0, 0.2f)));
                break;
            case Kind.Table:
                (_halfSize, _across, _tilt) = (new(dice.Range(0.35f, 1), dice.Range(0.01f, 0.04f), dice.Range(0.25f, 0.5f)), 0.1f, Turn.Y(dice.Normal(0.15f)));
                break;
            case Kind.Rod:
                float thick = dice.Range(0.008f, 0.03f);
                (_halfSize, _across, _upward) = (new(thick, dice.Range(0.25f, 1.1f), thick), 1, 0.1f);
                _tilt = dice.Chance(0.5f) ? Turn.Z(dice.Normal(0.3f)) * Turn.X(dice.Normal(0.3f)) : Turn.Z((MathF.PI / 2) + dice.Normal(0.2f)) * Turn.X(dice.Normal(0.3f));
                break;
            default:
                (_halfSize, _across, _upward) = (new(dice.Range(0.04f, 0.16f)), 1, 1);
                break;
        }
    }

    /// <summary>Hides people, but belongs to nobody.</summary>
    public bool IsScenery => _what is >= Kind.Seat and <= Kind.Ball;

    /// <summary>Makes its mesh.</summary>
    public void Build(FigureMesh mesh)
    {
        mesh.Size(VertexCount, Shape);
        mesh.TwoSided = true;
        static float Pressed(float v, float roundness) => MathF.Sign(v) * MathF.Pow(MathF.Abs(v), roundness);
        for (int r = 0; r < Rings; r++)
            for (int s = 0; s < Spokes; s++)
            {
                float polar = MathF.PI * r / (Rings - 1), around = 2 * MathF.PI * s / Spokes, ring = Pressed(MathF.Sin(polar), _upward);
                mesh.Rest[(r * Spokes) + s] = _halfSize * new Vector3(ring * Pressed(MathF.Cos(around), _across), Pressed(MathF.Cos(polar), _upward), ring * Pressed(MathF.Sin(around), _across));
            }
        for (int k = 0; k < HandleSteps; k++)
        {
            // An arch over the bag; a point where there is none.
            float along = MathF.PI * k / (HandleSteps - 1);
            var middle = new Vector3(0, (_halfSize.Y * 0.95f) + (MathF.Sin(along) * _handle), -MathF.Cos(along) * _halfSize.Z * 0.6f);
            for (int e = 0; e < 4; e++)
                mesh.Rest[(Rings * Spokes) + (4 * k) + e] = _handle > 0 ? middle + new Vector3(e is 0 or 3 ? -0.007f : 0.007f, e < 2 ? -0.007f : 0.007f, 0) : default;
        }
        mesh.Rest.AsSpan(0, VertexCount).CopyTo(mesh.Cloth);
    }

    /// <summary>Puts it where it belongs.</summary>
    /// <param name="mesh">Its mesh.</param>
    /// <param name="figure">Just posed.</param>
    public void Place(FigureMesh mesh, Figure figure)
    {
        Vector3[] place = figure.Joints;
        Quaternion turn = _tilt;
        // A bag hangs from the lower hand; nobody holds one over the head: there it shrinks to nothing.
        if (_what == Kind.HandBag) _side = place[Joint.LeftHand + 3].Y < place[Joint.RightHand + 3].Y ? 1 : -1;
        Vector3 palm = place[(_side > 0 ? Joint.LeftHand : Joint.RightHand) + 3];
        if (_what == Kind.HandBag && palm.Y > place[Joint.Spine3].Y)
        {
            Array.Fill(mesh.Posed, palm, 0, mesh.VertexCount);
            return;
        }
        Vector3 hips = (place[Joint.LeftHip] + place[Joint.RightHip]) / 2;
        float flesh = figure.Body.HipReach * 0.55f;
        Vector3 at;
        switch (_what)
        {
            case Kind.Backpack:
                turn = figure.Turns[Joint.Spine3] * turn;
                at = place[Joint.Spine3] + Vector3.Transform(new Vector3(0, 0.1f, -0.13f - _halfSize.Z), turn);
                break;
            case Kind.Instrument:
                turn = figure.Turns[Joint.Spine3] * turn;
                at = place[Joint.Spine3] + Vector3.Transform(new Vector3(0, -0.05f, figure.Body.BellyReach + 0.06f + _halfSize.Z), figure.Turns[Joint.Spine3]);
                break;
            case Kind.Seat:
                at = new Vector3(hips.X, MathF.Min(place[Joint.LeftHip].Y, place[Joint.RightHip].Y) - flesh - _halfSize.Y, hips.Z + (_halfSize.Z * 0.25f));
                break;
            case Kind.Back:
                at = hips + new Vector3(0, _halfSize.Y * 0.8f, -flesh - 0.12f - _halfSize.Z);
                break;
            case Kind.Table:
                at = new Vector3(hips.X, place[Joint.Spine2].Y - 0.05f, MathF.Max(place[Joint.Spine2].Z, place[Joint.Spine3].Z) + figure.Body.HipReach + 0.08f + _halfSize.Z);
                break;
            case Kind.HandBag:
                at = palm - new Vector3(0, _handle + _halfSize.Y, 0);
                break;
            default:
                at = palm + Vector3.Transform(new Vector3(0, -0.025f - (_what == Kind.Rod ? 0 : _halfSize.Z), 0), figure.Turns[_side > 0 ? Joint.LeftWrist : Joint.RightWrist]);
                break;
        }
        for (int v = 0; v < mesh.VertexCount; v++) mesh.Posed[v] = at + Vector3.Transform(mesh.Rest[v], turn);
    }

    private static TriangleSet MakeShape()
    {
        var corners = new List<ushort>();
        void Quad(int a, int b, int c, int d) => corners.AddRange([(ushort)a, (ushort)b, (ushort)c, (ushort)a, (ushort)c, (ushort)d]);
        for (int r = 0; r + 1 < Rings; r++)
            for (int s = 0; s < Spokes; s++)
                Quad((r * Spokes) + s, ((r + 1) * Spokes) + s, ((r + 1) * Spokes) + ((s + 1) % Spokes), (r * Spokes) + ((s + 1) % Spokes));
        int first = Rings * Spokes;
        for (int k = 0; k + 1 < HandleSteps; k++)
            for (int e = 0; e < 4; e++) Quad(first + (4 * k) + e, first + (4 * k) + ((e + 1) % 4), first + (4 * (k + 1)) + ((e + 1) % 4), first + (4 * (k + 1)) + e);
        return TriangleSet.Plain([.. corners]);
    }
}
