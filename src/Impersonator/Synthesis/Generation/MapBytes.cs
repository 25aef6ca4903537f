using System.Numerics;
using Impersonator.Imaging;

namespace Impersonator.Synthesis.Generation;

/// <summary>Values as the bytes that the generator is fed with, three or four planes one after the other, and the numbers that it takes these for.</summary>
internal static class MapBytes
{
    /// <summary>Writes sRGB times alpha, and alpha.</summary>
    /// <param name="colour">Linear light, premultiplied.</param>
    /// <param name="planes">Receives four bytes.</param>
    /// <param name="at">Where the first goes.</param>
    /// <param name="plane">From one to the next.</param>
    public static void Colour(Vector4 colour, byte[] planes, int at, int plane)
    {
        if (!(colour.W > 0))
        {
            for (int c = 0; c < 4; c++) planes[at + (c * plane)] = 0;
            return;
        }
        float alpha = MathF.Min(colour.W, 1);
        if (alpha < 1) colour /= colour.W;
        planes[at] = (byte)((Srgb.ToByte(colour.X) * alpha) + 0.5f);
        planes[at + plane] = (byte)((Srgb.ToByte(colour.Y) * alpha) + 0.5f);
        planes[at + (2 * plane)] = (byte)((Srgb.ToByte(colour.Z) * alpha) + 0.5f);
        planes[at + (3 * plane)] = (byte)((alpha * 255) + 0.5f);
    }

    /// <summary>Writes 0 … 1 as 0 … 255.</summary>
    public static void Fractions(Vector3 fractions, byte[] planes, int at, int plane) => Write((fractions * 255) + new Vector3(0.5f), planes, at, plane);

    /// <summary>Writes −1 … 1 around 128.</summary>
    public static void Signed(Vector3 values, byte[] planes, int at, int plane) => Write((values * 127) + new Vector3(128.5f), planes, at, plane);

    /// <summary>Bytes as fractions of 255.</summary>
    public static void ToFractions(ReadOnlySpan<byte> bytes, Span<float> fractions)
    {
        for (int i = 0; i < bytes.Length; i++) fractions[i] = bytes[i] * (1 / 255f);
    }

    /// <summary>A flow's two planes as pairs of places; <see cref="FrameMaps.Nothing"/> comes out as −2.</summary>
    public static void ToPlaces(ReadOnlySpan<short> flow, Span<float> places)
    {
        int plane = flow.Length / 2;
        for (int i = 0; i < plane; i++)
            (places[2 * i], places[(2 * i) + 1]) = (flow[i] * (1 / FrameMaps.FlowUnit), flow[plane + i] * (1 / FrameMaps.FlowUnit));
    }

    private static void Write(Vector3 values, byte[] planes, int at, int plane)
    {
        values = Vector3.Clamp(values, Vector3.Zero, new Vector3(255));
        (planes[at], planes[at + plane], planes[at + (2 * plane)]) = ((byte)values.X, (byte)values.Y, (byte)values.Z);
    }
}
