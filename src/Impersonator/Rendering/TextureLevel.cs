using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Impersonator.Imaging;

namespace Impersonator.Rendering;

/// <summary>One mip level: four 16-bit channels a texel, linear light, premultiplied. 8 bytes, half of what floats would take through the cache.</summary>
internal sealed class TextureLevel
{
    private const float One = 65535;
    private readonly ulong[] _texels;

    private TextureLevel(int width, int height) => (Width, Height, _texels) = (width, height, new ulong[checked(width * height)]);

    public int Width { get; }

    public int Height { get; }

    public static TextureLevel Create(Image image)
    {
        var level = new TextureLevel(image.Width, image.Height);
        Parallel.For(0, image.Height, y =>
        {
            Span<Vector4> row = image.Row(y);
            for (int x = 0; x < row.Length; x++) level._texels[(y * level.Width) + x] = Pack(row[x]);
        });
        return level;
    }

    /// <summary>The next level: means of 2×2 texels, of up to three at odd sides.</summary>
    public TextureLevel Halve()
    {
        var half = new TextureLevel(Math.Max(1, Width / 2), Math.Max(1, Height / 2));
        Parallel.For(0, half.Height, y =>
        {
            // Odd sides: three texels share the weight, so nothing of the picture is lost.
            (int y0, int y1) = ((int)((long)y * Height / half.Height), (int)((long)(y + 1) * Height / half.Height));
            for (int x = 0; x < half.Width; x++)
            {
                (int x0, int x1) = ((int)((long)x * Width / half.Width), (int)((long)(x + 1) * Width / half.Width));
                Vector4 sum = Vector4.Zero;
                for (int sy = y0; sy < y1; sy++)
                    for (int sx = x0; sx < x1; sx++) sum += Unpack(_texels[(sy * Width) + sx]);
                half._texels[(y * half.Width) + x] = Pack(sum / ((y1 - y0) * (x1 - x0)));
            }
        });
        return half;
    }

    /// <summary>Makes every texel opaque: the missing share comes from a coarser level.</summary>
    public void CompleteFrom(TextureLevel coarser)
        => Parallel.For(0, Height, y =>
        {
            for (int x = 0; x < Width; x++)
            {
                ref ulong texel = ref _texels[(y * Width) + x];
                if (texel >> 48 == (ulong)One) continue;
                Vector4 own = Unpack(texel);
                Vector4 colour = coarser == this ? own / own.W : own + (coarser.Sample(new Vector2((x + 0.5f) / Width, (y + 0.5f) / Height)) * (1 - own.W));
                texel = Pack(colour with { W = 1 });
            }
        });

    public void Fill(Vector4 colour) => _texels.AsSpan().Fill(Pack(colour));

    /// <summary>Bilinear mixture of the four nearest texels; the border repeats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector4 Sample(Vector2 place)
    {
        // Clamping in floats first: wild coordinates and NaN stay inside.
        float x = MathF.Max(0, MathF.Min((place.X * Width) - 0.5f, Width - 1)), y = MathF.Max(0, MathF.Min((place.Y * Height) - 0.5f, Height - 1));
        if (!(x >= 0 && y >= 0)) (x, y) = (0, 0);
        int x0 = (int)x, y0 = (int)y, x1 = Math.Min(x0 + 1, Width - 1), y1 = Math.Min(y0 + 1, Height - 1);
        ref ulong texels = ref MemoryMarshal.GetArrayDataReference(_texels);
        Vector128<float> fx = Vector128.Create(x - x0), fy = Vector128.Create(y - y0);
        Vector128<float> a = Lanes(Unsafe.Add(ref texels, (y0 * Width) + x0)), b = Lanes(Unsafe.Add(ref texels, (y0 * Width) + x1));
        Vector128<float> c = Lanes(Unsafe.Add(ref texels, (y1 * Width) + x0)), d = Lanes(Unsafe.Add(ref texels, (y1 * Width) + x1));
        Vector128<float> top = a + ((b - a) * fx), bottom = c + ((d - c) * fx);
        return ((top + ((bottom - top) * fy)) * (1 / One)).AsVector4();
    }

    /// <summary>Alpha of the nearest texel.</summary>
    public float Alpha(Vector2 place)
    {
        int x = Math.Clamp((int)(place.X * Width), 0, Width - 1), y = Math.Clamp((int)(place.Y * Height), 0, Height - 1);
        return (_texels[(y * Width) + x] >> 48) / One;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Lanes(ulong texel)
        => Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.CreateScalar(texel).AsUInt16()).AsInt32());

    private static Vector4 Unpack(ulong texel) => (Lanes(texel) * (1 / One)).AsVector4();

    private static ulong Pack(Vector4 colour)
    {
        Vector4 c = (Vector4.Clamp(colour, Vector4.Zero, Vector4.One) * One) + new Vector4(0.5f);
        return (ulong)c.X | ((ulong)c.Y << 16) | ((ulong)c.Z << 32) | ((ulong)c.W << 48);
    }
}
