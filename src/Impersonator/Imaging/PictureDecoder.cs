using System.Numerics;
using System.Runtime.InteropServices;
using Impersonator.Files;
using SkiaSharp;

namespace Impersonator.Imaging;

/// <summary>Bytes of a JPEG, PNG or WebP file to upright linear pixels, with every limit checked before memory is taken.</summary>
internal static class PictureDecoder
{
    private const int PngDepthAt = 24; // signature 8, chunk header 8, width 4, height 4

    /// <summary>Reads a whole file, refusing a large one before reading it.</summary>
    public static byte[] ReadBytes(string path, InputLimits limits)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return ReadBytes(file, Path.GetFileName(path), limits);
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PhotoException($"{path} does not exist; give the path of a JPEG, PNG or WebP picture.", cause);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new PhotoException(Directory.Exists(path) ? $"{path} is a folder; give the path of a picture." : $"{path} cannot be read: {cause.Message.ReplaceLineEndings(" ")}", cause);
        }
    }

    /// <summary>Reads a stream to its end, stopping at the limit.</summary>
    public static byte[] ReadBytes(Stream stream, string name, InputLimits limits)
    {
        long most = Math.Min(limits.MaxFileBytes, Array.MaxLength);
        if (stream.CanSeek && stream.Length - stream.Position > most) throw TooLarge(name, stream.Length - stream.Position, most);
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            if (bytes.Length + count > most) throw TooLarge(name, bytes.Length + count, most);
            bytes.Write(buffer, 0, count);
        }
        if (bytes.Length == 0) throw new PhotoException($"{name} is empty; give a JPEG, PNG or WebP picture.");
        return bytes.ToArray();
    }

    /// <summary>Decodes a file's bytes.</summary>
    /// <exception cref="PhotoException">Not a picture of ours, too many pixels, or cut off.</exception>
    public static Image Decode(byte[] bytes, string name, InputLimits limits, out bool hasAlpha)
    {
        using var data = SKData.CreateCopy(bytes);
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.EncodedFormat is not (SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Png or SKEncodedImageFormat.Webp))
            throw new PhotoException($"{name} is not a JPEG, PNG or WebP picture, whatever its name says; convert it to one of these.");
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        long most = Math.Min(limits.MaxPixels, Array.MaxLength / 8);
        if ((long)width * height > most)
            throw new PhotoException($"{name} is {width}×{height}, over the limit of {most / 1e6:0.#} megapixels; make it smaller.");

        // Skia converts from the file's own colour profile; only PNG can hold more than 8 bits.
        bool deep = codec.EncodedFormat == SKEncodedImageFormat.Png && bytes[PngDepthAt] == 16;
        var info = new SKImageInfo(width, height, deep ? SKColorType.RgbaF16 : SKColorType.Rgba8888, SKAlphaType.Unpremul, SKColorSpace.CreateSrgb());
        var pixels = new byte[(long)info.RowBytes * height];
        SKCodecResult result = Decode(codec, info, pixels);
        if (result == SKCodecResult.IncompleteInput) throw new PhotoException($"{name} ends before its last row; copy or download it again.");
        if (result != SKCodecResult.Success) throw new PhotoException($"{name} is damaged and cannot be decoded; open and save it again with another program.");

        return Upright(pixels, info.RowBytes, width, height, deep, (Orientation)(int)codec.EncodedOrigin, out hasAlpha);
    }

    private static SKCodecResult Decode(SKCodec codec, SKImageInfo info, byte[] pixels)
    {
        var pinned = GCHandle.Alloc(pixels, GCHandleType.Pinned);
        try
        {
            return codec.GetPixels(info, pinned.AddrOfPinnedObject());
        }
        finally
        {
            pinned.Free();
        }
    }

    private static Image Upright(byte[] pixels, int rowBytes, int width, int height, bool deep, Orientation orientation, out bool hasAlpha)
    {
        bool swaps = orientation.SwapsSides();
        var image = new Image(swaps ? height : width, swaps ? width : height);
        int transparent = 0;
        Parallel.For(0, height, () => new Vector4[width], (y, _, row) =>
        {
            ReadOnlySpan<byte> stored = pixels.AsSpan(y * rowBytes, rowBytes);
            if (deep) FromHalves(MemoryMarshal.Cast<byte, Half>(stored), row);
            else Frames.FromBytes(stored, row);
            bool opaque = true;
            for (int x = 0; x < row.Length; x++)
            {
                opaque &= row[x].W >= 1;
                (int toX, int toY) = orientation.Upright(x, y, width, height);
                image[toX, toY] = row[x];
            }
            if (!opaque) Interlocked.Exchange(ref transparent, 1);
            return row;
        }, static _ => { });
        hasAlpha = transparent != 0;
        return image;
    }

    private static void FromHalves(ReadOnlySpan<Half> rgba, Span<Vector4> pixels)
    {
        for (int x = 0; x < pixels.Length; x++)
        {
            ReadOnlySpan<Half> p = rgba.Slice(x * 4, 4);
            var colour = new Vector3(Srgb.ToLinear((float)p[0]), Srgb.ToLinear((float)p[1]), Srgb.ToLinear((float)p[2]));
            float alpha = (float)p[3];
            pixels[x] = new Vector4(colour * alpha, alpha);
        }
    }

    private static PhotoException TooLarge(string name, long bytes, long most)
        => new($"{name} is {bytes / 1048576.0:0.#} MiB, over the limit of {most / 1048576.0:0.#} MiB; make it smaller.");
}
