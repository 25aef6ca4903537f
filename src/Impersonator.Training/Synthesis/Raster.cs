using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Impersonator.Training.Synthesis;

/// <summary>A visibility buffer: nearest inverse depth and which triangle, per sample (2 × 2 samples a pixel).</summary>
/// <remarks>Most triangles are a few samples wide, so each row of a triangle's box is one step of eight lanes.</remarks>
internal sealed class Raster
{
    public const int TriangleBits = 18;
    private const int Lanes = 8;
    public int Width, Height, Stride;    // a row is padded by one step, so that steps never wrap
    public float[] Inverse = [];
    public int[] Owner = [];             // mesh << TriangleBits | triangle, or -1
    public int Left, Top, Right, Bottom; // what was touched

    // Alpha thresholds of the four samples of a pixel: cut-out edges become soft.
    private static readonly int[] Threshold = [40, 150, 205, 95];

    public void Clear(int width, int height, bool owners = true)
    {
        bool same = owners && (Width, Height) == (width, height);
        (Width, Height, Stride) = (width, height, width + Lanes);
        int count = Stride * height + Lanes, first = 0;
        if (Inverse.Length < count) (Inverse, Owner, same) = (new float[count], new int[owners ? count : 0], false);
        // Only what the last picture touched.
        if (same) (first, count) = (Math.Min(Top, Bottom + 1) * Stride, (Bottom - Math.Min(Top, Bottom + 1) + 1) * Stride);
        Array.Clear(Inverse, first, count);
        if (owners) Array.Fill(Owner, -1, first, count);
        (Left, Top, Right, Bottom) = (width, height, -1, -1);
    }

    /// <summary>A triangle's box and the planes of its barycentric coordinates u (of b), v (of c) and inverse depth.</summary>
    private struct Setup
    {
        public int Left, Top, Right, Bottom;
        public float U, V, Z, Ux, Uy, Vx, Vy, Zx, Zy;

        /// <summary>False when nothing can show. Front faces have negative area, as y runs down on the screen.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Try(Vector3 a, Vector3 b, Vector3 c, bool twoSided, int width, int height)
        {
            float area = (b.X - a.X) * (c.Y - a.Y) - (b.Y - a.Y) * (c.X - a.X);
            if (area >= 0 && (!twoSided || area == 0)) return false;
            Left = float.ConvertToIntegerNative<int>(MathF.Ceiling(float.MaxNative(0, float.MinNative(a.X, float.MinNative(b.X, c.X)))));
            Right = float.ConvertToIntegerNative<int>(MathF.Floor(float.MinNative(width - 1, float.MaxNative(a.X, float.MaxNative(b.X, c.X)))));
            Top = float.ConvertToIntegerNative<int>(MathF.Ceiling(float.MaxNative(0, float.MinNative(a.Y, float.MinNative(b.Y, c.Y)))));
            Bottom = float.ConvertToIntegerNative<int>(MathF.Floor(float.MinNative(height - 1, float.MaxNative(a.Y, float.MaxNative(b.Y, c.Y)))));
            if (Left > Right || Top > Bottom || float.MinNative(a.Z, float.MinNative(b.Z, c.Z)) <= 0) return false;
            float scale = 1 / area;
            (Ux, Uy, Vx, Vy) = ((c.Y - a.Y) * scale, (a.X - c.X) * scale, (a.Y - b.Y) * scale, (b.X - a.X) * scale);
            float dx = Left - a.X, dy = Top - a.Y;
            (U, V) = (Ux * dx + Uy * dy, Vx * dx + Vy * dy);
            float zb = b.Z - a.Z, zc = c.Z - a.Z;
            (Z, Zx, Zy) = (a.Z + U * zb + V * zc, Ux * zb + Vx * zc, Uy * zb + Vy * zc);
            return true;
        }
    }

