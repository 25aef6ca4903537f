using System.Numerics;
using System.Runtime.CompilerServices;

namespace Impersonator.Training.Synthesis;

/// <summary>First-order ambient light plus up to three distant lamps, the first of which casts shadows.</summary>
internal sealed class Lighting
{
    /// <summary>Light from all sides, and what it gains along each axis; linear.</summary>
    public Vector3 Ambient, AmbientX, AmbientY, AmbientZ;

    /// <summary>Distant lamps.</summary>
    public readonly List<(Vector3 Toward, Vector3 Colour)> Lamps = [];

    /// <summary>Whether the first lamp casts shadows.</summary>
    public bool Shadows;

    private const int MapSize = 176;
    private static readonly bool[] AllShown = new bool[Figure.BodyTriangles.Count];
    private readonly Raster _map = new();
    private Vector3[] _projected = [];
    private Vector3 _x, _y, _z, _shift;

    /// <summary>Draws lights that suit a backdrop: mostly its panorama's own, else by its colours.</summary>
    /// <param name="backdrop">That painted <paramref name="behind"/>.</param>
    /// <param name="behind">[size, size] linear.</param>
    /// <param name="size">Pixels a side.</param>
    /// <param name="view">The camera.</param>
    /// <param name="dice">Chooses.</param>
    public void Suit(Backdrop backdrop, Vector3[] behind, int size, View view, Dice dice)
    {
        if (backdrop.Place != null && dice.Chance(0.9f))
        {
            ChooseFrom(backdrop.Place, backdrop.PlaceTurn, dice);
            return;
        }
        Span<Vector3> sides = stackalloc Vector3[4];
        sides.Clear();
        int count = 0;
        for (int y = 0; y < size; y += 8)
            for (int x = 0; x < size; x += 8)
            {
                Vector3 c = behind[(y * size) + x];
                sides[y < size / 2 ? 0 : 1] += c;
                sides[x < size / 2 ? 2 : 3] += c;
                count++;
            }
        float half = count / 2f;
        Choose(dice, view, sides[0] / half, sides[1] / half, sides[2] / half, sides[3] / half);
    }

    /// <summary>Draws lights that suit a backdrop's colours (above, below, left, right; linear) more or less.</summary>
    public void Choose(Dice dice, View view, Vector3 above, Vector3 below, Vector3 left, Vector3 right)
    {
        var mean = (above + below + left + right) / 4;
        float brightness = MathF.Max(0.05f, (mean.X + mean.Y + mean.Z) / 3);
        float suit = dice.Chance(0.6f) ? dice.Range(0.15f, 0.6f) : 0;
        Vector3 Tint(Vector3 c) => Vector3.Lerp(new Vector3(1), c / brightness, suit);
        Vector3 Warmth() => new(1 + dice.Normal(0.13f), 1 + dice.Normal(0.03f), 1 + dice.Normal(0.15f));
        float total = dice.Range(0.75f, 1.35f), share = dice.Range(0.25f, 0.9f);
        var tint = Warmth();
        // The camera's axes in the world carry the picture's colour differences into the light.
        var back = Quaternion.Conjugate(view.Turn);
        Vector3 side = Vector3.Transform(Vector3.UnitX, back), sky = Vector3.Transform(-Vector3.UnitY, back), depth = Vector3.Transform(-Vector3.UnitZ, back);
        Ambient = total * share * tint * Tint(mean);
        Vector3 across = 0.35f * (Tint(right) - Tint(left)), vertical = 0.35f * (Tint(above) - Tint(below)) + new Vector3(dice.Range(0, 0.45f)), facing = new Vector3(dice.Normal(0.12f));
        Vector3 Axis(Func<Vector3, float> of) => total * share * tint * (across * of(side) + vertical * of(sky) + facing * of(depth));
        (AmbientX, AmbientY, AmbientZ) = (Axis(v => v.X), Axis(v => v.Y), Axis(v => v.Z));
        Lamps.Clear();
        int count = dice.Chance(0.12f) ? 0 : 1 + dice.Below(3);
        for (int i = 0; i < count; i++)
        {
            var direction = dice.Direction() + new Vector3(0, i == 0 ? 0.75f : 0.3f, 0) + depth * dice.Range(-0.3f, 0.9f);
            float strength = total * (1 - share) * (i == 0 ? dice.Range(0.9f, 1.9f) : dice.Range(0.15f, 0.7f));
            Lamps.Add((Vector3.Normalize(direction), Warmth() * strength));
        }
        Shadows = count > 0 && dice.Chance(0.75f);
    }

