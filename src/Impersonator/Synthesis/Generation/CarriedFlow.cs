using System.Numerics;

namespace Impersonator.Synthesis.Generation;

/// <summary>Brings places of the photo from pixels to cells of two by two, and a little beyond the mesh. Keeps its buffers.</summary>
/// <remarks>
/// The nearest covered cell by passing offsets on, down and up again (Danielsson, "Euclidean distance mapping", CGIP 1980): hair and
/// cloth that stand off the mesh are then looked up as far beside it in the photo as they are in the frame, on the side to which the limb's own
/// turn takes them.
/// </remarks>
internal sealed class CarriedFlow
{
    /// <summary>Cells beside the mesh that still have a place.</summary>
    public const int Reach = 12;

    /// <summary>A pixel counts with the nearest of its cell if its place is that near.</summary>
    private const float Together = 0.1f;

    private static readonly (int X, int Y) Far = (1 << 14, 1 << 14);

    private const int Side = FrameMaps.FlowSide, Most = short.MaxValue;

    private readonly Vector4[] _cells = new Vector4[Side * Side];
    private readonly byte[] _joints = new byte[Side * Side];
    private readonly (int X, int Y)[] _offsets = new (int, int)[Side * Side];

    /// <summary>Fills a frame's flow.</summary>
    /// <param name="places">[S, S] place in the photo's square; Z: photo pixels per frame pixel; W: nearness to the camera, 0 where there is nothing.</param>
    /// <param name="joints">[S, S] the joint that a pixel's surface goes with.</param>
    /// <param name="photoFromFrame">[J] how offsets turn, see <see cref="Nearest"/>.</param>
    /// <param name="flow">[2, S/2, S/2] receives the places as <see cref="FrameMaps.Flow"/>.</param>
    public void Fill(ReadOnlySpan<Vector4> places, ReadOnlySpan<byte> joints, ReadOnlySpan<Vector4> photoFromFrame, Span<short> flow)
    {
        for (int y = 0; y < Side; y++)
            for (int x = 0; x < Side; x++)
            {
                Vector4 cell = Cell(places, (4 * y * Side) + (2 * x), out int nearest);
                (_cells[(y * Side) + x], _joints[(y * Side) + x]) = (cell, joints[nearest]);
                _offsets[(y * Side) + x] = cell.W > 0 ? (0, 0) : Far;
            }
        Pass();
        for (int i = 0; i < _cells.Length; i++)
        {
            (int dx, int dy) = _offsets[i];
            if (Squared((dx, dy)) > Reach * Reach)
            {
                flow[i] = flow[(Side * Side) + i] = FrameMaps.Nothing;
                continue;
            }
            int from = i - (dy * Side) - dx;
            Vector4 near = _cells[from], turn = photoFromFrame[_joints[from]];
            Vector2 place = new Vector2(near.X, near.Y) + (((new Vector2(turn.X, turn.Y) * dx) + (new Vector2(turn.Z, turn.W) * dy)) * (near.Z * 2 / Side));
            (flow[i], flow[(Side * Side) + i]) = (Short(place.X), Short(place.Y));
        }
    }

    /// <summary>The rotation or, for what is seen from behind, reflection nearest to a linear map of the plane: x' = m11 · x + m21 · y, y' = m12 · x + m22 · y.</summary>
    /// <returns>m11, m12, m21, m22.</returns>
    public static Vector4 Nearest(float m11, float m12, float m21, float m22)
    {
        bool mirrored = (m11 * m22) - (m12 * m21) < 0;
        Vector2 axis = mirrored ? new Vector2(m11 - m22, m12 + m21) : new Vector2(m11 + m22, m12 - m21);
        axis = axis.LengthSquared() > 1e-6f ? Vector2.Normalize(axis) : Vector2.UnitX;
        return mirrored ? new Vector4(axis.X, axis.Y, axis.Y, -axis.X) : new Vector4(axis.X, axis.Y, -axis.Y, axis.X);
    }

    /// <summary>The mean of the cell's pixels that show the nearest surface.</summary>
    private static Vector4 Cell(ReadOnlySpan<Vector4> places, int at, out int owner)
    {
        ReadOnlySpan<int> pixels = [at, at + 1, at + (2 * Side), at + (2 * Side) + 1];
        Vector4 sum = default;
        owner = at;
        foreach (int pixel in pixels)
            if (places[pixel].W > places[owner].W) owner = pixel;
        Vector4 nearest = places[owner];
        int count = 0;
        foreach (int pixel in pixels)
            if (places[pixel].W > 0 && MathF.Max(MathF.Abs(places[pixel].X - nearest.X), MathF.Abs(places[pixel].Y - nearest.Y)) < Together)
            {
                sum += places[pixel];
                count++;
            }
        return count > 0 ? sum / count : default;
    }

    private void Pass()
    {
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++) Take(x, y, y > 0, 0, -1);
            for (int x = 1; x < Side; x++) Take(x, y, true, -1, 0);
            for (int x = Side - 2; x >= 0; x--) Take(x, y, true, 1, 0);
        }
        for (int y = Side - 1; y >= 0; y--)
        {
            for (int x = 0; x < Side; x++) Take(x, y, y < Side - 1, 0, 1);
            for (int x = 1; x < Side; x++) Take(x, y, true, -1, 0);
            for (int x = Side - 2; x >= 0; x--) Take(x, y, true, 1, 0);
        }
    }

    /// <summary>Takes the neighbour's nearest cell if it is nearer than the own one. Offsets lead from it to here.</summary>
    private void Take(int x, int y, bool inside, int dx, int dy)
    {
        if (!inside) return;
        ref (int X, int Y) own = ref _offsets[(y * Side) + x];
        if (own is (0, 0)) return;
        (int X, int Y) there = _offsets[((y + dy) * Side) + x + dx];
        if (there == Far) return;
        (int X, int Y) other = (there.X - dx, there.Y - dy);
        if (own == Far || Squared(other) < Squared(own)) own = other;
    }

    private static int Squared((int X, int Y) offset) => (offset.X * offset.X) + (offset.Y * offset.Y);

    private static short Short(float place) => (short)Math.Clamp(MathF.Round(place * FrameMaps.FlowUnit), -Most, Most);
}
