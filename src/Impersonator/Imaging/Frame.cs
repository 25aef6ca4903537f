namespace Impersonator.Imaging;

/// <summary>One finished image in time: sRGB, 8 bit, straight alpha, as writers and screens take it.</summary>
public sealed class Frame
{
    /// <summary>Creates a frame of transparent black.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive.</exception>
    public Frame(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        (Width, Height, Rgba) = (width, height, new byte[checked(width * height * 4)]);
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>[H, W, 4] red, green, blue, alpha.</summary>
    public byte[] Rgba { get; }
}
