using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Impersonator.Rendering;

public static partial class Rasterizer
{
    /// <summary>One mesh into some rows.</summary>
    private readonly ref struct Drawing<TCutout>(
        SurfaceMaps maps, Camera camera, ReadOnlySpan<Vector3> positions, ReadOnlySpan<Vector3> screen, ReadOnlySpan<int> triangles,
        int firstTriangle, bool twoSided, bool scalar, int fromRow, int toRow, TCutout cutout)
        where TCutout : struct, ICutout
    {
        private readonly SurfaceMaps _maps = maps;
        private readonly Camera _camera = camera;
        private readonly ReadOnlySpan<Vector3> _positions = positions;
        private readonly ReadOnlySpan<Vector3> _screen = screen;
        private readonly ReadOnlySpan<int> _triangles = triangles;

        public void Run()
        {
            Span<Vector3> corners = stackalloc Vector3[4];
            for (int i = 0, t = 0; i + 2 < _triangles.Length; i += 3, t++)
            {
                int a = _triangles[i], b = _triangles[i + 1], c = _triangles[i + 2];
                bool seesA = _positions[a].Z > Near, seesB = _positions[b].Z > Near, seesC = _positions[c].Z > Near;
                if (seesA & seesB & seesC)
                {
                    Fill(_screen[a], _screen[b], _screen[c], t);
                    continue;
                }
                if (!(seesA | seesB | seesC)) continue;
                int count = ClipNear(_positions[a], _positions[b], _positions[c], corners);
                for (int k = 2; k < count; k++)
                    Fill(OnScreen(corners[0], _camera), OnScreen(corners[k - 1], _camera), OnScreen(corners[k], _camera), t);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Fill(Vector3 a, Vector3 b, Vector3 c, int triangle)
        {
            // y runs down on the screen, so front faces have negative area.
            float area = ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));
            if (area == 0 || (area > 0 && !twoSided) || !float.IsFinite(area)) return;
            Vector3 low = Vector3.Min(a, Vector3.Min(b, c)), high = Vector3.Max(a, Vector3.Max(b, c));
            int left = (int)MathF.Ceiling(MathF.Max(0.5f, low.X) - 0.5f), right = (int)MathF.Floor(MathF.Min(_maps.Width - 0.5f, high.X) - 0.5f);
            int top = (int)MathF.Ceiling(MathF.Max(fromRow + 0.5f, low.Y) - 0.5f), bottom = (int)MathF.Floor(MathF.Min(toRow - 0.5f, high.Y) - 0.5f);
            if (left > right || top > bottom) return;

            bool front = area < 0;
            Edge ab = new(a, b, front), bc = new(b, c, front), ca = new(c, a, front);
            // The plane of inverse depth; kept within the corners', where slivers make it steep.
            float scale = 1 / area, zb = b.Z - a.Z, zc = c.Z - a.Z;
            float zx = (((c.Y - a.Y) * zb) + ((a.Y - b.Y) * zc)) * scale, zy = (((a.X - c.X) * zb) + ((b.X - a.X) * zc)) * scale;
            ref float depths = ref MemoryMarshal.GetArrayDataReference(_maps.InverseDepths);
            ref int owners = ref MemoryMarshal.GetArrayDataReference(_maps.Triangles);
            for (int y = top; y <= bottom; y++)
            {
                float centre = y + 0.5f, z = a.Z + (zy * (centre - a.Y));
                float rowAb = ab.Row(centre), rowBc = bc.Row(centre), rowCa = ca.Row(centre);
                int row = y * _maps.Stride;
                ref (int Left, int Right) span = ref _maps.Spans[y];
                if (left < span.Left) span.Left = left;
                if (right >= span.Right) span.Right = right + 1;
                for (int x = left; x <= right; x += SurfaceMaps.Lanes)
                {
                    uint inside = scalar
                        ? InsideScalar(ab, bc, ca, rowAb, rowBc, rowCa, x, right)
                        : Inside(ab, bc, ca, rowAb, rowBc, rowCa, x, right);
                    if (inside == 0) continue;
                    if (typeof(TCutout) != typeof(Uncut))
                        for (uint rest = inside; rest != 0; rest &= rest - 1)
                        {
                            int k = BitOperations.TrailingZeroCount(rest);
                            if (!cutout.Keeps(triangle, x + k, y)) inside &= ~(1u << k);
                        }
                    if (scalar) WriteScalar(ref depths, ref owners, row + x, inside, x, z, zx, a.X, low.Z, high.Z, firstTriangle + triangle);
                    else Write(ref depths, ref owners, row + x, inside, x, z, zx, a.X, low.Z, high.Z, firstTriangle + triangle);
                }
            }
        }
    }

