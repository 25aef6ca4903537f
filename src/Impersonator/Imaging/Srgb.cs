using System.Numerics;

namespace Impersonator.Imaging;

/// <summary>The sRGB transfer curve (IEC 61966-2-1): bytes on one side, linear light in [0, 1] on the other.</summary>
/// <remarks>
/// The tables give exactly what the formula gives, rounded to the nearest byte: 256 thresholds say where a byte begins, and
/// a bucket of 1/4096 holds at most one of them (the curve is steepest at black: 12.92 · 255 / 4096 = 0.8 bytes a bucket).
/// </remarks>
public static class Srgb
{
    private const int Buckets = 4096;
    private static readonly float[] LinearOfByte = CreateLinear();
    private static readonly float[] Thresholds = CreateThresholds();
    private static readonly byte[] FirstOfBucket = CreateBuckets();

    /// <summary>How light a colour of linear light is to the eye (Rec. 709, whose primaries sRGB has).</summary>
    internal static float Luminance(Vector3 linear) => (0.2126f * linear.X) + (0.7152f * linear.Y) + (0.0722f * linear.Z);

    /// <summary>Linear light of a byte, by table.</summary>
    public static float ToLinear(byte value) => LinearOfByte[value];

    /// <summary>Linear light of a value in [0, 1], by formula.</summary>
    public static float ToLinear(float value) => value <= 0.04045f ? value / 12.92f : MathF.Pow((value + 0.055f) / 1.055f, 2.4f);

    /// <summary>The nearest byte, by table; values outside [0, 1] are clamped and NaN is 0.</summary>
    public static byte ToByte(float linear)
    {
        if (!(linear > 0)) return 0;
        if (linear >= 1) return 255;
        int value = FirstOfBucket[(int)(linear * Buckets)];
        return (byte)(linear >= Thresholds[value + 1] ? value + 1 : value);
    }

    /// <summary>The value in [0, 1] of linear light in [0, 1], by formula.</summary>
    public static double FromLinear(double linear) => linear <= 0.0031308 ? linear * 12.92 : (1.055 * Math.Pow(linear, 1 / 2.4)) - 0.055;

    private static double Linear(double value) => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);

    private static float[] CreateLinear()
    {
        var table = new float[256];
        for (int b = 0; b < 256; b++) table[b] = (float)Linear(b / 255.0);
        return table;
    }

    // Thresholds[b] is where b begins; 256 is never reached.
    private static float[] CreateThresholds()
    {
        var table = new float[257];
        for (int b = 1; b < 256; b++) table[b] = (float)Linear((b - 0.5) / 255.0);
        table[256] = float.PositiveInfinity;
        return table;
    }

    private static byte[] CreateBuckets()
    {
        var table = new byte[Buckets];
        int value = 0;
        for (int i = 0; i < Buckets; i++)
        {
            while (Thresholds[value + 1] <= (float)i / Buckets) value++;
            table[i] = (byte)value;
        }
        return table;
    }
}
