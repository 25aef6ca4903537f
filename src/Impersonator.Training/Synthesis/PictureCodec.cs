namespace Impersonator.Training.Synthesis;

/// <summary>Small colour pictures as quantised cosine coefficients, ready for a general compressor. Managed, so it decodes wherever .NET runs.</summary>
/// <remarks>
/// After ITU-T T.81 (JPEG): YCbCr with halved chroma, 8 × 8 blocks, its example quantisation tables scaled by quality. Instead of Huffman codes
/// the coefficients lie sorted by frequency, a byte each, so that the pack's Brotli stream finds their zeros.
/// </remarks>
internal static class PictureCodec
{
    private const int Side = 8, Block = 64;

    private static readonly byte[] ZigZag =
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    private static readonly byte[] LumaSteps =
    [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
    ];

    private static readonly byte[] ChromaSteps =
    [
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    ];

    /// <summary>[8, 8] the cosine basis, orthonormal: row = frequency.</summary>
    private static readonly float[] Basis = [.. from k in Enumerable.Range(0, Side) from x in Enumerable.Range(0, Side) select (k == 0 ? MathF.Sqrt(0.125f) : 0.5f) * MathF.Cos(((2 * x) + 1) * k * MathF.PI / 16)];

    /// <summary>Encodes; the size must be kept beside the bytes.</summary>
    /// <param name="rgb">[H, W, 3] sRGB.</param>
    /// <param name="width">W.</param>
    /// <param name="height">H.</param>
    /// <param name="quality">As JPEG's, 1 … 100.</param>
    public static byte[] Encode(ReadOnlySpan<byte> rgb, int width, int height, int quality)
    {
        var luma = new float[width * height];
        (int halfWidth, int halfHeight) = ((width + 1) / 2, (height + 1) / 2);
        float[] blue = new float[halfWidth * halfHeight], red = new float[halfWidth * halfHeight], count = new float[halfWidth * halfHeight];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                int at = (y * width) + x, half = (y / 2 * halfWidth) + (x / 2);
                float r = rgb[3 * at], g = rgb[(3 * at) + 1], b = rgb[(3 * at) + 2], l = (0.299f * r) + (0.587f * g) + (0.114f * b);
                luma[at] = l - 128;
                blue[half] += (b - l) * 0.564f;
                red[half] += (r - l) * 0.713f;
                count[half]++;
            }
        for (int i = 0; i < count.Length; i++) (blue[i], red[i]) = (blue[i] / count[i], red[i] / count[i]);
        using var bytes = new MemoryStream();
        bytes.WriteByte((byte)quality);
        EncodePlane(bytes, luma, width, height, Steps(LumaSteps, quality));
        EncodePlane(bytes, blue, halfWidth, halfHeight, Steps(ChromaSteps, quality));
        EncodePlane(bytes, red, halfWidth, halfHeight, Steps(ChromaSteps, quality));
        return bytes.ToArray();
    }

    /// <summary>Decodes to opaque pixels, red in the low byte.</summary>
    /// <exception cref="InvalidDataException">The bytes end too early.</exception>
    public static uint[] Decode(ReadOnlySpan<byte> bytes, int width, int height)
    {
        (int halfWidth, int halfHeight) = ((width + 1) / 2, (height + 1) / 2);
        int at = 1;
        if (bytes.Length < 1) throw new InvalidDataException("an empty picture");
        float[] luma = DecodePlane(bytes, ref at, width, height, Steps(LumaSteps, bytes[0]));
        float[] blue = DecodePlane(bytes, ref at, halfWidth, halfHeight, Steps(ChromaSteps, bytes[0]));
        float[] red = DecodePlane(bytes, ref at, halfWidth, halfHeight, Steps(ChromaSteps, bytes[0]));
        var pixels = new uint[width * height];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                int half = (y / 2 * halfWidth) + (x / 2);
                float l = luma[(y * width) + x] + 128, cb = blue[half], cr = red[half];
                static uint Byte(float v) => (uint)Math.Clamp(v + 0.5f, 0, 255);
                pixels[(y * width) + x] = Byte(l + (1.402f * cr)) | (Byte(l - (0.344f * cb) - (0.714f * cr)) << 8) | (Byte(l + (1.772f * cb)) << 16) | 0xFF000000u;
            }
        return pixels;
    }

    private static float[] Steps(byte[] table, int quality)
    {
        float scale = quality < 50 ? 50f / Math.Max(1, quality) : 2 - (quality / 50f);
        return [.. table.Select(s => MathF.Max(1, MathF.Round(s * scale)))];
    }

    private static (int Across, int Down) Blocks(int width, int height) => ((width + Side - 1) / Side, (height + Side - 1) / Side);

    private static void EncodePlane(MemoryStream to, float[] plane, int width, int height, float[] steps)
    {
        (int across, int down) = Blocks(width, height);
        int blocks = across * down;
        var low = new byte[Block * blocks];
        var high = new byte[blocks];
        int before = 0;
        Span<float> block = stackalloc float[Block], rows = stackalloc float[Block];
        for (int n = 0; n < blocks; n++)
        {
            (int left, int top) = (n % across * Side, n / across * Side);
            for (int i = 0; i < Block; i++)
                block[i] = plane[(Math.Min(top + (i / Side), height - 1) * width) + Math.Min(left + (i % Side), width - 1)];
            for (int y = 0; y < Side; y++)
                for (int k = 0; k < Side; k++)
                {
                    float sum = 0;
                    for (int x = 0; x < Side; x++) sum += block[(y * Side) + x] * Basis[(k * Side) + x];
                    rows[(y * Side) + k] = sum;
                }
            for (int i = 0; i < Block; i++)
            {
                int place = ZigZag[i], k = place / Side, column = place % Side;
                float sum = 0;
                for (int y = 0; y < Side; y++) sum += rows[(y * Side) + column] * Basis[(k * Side) + y];
                int value = (int)MathF.Round(sum / steps[place]);
                if (i == 0)
                {
                    // Neighbours differ little: keep differences, in two bytes.
                    (value, before) = (value - before, value);
                    high[n] = (byte)(value >> 8);
                    low[n] = (byte)value;
                }
                else
                {
                    low[(i * blocks) + n] = (byte)(sbyte)Math.Clamp(value, -127, 127);
                }
            }
        }
        to.Write(high);
        to.Write(low);
    }

    private static float[] DecodePlane(ReadOnlySpan<byte> bytes, ref int at, int width, int height, float[] steps)
    {
        (int across, int down) = Blocks(width, height);
        int blocks = across * down;
        if (bytes.Length - at < (Block + 1) * blocks) throw new InvalidDataException($"a picture of {width}×{height} ends too early");
        ReadOnlySpan<byte> high = bytes.Slice(at, blocks), low = bytes.Slice(at + blocks, Block * blocks);
        at += (Block + 1) * blocks;
        var plane = new float[width * height];
        int before = 0;
        Span<float> block = stackalloc float[Block], rows = stackalloc float[Block];
        for (int n = 0; n < blocks; n++)
        {
            before += (short)((high[n] << 8) | low[n]);
            block.Clear();
            block[0] = before * steps[0];
            int last = 0;
            for (int i = 1; i < Block; i++)
            {
                int value = (sbyte)low[(i * blocks) + n];
                if (value == 0) continue;
                block[ZigZag[i]] = value * steps[ZigZag[i]];
                last = Math.Max(last, ZigZag[i] / Side);
            }
            rows.Clear();
            for (int k = 0; k <= last; k++)
                for (int column = 0; column < Side; column++)
                {
                    float value = block[(k * Side) + column];
                    if (value == 0) continue;
                    for (int y = 0; y < Side; y++) rows[(y * Side) + column] += value * Basis[(k * Side) + y];
                }
            (int left, int top) = (n % across * Side, n / across * Side);
            for (int y = 0; y < Side && top + y < height; y++)
                for (int x = 0; x < Side && left + x < width; x++)
                {
                    float sum = 0;
                    for (int k = 0; k < Side; k++) sum += rows[(y * Side) + k] * Basis[(k * Side) + x];
                    plane[((top + y) * width) + left + x] = sum;
                }
        }
        return plane;
    }
}