    /// <summary>One side of a triangle: a plane over the screen that is positive inside, computed from the edge's lesser end.</summary>
    private readonly struct Edge
    {
        private readonly float _fromY, _perRow;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Edge(Vector3 p, Vector3 q, bool front)
        {
            bool swap = p.X > q.X || (p.X == q.X && p.Y > q.Y);
            (Vector3 from, Vector3 to) = swap ? (q, p) : (p, q);
            (FromX, _fromY, PerColumn, _perRow) = (from.X, from.Y, from.Y - to.Y, to.X - from.X);
            if (swap != front) (PerColumn, _perRow) = (-PerColumn, -_perRow);
            // The top-left rule: a centre exactly on the edge belongs to the triangle at its right, or below a level edge.
            Least = PerColumn > 0 || (PerColumn == 0 && _perRow > 0) ? 0 : float.Epsilon;
        }

        public float FromX { get; }

        public float PerColumn { get; }

        public float Least { get; }

        public float Row(float y) => _perRow * (y - _fromY);
    }

    /// <summary>Which of eight pixels are inside the triangle, a bit each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Inside(in Edge ab, in Edge bc, in Edge ca, float rowAb, float rowBc, float rowCa, int x, int right)
    {
        Vector256<float> centres = Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7) + Vector256.Create(x + 0.5f);
        Vector256<float> inside =
            Vector256.GreaterThanOrEqual(((centres - Vector256.Create(ab.FromX)) * ab.PerColumn) + Vector256.Create(rowAb), Vector256.Create(ab.Least)) &
            Vector256.GreaterThanOrEqual(((centres - Vector256.Create(bc.FromX)) * bc.PerColumn) + Vector256.Create(rowBc), Vector256.Create(bc.Least)) &
            Vector256.GreaterThanOrEqual(((centres - Vector256.Create(ca.FromX)) * ca.PerColumn) + Vector256.Create(rowCa), Vector256.Create(ca.Least)) &
            Vector256.LessThanOrEqual(centres, Vector256.Create(right + 0.5f));
        return inside.ExtractMostSignificantBits();
    }

    /// <summary>The scalar twin of <see cref="Inside"/>: the same operations in the same order.</summary>
    private static uint InsideScalar(in Edge ab, in Edge bc, in Edge ca, float rowAb, float rowBc, float rowCa, int x, int right)
    {
        uint inside = 0;
        for (int k = 0; k < SurfaceMaps.Lanes; k++)
        {
            float centre = k + (x + 0.5f);
            if (((centre - ab.FromX) * ab.PerColumn) + rowAb >= ab.Least && ((centre - bc.FromX) * bc.PerColumn) + rowBc >= bc.Least &&
                ((centre - ca.FromX) * ca.PerColumn) + rowCa >= ca.Least && centre <= right + 0.5f) inside |= 1u << k;
        }
        return inside;
    }

    /// <summary>Writes those of eight pixels that are inside and nearer than what is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(ref float depths, ref int owners, int at, uint inside, int x, float z, float zx, float fromX, float least, float most, int triangle)
    {
        Vector256<float> centres = Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7) + Vector256.Create(x + 0.5f);
        Vector256<float> near = ((centres - Vector256.Create(fromX)) * zx) + Vector256.Create(z);
        near = Vector256.Min(Vector256.Max(near, Vector256.Create(least)), Vector256.Create(most));
        Vector256<float> old = Vector256.LoadUnsafe(ref depths, (nuint)at);
        Vector256<int> bits = Vector256.Create(1, 2, 4, 8, 16, 32, 64, 128);
        Vector256<float> write = Vector256.Equals(Vector256.Create((int)inside) & bits, bits).AsSingle() & Vector256.GreaterThan(near, old);
        Vector256.ConditionalSelect(write, near, old).StoreUnsafe(ref depths, (nuint)at);
        Vector256.ConditionalSelect(write.AsInt32(), Vector256.Create(triangle), Vector256.LoadUnsafe(ref owners, (nuint)at)).StoreUnsafe(ref owners, (nuint)at);
    }

    /// <summary>The scalar twin of <see cref="Write"/>: the same operations in the same order.</summary>
    private static void WriteScalar(ref float depths, ref int owners, int at, uint inside, int x, float z, float zx, float fromX, float least, float most, int triangle)
    {
        for (int k = 0; k < SurfaceMaps.Lanes; k++)
        {
            if ((inside >> k & 1) == 0) continue;
            float near = ((k + (x + 0.5f) - fromX) * zx) + z;
            near = MathF.Min(MathF.Max(near, least), most);
            if (!(near > Unsafe.Add(ref depths, at + k))) continue;
            Unsafe.Add(ref depths, at + k) = near;
            Unsafe.Add(ref owners, at + k) = triangle;
        }
    }
}