    public unsafe void Draw(FigureMesh mesh, int meshIndex)
    {
        int owner = meshIndex << TriangleBits;
        bool special = mesh.Clipped || mesh.Material is { Cutout: true, Texture: not null };
        int triangles = mesh.Triangles.Count;
        bool twoSided = mesh.TwoSided;
        Vector256<float> ramp = Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7);
        var holes = new Holes();
        Setup s = default;
        fixed (float* inverse = Inverse)
        fixed (int* owners = Owner)
        fixed (ushort* corner = mesh.Triangles.Vertices)
        fixed (Vector3* screen = mesh.Screen)
        fixed (bool* hidden = mesh.Hidden)
            for (int t = 0, i = 0; t < triangles; t++, i += 3)
            {
                if (hidden[t] || !s.Try(screen[corner[i]], screen[corner[i + 1]], screen[corner[i + 2]], twoSided, Width, Height)) continue;
                if (s.Left < Left) Left = s.Left;
                if (s.Right > Right) Right = s.Right;
                if (s.Top < Top) Top = s.Top;
                if (s.Bottom > Bottom) Bottom = s.Bottom;
                if (special) holes = new Holes(mesh, i, s);
                Vector256<int> mine = Vector256.Create(owner | t);
                Vector256<float> stepU = ramp * s.Ux, stepV = ramp * s.Vx, stepZ = ramp * s.Zx;
                for (int y = s.Top; y <= s.Bottom; y++, s.U += s.Uy, s.V += s.Vy, s.Z += s.Zy)
                {
                    float u = s.U, v = s.V, z = s.Z;
                    for (int x = s.Left; x <= s.Right; x += Lanes, u += Lanes * s.Ux, v += Lanes * s.Vx, z += Lanes * s.Zx)
                    {
                        int at = y * Stride + x;
                        Vector256<float> us = stepU + Vector256.Create(u), vs = stepV + Vector256.Create(v), zs = stepZ + Vector256.Create(z), old = Vector256.Load(inverse + at);
                        Vector256<float> inside = Vector256.GreaterThanOrEqual(Vector256.MinNative(Vector256.MinNative(us, vs), Vector256<float>.One - us - vs), Vector256<float>.Zero) & Vector256.GreaterThan(zs, old);
                        if (x + Lanes > Width) inside &= Vector256.LessThan(ramp, Vector256.Create((float)(Width - x)));
                        uint bits = inside.ExtractMostSignificantBits();
                        if (bits == 0) continue;
                        if (special)
                        {
                            for (uint left = bits; left != 0; left &= left - 1)
                            {
                                int k = BitOperations.TrailingZeroCount(left);
                                if (!holes.Solid(us[k], vs[k], Threshold[(y & 1) * 2 + (x + k & 1)])) bits &= ~(1u << k);
                                else (inverse[at + k], owners[at + k]) = (zs[k], owner | t);
                            }
                            continue;
                        }
                        Vector256.ConditionalSelect(inside, zs, old).Store(inverse + at);
                        Vector256.ConditionalSelect(inside.AsInt32(), mine, Vector256.Load(owners + at)).Store(owners + at);
                    }
                }
            }
    }

    /// <summary>Where one triangle has no cloth (clipped) or no hair (alpha).</summary>
    private readonly struct Holes
    {
        private readonly float _clip, _clipU, _clipV;
        private readonly Vector2 _uv, _uvU, _uvV;
        private readonly PackTexture.Level? _alpha;

        public Holes(FigureMesh mesh, int i, in Setup setup)
        {
            TriangleSet triangles = mesh.Triangles;
            _clip = 1;
            if (mesh.Clipped)
            {
                _clip = mesh.Clip[triangles.Vertices[i]];
                (_clipU, _clipV) = (mesh.Clip[triangles.Vertices[i + 1]] - _clip, mesh.Clip[triangles.Vertices[i + 2]] - _clip);
            }
            if (mesh.Material is not { Cutout: true, Texture: { } texture }) return;
            _uv = triangles.Texcoords[triangles.Coordinates[i]];
            (_uvU, _uvV) = (triangles.Texcoords[triangles.Coordinates[i + 1]] - _uv, triangles.Texcoords[triangles.Coordinates[i + 2]] - _uv);
            // Texels per sample, from the planes' slopes (their determinant is 1 / area).
            PackTexture.Level fine = texture.Levels[0];
            float texels = MathF.Abs((_uvU.X * _uvV.Y - _uvU.Y * _uvV.X) * (setup.Ux * setup.Vy - setup.Uy * setup.Vx)) * fine.Width * fine.Height;
            _alpha = texture.Levels[texels < 4 ? 0 : Math.Min(Math.Min(4, texture.Levels.Length - 1), BitOperations.Log2((uint)texels) / 2)];
        }

        public bool Solid(float u, float v, int threshold)
        {
            if (_clip + u * _clipU + v * _clipV <= 0) return false;
            if (_alpha == null) return true;
            float s = _uv.X + u * _uvU.X + v * _uvV.X, t = _uv.Y + u * _uvU.Y + v * _uvV.Y;
            int x = Math.Min((int)((s - MathF.Floor(s)) * _alpha.Width), _alpha.Width - 1), y = Math.Min((int)((t - MathF.Floor(t)) * _alpha.Height), _alpha.Height - 1);
            return (int)(_alpha.Pixels[y * _alpha.Width + x] >> 24) > threshold;
        }
    }

    /// <summary>Depth only, for shadows; of closed surfaces the front alone, which is all that light meets. Here y runs up.</summary>
    public unsafe void DrawDepth(ushort[] corners, bool[] hides, Vector3[] places, int triangles, bool closed)
    {
        Vector256<float> ramp = Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7);
        Setup s = default;
        fixed (float* inverse = Inverse)
        fixed (ushort* corner = corners)
        fixed (Vector3* screen = places)
        fixed (bool* hidden = hides)
            for (int t = 0, i = 0; t < triangles; t++, i += 3)
            {
                if (hidden[t] || !s.Try(screen[corner[i]], screen[corner[i + 2]], screen[corner[i + 1]], !closed, Width, Height)) continue;
                Vector256<float> stepU = ramp * s.Ux, stepV = ramp * s.Vx, stepZ = ramp * s.Zx;
                for (int y = s.Top; y <= s.Bottom; y++, s.U += s.Uy, s.V += s.Vy, s.Z += s.Zy)
                {
                    float u = s.U, v = s.V, z = s.Z;
                    for (int x = s.Left; x <= s.Right; x += Lanes, u += Lanes * s.Ux, v += Lanes * s.Vx, z += Lanes * s.Zx)
                    {
                        Vector256<float> us = stepU + Vector256.Create(u), vs = stepV + Vector256.Create(v), zs = stepZ + Vector256.Create(z);
                        Vector256<float> inside = Vector256.GreaterThanOrEqual(Vector256.MinNative(Vector256.MinNative(us, vs), Vector256<float>.One - us - vs), Vector256<float>.Zero);
                        float* to = inverse + y * Stride + x;
                        Vector256<float> old = Vector256.Load(to);
                        Vector256.ConditionalSelect(inside, Vector256.MaxNative(zs, old), old).Store(to);
                    }
                }
            }
    }
}
