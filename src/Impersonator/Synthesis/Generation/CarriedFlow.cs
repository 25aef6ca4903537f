using System.Numerics;

namespace Impersonator.Synthesis.Generation;

/// <summary>Brings places of the photo from pixels to cells of two by two, and a little beyond the mesh. Keeps its buffers.</summary>
/// <remarks>
/// The nearest covered cell by passing offsets on, down and up again (Danielsson, "Euclidean distance mapping", CGIP 1980): hair and
/// cloth that stand off the mesh are then looked up as far beside it in the photo as they are in the frame.
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
    private readonly (int X, int Y)[] _offsets = new (int, int)[Side * Side];

    /// <summary>Fills a frame's flow.</summary>
    /// <param name="places">[S, S] place in the photo's square; Z: photo pixels per frame pixel; W: nearness to the camera, 0 where there is nothing.</param>
    /// <param name="side">S.</param>
    /// <param name="flow">[2, S/2, S/2] receives the places as <see cref="FrameMaps.Flow"/>.</param>
    public void Fill(ReadOnlySpan<Vector4> places, int side, Span<short> flow)
    {
        for (int y = 0; y < Side; y++)
            for (int x = 0; x < Side; x++)
            {
                Vector4 cell = Cell(places, (2 * y * side) + (2 * x), side);
                _cells[(y * Side) + x] = cell;
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
            Vector4 near = _cells[i - (dy * Side) - dx];
            Vector2 place = new Vector2(near.X, near.Y) + (new Vector2(dx, dy) * (near.Z * 2 / Side));
            (flow[i], flow[(Side * Side) + i]) = (Short(place.X), Short(place.Y));
        }
    }

    /// <summary>The mean of the cell's pixels that show the nearest surface.</summary>
    private static Vector4 Cell(ReadOnlySpan<Vector4> places, int at, int side)
    {
        ReadOnlySpan<int> pixels = [at, at + 1, at + side, at + side + 1];
        Vector4 nearest = default, sum = default;
        foreach (int pixel in pixels)
            if (places[pixel].W > nearest.W) nearest = places[pixel];
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
