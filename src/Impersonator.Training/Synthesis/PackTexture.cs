using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Impersonator.Training.Synthesis;

/// <summary>A picture with its mip levels, gamma space; packed by <see cref="PictureCodec"/> with a plain alpha plane.</summary>
internal sealed class PackTexture
{
    private byte[] _packed = [], _alpha = [];
    private int _width, _height;

    /// <summary>One size of the picture: red in the low byte, alpha in the high.</summary>
    public sealed record Level(int Width, int Height, uint[] Pixels);

    /// <summary>Halved again and again; filled by <see cref="Decode"/>.</summary>
    public Level[] Levels { get; private set; } = [];

    /// <summary>The mean colour.</summary>
    public Vector3 Mean { get; private set; }

    /// <summary>Some of it is not opaque.</summary>
    public bool HasHoles { get; private set; }

    /// <summary>Packs pixels.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="rgba">[H, W, 4] straight sRGB.</param>
    /// <param name="alpha">Keep the alpha plane.</param>
    /// <param name="quality">As JPEG's.</param>
    public static PackTexture From(int width, int height, ReadOnlySpan<byte> rgba, bool alpha, int quality)
    {
        var rgb = new byte[width * height * 3];
        var plane = new byte[width * height];
        for (int i = 0; i < plane.Length; i++)
        {
            rgba.Slice(4 * i, 3).CopyTo(rgb.AsSpan(3 * i));
            plane[i] = rgba[(4 * i) + 3];
        }
        if (alpha) FillHoles(rgb, plane);
        return new PackTexture { _width = width, _height = height, _packed = PictureCodec.Encode(rgb, width, height, quality), _alpha = alpha && plane.Min() < 200 ? plane : [] };
    }

    /// <summary>Reads a packed picture.</summary>
    public static PackTexture Read(BinaryReader input)
    {
        var texture = new PackTexture { _width = input.ReadUInt16(), _height = input.ReadUInt16() };
        if (texture._width == 0 || texture._height == 0) throw new InvalidDataException("a picture without pixels");
        (texture._packed, texture._alpha) = (input.Array<byte>(), input.Array<byte>());
        return texture;
    }

    /// <summary>Writes it; before <see cref="Decode"/>, which throws the packed bytes away.</summary>
    public void Write(BinaryWriter output)
    {
        output.Write((ushort)_width);
        output.Write((ushort)_height);
        output.Array(_packed);
        output.Array(_alpha);
    }

    /// <summary>Makes the levels.</summary>
    public void Decode()
    {
        uint[] pixels = PictureCodec.Decode(_packed, _width, _height);
        if (_alpha.Length == pixels.Length)
            for (int i = 0; i < pixels.Length; i++) pixels[i] = (pixels[i] & 0xFFFFFF) | ((uint)_alpha[i] << 24);
        HasHoles = _alpha.Length > 0;
        _packed = _alpha = [];
        var levels = new List<Level> { new(_width, _height, pixels) };
        while (levels[^1] is { Width: > 4, Height: > 4 } last) levels.Add(Halve(last));
        Levels = [.. levels];
        foreach (uint p in levels[^1].Pixels) Mean += new Vector3(p & 255, (p >> 8) & 255, (p >> 16) & 255) / (255f * levels[^1].Pixels.Length);
    }

    /// <summary>Bilinear colour in gamma space; the picture repeats.</summary>
    public Vector3 Colour(float u, float v, int level)
    {
        (int width, int height, uint[] pixels) = Levels[Math.Clamp(level, 0, Levels.Length - 1)];
        float x = ((u - MathF.Floor(u)) * width) - 0.5f, y = ((v - MathF.Floor(v)) * height) - 0.5f;
        int x0 = float.ConvertToIntegerNative<int>(MathF.Floor(x)), y0 = float.ConvertToIntegerNative<int>(MathF.Floor(y));
        float fx = x - x0, fy = y - y0;
        int x1 = x0 + 1 >= width ? 0 : x0 + 1, y1 = y0 + 1 >= height ? 0 : y0 + 1;
        if (x0 < 0) x0 = width - 1;
        if (y0 < 0) y0 = height - 1;
        return Between(pixels[(y0 * width) + x0], pixels[(y0 * width) + x1], pixels[(y1 * width) + x0], pixels[(y1 * width) + x1], fx, fy);
    }

    /// <summary>Bilinear mixture of four texels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector3 Between(uint topLeft, uint topRight, uint bottomLeft, uint bottomRight, float fx, float fy)
    {
        (Vector128<float> a, Vector128<float> b) = (Lanes(topLeft), Lanes(bottomLeft));
        Vector128<float> top = a + ((Lanes(topRight) - a) * fx), bottom = b + ((Lanes(bottomRight) - b) * fx);
        return ((top + ((bottom - top) * fy)) * (1 / 255f)).AsVector3();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Lanes(uint texel)
        => Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(texel).AsByte())).AsInt32());

    /// <summary>Gives what is not there the mean colour of what is, so that edges do not darken.</summary>
    private static void FillHoles(byte[] rgb, byte[] plane)
    {
        Vector3 sum = Vector3.Zero;
        float weight = 1e-3f;
        for (int i = 0; i < plane.Length; i++)
        {
            sum += new Vector3(rgb[3 * i], rgb[(3 * i) + 1], rgb[(3 * i) + 2]) * plane[i];
            weight += plane[i];
        }
        for (int i = 0; i < plane.Length; i++)
            if (plane[i] < 8) (rgb[3 * i], rgb[(3 * i) + 1], rgb[(3 * i) + 2]) = ((byte)(sum.X / weight), (byte)(sum.Y / weight), (byte)(sum.Z / weight));
    }

    /// <summary>Half the size; colours are weighted by alpha, so that what lies under holes does not bleed in.</summary>
    private static Level Halve(Level fine)
    {
        (int width, int height) = (fine.Width / 2, fine.Height / 2);
        var pixels = new uint[width * height];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                uint r = 0, g = 0, b = 0, a = 0, weights = 0;
                for (int k = 0; k < 4; k++)
                {
                    uint p = fine.Pixels[(((2 * y) + (k >> 1)) * fine.Width) + (2 * x) + (k & 1)], weight = (p >> 24) + 1;
                    r += (p & 255) * weight;
                    g += ((p >> 8) & 255) * weight;
                    b += ((p >> 16) & 255) * weight;
                    a += p >> 24;
                    weights += weight;
                }
                pixels[(y * width) + x] = (r / weights) | ((g / weights) << 8) | ((b / weights) << 16) | (((a + 2) / 4) << 24);
            }
        return new Level(width, height, pixels);
    }
}