    /// <summary>The light of a panorama that is turned about the vertical.</summary>
    public void ChooseFrom(Panorama place, float turn, Dice dice)
    {
        var (cos, sin) = (MathF.Cos(turn), MathF.Sin(turn));
        float brightness = (place.Mean.X + place.Mean.Y + place.Mean.Z) / 3 + (place.Lamp.Colour.X + place.Lamp.Colour.Y + place.Lamp.Colour.Z) / 6;
        float total = dice.Range(0.8f, 1.4f) / MathF.Max(0.01f, brightness), pale = dice.Range(0.2f, 0.8f);
        Vector3 Paler(Vector3 c) => Vector3.Lerp(c, new Vector3((c.X + c.Y + c.Z) / 3), pale) * total;
        // The backdrop turns its rays by the same angle, so world light is the picture's light turned back.
        (Ambient, AmbientY) = (Paler(place.Mean), Paler(place.AlongY));
        (AmbientX, AmbientZ) = (Paler(place.AlongX * cos - place.AlongZ * sin), Paler(place.AlongX * sin + place.AlongZ * cos));
        var t = place.Lamp.Toward;
        Lamps.Clear();
        Lamps.Add((new Vector3(t.X * cos - t.Z * sin, t.Y, t.X * sin + t.Z * cos), Paler(place.Lamp.Colour)));
        Shadows = true;
    }

    /// <summary>Turns the lights so that the camera looks against them: a bright edge, a dark front.</summary>
    public void ComeFromBehind(Dice dice, View view)
    {
        Vector3 away = Vector3.Transform(Vector3.UnitZ, Quaternion.Conjugate(view.Turn)), above = Vector3.UnitY * dice.Range(0, 0.6f);
        float dim = dice.Range(0.3f, 0.7f);
        (Ambient, AmbientX, AmbientY, AmbientZ) = (Ambient * dim, AmbientX * dim, AmbientY * dim, AmbientZ * dim);
        for (int i = 0; i < Lamps.Count; i++) Lamps[i] = (Vector3.Normalize(away + above + dice.NormalVector(0.3f)), Lamps[i].Colour * dice.Range(0.8f, 1.5f));
    }

    /// <summary>Draws the shadow map.</summary>
    public void CastShadows(List<FigureMesh> meshes)
    {
        if (!Shadows) return;
        Vector3 toward = Lamps[0].Toward, right = Vector3.Normalize(Vector3.Cross(MathF.Abs(toward.Y) < 0.9f ? Vector3.UnitY : Vector3.UnitX, toward)), up = Vector3.Cross(toward, right);
        Vector3 low = new(1e9f), high = new(-1e9f);
        foreach (FigureMesh skin in meshes)
        {
            if (skin.Material.Look != Material.Kind.Skin) continue;
            foreach (ushort v in Figure.Scattered) (low, high) = (Vector3.Min(low, skin.Posed[v]), Vector3.Max(high, skin.Posed[v]));
        }
        // Columns of the projection: across and up in cells of the map, and towards the lamp in metres.
        float scale = MapSize / (Vector3.Distance(low, high) + 0.15f);
        Vector3 Column(Func<Vector3, float> axis) => new(axis(right) * scale, axis(up) * scale, axis(toward));
        (_x, _y, _z) = (Column(v => v.X), Column(v => v.Y), Column(v => v.Z));
        Vector3 centre = (low + high) / 2;
        _shift = new Vector3(MapSize / 2, MapSize / 2, 10) - ((_x * centre.X) + (_y * centre.Y) + (_z * centre.Z));
        _map.Clear(MapSize, MapSize, owners: false);
        foreach (var mesh in meshes)
        {
            if (mesh.Shadowless) continue;
            if (_projected.Length < mesh.VertexCount) _projected = new Vector3[mesh.VertexCount];
            // A shadow's edge is softer than the skin's details, and hidden skin lies inside its cloth.
            bool skin = mesh.Material.Look == Material.Kind.Skin && mesh.Fine.Coarse != null;
            TriangleSet triangles = skin ? mesh.Fine.Coarse! : mesh.Triangles;
            ushort[]? used = triangles.Used;
            for (int n = 0, count = used?.Length ?? mesh.VertexCount; n < count; n++)
            {
                int v = used == null ? n : used[n];
                _projected[v] = Project(mesh.Posed[v]);
            }
            _map.DrawDepth(triangles.Vertices, skin ? AllShown : mesh.Hidden, _projected, triangles.Count, skin);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector3 Project(Vector3 p)
    {
        return (_x * p.X) + (_y * p.Y) + (_z * p.Z) + _shift;
    }

    /// <summary>How much of the first lamp reaches a place: 0 … 1, smoothed over 3 × 3 cells of the map, <paramref name="spread"/> apart.</summary>
    public float Lit(Vector3 place, float bias, int spread)
    {
        var p = Project(place);
        int x = float.ConvertToIntegerNative<int>(p.X), y = float.ConvertToIntegerNative<int>(p.Y);
        if (x < spread || y < spread || x >= MapSize - spread - 1 || y >= MapSize - spread - 1) return 1;
        // Weights of a bilinear filter over a box two cells wide.
        float fx = p.X - x, fy = p.Y - y, limit = p.Z + bias, lit = 0;
        for (int row = -1; row <= 1; row++)
        {
            int at = (y + row * spread) * _map.Stride + x;
            float a = _map.Inverse[at - spread] > limit ? 0 : 1 - fx, b = _map.Inverse[at] > limit ? 0 : 1, c = _map.Inverse[at + spread] > limit ? 0 : fx;
            lit += (a + b + c) * (row < 0 ? 1 - fy : row == 0 ? 1 : fy);
        }
        return lit / 4;
    }
}
