using System.Buffers.Binary;

namespace Impersonator.Imaging;

/// <summary>Writes a WebP file part by part to a seekable stream; the sizes are filled in at the end.</summary>
/// <remarks>WebP container specification, developers.google.com/speed/webp/docs/riff_container. All numbers little-endian.</remarks>
internal sealed class WebpChunkWriter
{
    private const byte AnimationFlag = 0x02, XmpFlag = 0x04, AlphaFlag = 0x10;
    private const int FlagsAt = 20;
    private readonly Stream _stream;

    /// <summary>Begins the file with its extended header, which announces XMP.</summary>
    public WebpChunkWriter(Stream stream, int width, int height)
    {
        _stream = stream;
        _stream.Write("RIFF\0\0\0\0WEBP"u8);
        Span<byte> header = stackalloc byte[10];
        header.Clear();
        WriteInt24(header[4..], width - 1);
        WriteInt24(header[7..], height - 1);
        Write("VP8X"u8, header);
    }

    /// <summary>Writes one part, padded to an even length.</summary>
    public void Write(ReadOnlySpan<byte> name, ReadOnlySpan<byte> body)
    {
        Span<byte> size = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, body.Length);
        _stream.Write(name);
        _stream.Write(size);
        _stream.Write(body);
        if ((body.Length & 1) != 0) _stream.WriteByte(0);
    }

    /// <summary>Ends the file: the mark, the whole size, the header's flags.</summary>
    public void Complete(bool alpha, bool animated)
    {
        Write("XMP "u8, SyntheticMark.Xmp);
        Span<byte> size = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(size, checked((uint)(_stream.Length - 8)));
        _stream.Position = 4;
        _stream.Write(size);
        _stream.Position = FlagsAt;
        _stream.WriteByte((byte)(XmpFlag | (alpha ? AlphaFlag : 0) | (animated ? AnimationFlag : 0)));
        _stream.Position = _stream.Length;
    }

    /// <summary>Writes the low 24 bits of a number.</summary>
    public static void WriteInt24(Span<byte> target, int value)
        => (target[0], target[1], target[2]) = ((byte)value, (byte)(value >> 8), (byte)(value >> 16));
}
