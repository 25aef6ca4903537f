using System.Numerics;

namespace Impersonator.Imaging;

/// <summary>A picture as everything inside computes with it: linear light, premultiplied alpha.</summary>
/// <remarks>
/// Row-major [H, W], one <see cref="Vector4"/> (red, green, blue, alpha) per pixel. Pixel (0, 0) spans [0, 1)², its centre
/// is at 0.5. sRGB bytes exist only at the edges: decoders, encoders and <see cref="Frame"/>.
/// </remarks>
public sealed class Image
{
    /// <summary>Creates a transparent picture.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive.</exception>
    public Image(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        (Width, Height, Pixels) = (width, height, new Vector4[checked(width * height)]);
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>[H, W] pixels, row by row.</summary>
    public Vector4[] Pixels { get; }

    /// <summary>The pixel of a column and a row.</summary>
    public ref Vector4 this[int x, int y] => ref Pixels[(y * Width) + x];

    /// <summary>One row, left to right.</summary>
    public Span<Vector4> Row(int y) => Pixels.AsSpan(y * Width, Width);

    /// <summary>The same pixels as a picture of its own.</summary>
    public Image Copy()
    {
        var copy = new Image(Width, Height);
        Pixels.CopyTo(copy.Pixels, 0);
        return copy;
    }

    /// <summary>A part of the picture as one of its own; what lies outside is transparent.</summary>
    /// <param name="left">First column, may be negative.</param>
    /// <param name="top">First row, may be negative.</param>
    /// <param name="width">Columns of the part.</param>
    /// <param name="height">Rows of the part.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive.</exception>
    public Image Crop(int left, int top, int width, int height)
    {
        var part = new Image(width, height);
        int x0 = Math.Max(left, 0), x1 = Math.Min(left + width, Width);
        if (x0 >= x1) return part;
        for (int y = Math.Max(top, 0); y < Math.Min(top + height, Height); y++)
            Row(y)[x0..x1].CopyTo(part.Row(y - top)[(x0 - left)..]);
        return part;
    }

    /// <summary>Bilinear sample at a place in pixels; the border repeats outwards.</summary>
    public Vector4 Sample(float x, float y)
    {
        x = Math.Clamp(x - 0.5f, 0, Width - 1);
        y = Math.Clamp(y - 0.5f, 0, Height - 1);
        int x0 = (int)x, y0 = (int)y;
        int x1 = Math.Min(x0 + 1, Width - 1), y1 = Math.Min(y0 + 1, Height - 1);
        float fx = x - x0, fy = y - y0;
        Vector4 top = Vector4.Lerp(this[x0, y0], this[x1, y0], fx);
        Vector4 bottom = Vector4.Lerp(this[x0, y1], this[x1, y1], fx);
        return Vector4.Lerp(top, bottom, fy);
    }
}
