using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Impersonator.Files;
using Impersonator.Imaging;

namespace Impersonator.Training.Curves;

/// <summary>Writes a frame as PNG with nothing but the runtime: a training machine has no picture library.</summary>
/// <remarks>ISO/IEC 15948: signature, IHDR, one IDAT of unfiltered rows, IEND; 8-bit RGB, alpha dropped.</remarks>
internal static class PlainPng
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(n =>
    {
        uint c = (uint)n;
        for (int k = 0; k < 8; k++) c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
        return c;
    })];

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public static void Write(string path, Frame frame)
    {
        using OutputFile file = OutputFile.Create(path);
        Write(file.Stream, frame);
        file.Complete();
    }

    /// <summary>Writes to a stream.</summary>
    public static void Write(Stream stream, Frame frame)
    {
        stream.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, frame.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), frame.Height);
        (header[8], header[9]) = (8, 2);
        Chunk(stream, "IHDR", header);
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[1 + (3 * frame.Width)];
            for (int y = 0; y < frame.Height; y++)
            {
                for (int x = 0; x < frame.Width; x++) frame.Rgba.AsSpan(4 * ((y * frame.Width) + x), 3).CopyTo(row.AsSpan(1 + (3 * x)));
                zip.Write(row);
            }
        }
        Chunk(stream, "IDAT", packed.ToArray());
        Chunk(stream, "IEND", []);
    }

    private static void Chunk(Stream stream, string kind, ReadOnlySpan<byte> data)
    {
        var body = new byte[4 + data.Length];
        Encoding.ASCII.GetBytes(kind, body);
        data.CopyTo(body.AsSpan(4));
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        stream.Write(body);
        uint check = uint.MaxValue;
        foreach (byte b in body) check = Table[(check ^ b) & 255] ^ (check >> 8);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~check);
        stream.Write(number);
    }
}
