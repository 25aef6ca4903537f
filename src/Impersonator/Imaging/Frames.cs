using System.Numerics;

namespace Impersonator.Imaging;

/// <summary>Between pictures (linear light, premultiplied) and frames (sRGB bytes, straight alpha).</summary>
public static class Frames
{
    /// <summary>The finished bytes of a picture: alpha divided out, sRGB curve applied, rounded to nearest.</summary>
    public static Frame ToFrame(this Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var frame = new Frame(image.Width, image.Height);
        image.CopyTo(frame);
        return frame;
    }

    /// <summary>Writes the finished bytes of a picture into a frame of its size.</summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static void CopyTo(this Image image, Frame frame)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(frame);
        if (image.Width != frame.Width || image.Height != frame.Height)
            throw new ArgumentException($"A frame of {frame.Width}×{frame.Height} for a picture of {image.Width}×{image.Height}.", nameof(frame));
        int width = image.Width;
        Parallel.For(0, image.Height, y => ToBytes(image.Row(y), frame.Rgba.AsSpan(y * width * 4, width * 4)));
    }

    /// <summary>A frame's pixels in linear light, premultiplied.</summary>
    public static Image ToImage(this Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var image = new Image(frame.Width, frame.Height);
        int width = frame.Width;
        Parallel.For(0, frame.Height, y => FromBytes(frame.Rgba.AsSpan(y * width * 4, width * 4), image.Row(y)));
        return image;
    }

    /// <summary>One row of premultiplied linear pixels as straight sRGB bytes.</summary>
    internal static void ToBytes(ReadOnlySpan<Vector4> pixels, Span<byte> rgba)
    {
        for (int x = 0; x < pixels.Length; x++)
        {
            Vector4 pixel = pixels[x];
            float alpha = pixel.W;
            if (alpha < 1) pixel = alpha > 0 ? pixel / alpha : Vector4.Zero;
            rgba[(x * 4) + 0] = Srgb.ToByte(pixel.X);
            rgba[(x * 4) + 1] = Srgb.ToByte(pixel.Y);
            rgba[(x * 4) + 2] = Srgb.ToByte(pixel.Z);
            rgba[(x * 4) + 3] = (byte)((Math.Clamp(alpha, 0, 1) * 255) + 0.5f);
        }
    }

    /// <summary>One row of straight sRGB bytes as premultiplied linear pixels.</summary>
    internal static void FromBytes(ReadOnlySpan<byte> rgba, Span<Vector4> pixels)
    {
        for (int x = 0; x < pixels.Length; x++)
        {
            ReadOnlySpan<byte> p = rgba.Slice(x * 4, 4);
            float alpha = p[3] * (1 / 255f);
            pixels[x] = p[3] == 255
                ? new Vector4(Srgb.ToLinear(p[0]), Srgb.ToLinear(p[1]), Srgb.ToLinear(p[2]), 1)
                : new Vector4(Srgb.ToLinear(p[0]) * alpha, Srgb.ToLinear(p[1]) * alpha, Srgb.ToLinear(p[2]) * alpha, alpha);
        }
    }
}
