using System.Runtime.InteropServices;
using Impersonator.Files;
using SkiaSharp;

namespace Impersonator.Imaging;

/// <summary>Frames to the bytes of a picture file.</summary>
internal static class PictureEncoder
{
    /// <summary>The kind of file that an ending asks for.</summary>
    /// <exception cref="OutputException">None of ours.</exception>
    public static PictureFormat FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".png" => PictureFormat.Png,
        ".jpg" or ".jpeg" => PictureFormat.Jpeg,
        ".webp" => PictureFormat.Webp,
        _ => throw new OutputException($"{path} does not end in .png, .jpg or .webp; choose one of these."),
    };

    /// <summary>Encodes straight sRGB bytes. JPEG has no alpha: what is transparent becomes white.</summary>
    /// <exception cref="OutputException">A side is longer than the format can hold.</exception>
    public static byte[] Encode(byte[] rgba, int width, int height, PictureFormat format, ImageOptions options)
    {
        ThrowIfTooLong(width, height, format);
        byte[] bytes = format switch
        {
            PictureFormat.Png => Encode(rgba, Info(rgba, width, height), (map, to) => map.Encode(to, new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, options.PngLevel))),
            PictureFormat.Webp => Webp(rgba, width, height, options.Quality),
            _ => Jpeg(OverWhite(rgba), width, height, options.Quality),
        };
        if (!options.Marked) return bytes;
        return format switch
        {
            PictureFormat.Png => PngMark.Insert(bytes),
            PictureFormat.Webp => WebpMark.Insert(bytes, width, height),
            _ => JpegMark.Insert(bytes),
        };
    }

    /// <summary>Encodes a matte as grey, white = person.</summary>
    public static byte[] Encode(Matte matte, PictureFormat format, ImageOptions options)
    {
        var frame = new Frame(matte.Width, matte.Height);
        for (int i = 0; i < matte.Values.Length; i++)
        {
            byte grey = (byte)((Math.Clamp(matte.Values[i], 0, 1) * 255) + 0.5f);
            frame.Rgba.AsSpan(i * 4, 3).Fill(grey);
            frame.Rgba[(i * 4) + 3] = 255;
        }
        return Encode(frame.Rgba, frame.Width, frame.Height, format, options with { Marked = false });
    }

    /// <summary>Encodes straight sRGB bytes as lossy WebP: one VP8 key frame, and an alpha plane only if something is transparent.</summary>
    public static byte[] Webp(byte[] rgba, int width, int height, int quality)
        => Encode(rgba, Info(rgba, width, height), (map, to) => map.Encode(to, new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, quality)));

    /// <summary>A side longer than a kind of file can hold.</summary>
    /// <exception cref="OutputException">It is.</exception>
    public static void ThrowIfTooLong(int width, int height, PictureFormat format)
    {
        int most = format switch { PictureFormat.Webp => 16383, PictureFormat.Jpeg => 65500, _ => int.MaxValue };
        if (Math.Max(width, height) > most)
            throw new OutputException($"{width}×{height} does not fit into {format}, at most {most} a side; make it smaller or write PNG.");
    }

    /// <summary>Every pixel is opaque.</summary>
    public static bool IsOpaque(ReadOnlySpan<byte> rgba)
    {
        for (int i = 3; i < rgba.Length; i += 4)
            if (rgba[i] != 255) return false;
        return true;
    }

    /// <summary>The bytes over white, for kinds of file without alpha; the array itself if it is opaque already.</summary>
    public static byte[] OverWhite(byte[] rgba)
    {
        if (IsOpaque(rgba)) return rgba;
        var over = new byte[rgba.Length];
        for (int i = 0; i < rgba.Length; i += 4)
        {
            float alpha = rgba[i + 3] / 255f;
            for (int c = 0; c < 3; c++) over[i + c] = Srgb.ToByte((Srgb.ToLinear(rgba[i + c]) * alpha) + 1 - alpha);
            over[i + 3] = 255;
        }
        return over;
    }

    private static byte[] Jpeg(byte[] opaque, int width, int height, int quality)
        => Encode(opaque, Info(opaque, width, height), (map, to) => map.Encode(to, new SKJpegEncoderOptions(quality, SKJpegEncoderDownsample.Downsample420, SKJpegEncoderAlphaOption.Ignore)));

    // No colour space: everybody takes untagged bytes as sRGB, and a profile in every frame would cost 500 bytes.
    private static SKImageInfo Info(byte[] rgba, int width, int height)
        => new(width, height, SKColorType.Rgba8888, IsOpaque(rgba) ? SKAlphaType.Opaque : SKAlphaType.Unpremul);

    private static byte[] Encode(byte[] rgba, SKImageInfo info, Func<SKPixmap, Stream, bool> encode)
    {
        var pinned = GCHandle.Alloc(rgba, GCHandleType.Pinned);
        try
        {
            using var map = new SKPixmap(info, pinned.AddrOfPinnedObject(), info.RowBytes);
            using var bytes = new MemoryStream();
            if (!encode(map, bytes)) throw new OutputException($"A picture of {info.Width}×{info.Height} could not be encoded; write PNG.");
            return bytes.ToArray();
        }
        finally
        {
            pinned.Free();
        }
    }
}
