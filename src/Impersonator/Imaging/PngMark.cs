using System.Buffers.Binary;

namespace Impersonator.Imaging;

/// <summary>Puts the synthetic mark into a PNG file: an <c>iTXt</c> chunk "XML:com.adobe.xmp" behind the header.</summary>
internal static class PngMark
{
    private const int HeaderEnd = 8 + 12 + 13; // signature, then IHDR: length, name and checksum around 13 bytes
    private static readonly uint[] Table = CreateTable();

    public static byte[] Insert(ReadOnlySpan<byte> png)
    {
        // Keyword, then: no compression, no language, no translated keyword.
        byte[] body = [.. "iTXtXML:com.adobe.xmp\0\0\0\0\0"u8, .. SyntheticMark.Xmp];
        var chunk = new byte[body.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, body.Length - 4);
        body.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(body.Length + 4), Checksum(body));
        return [.. png[..HeaderEnd], .. chunk, .. png[HeaderEnd..]];
    }

    /// <summary>CRC-32 as in ISO 3309, PNG specification annex D.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        foreach (byte b in bytes) sum = Table[(byte)(sum ^ b)] ^ (sum >> 8);
        return ~sum;
    }

    private static uint[] CreateTable()
    {
        var table = new uint[256];
        for (uint n = 0; n < 256; n++)
        {
            uint c = n;
            for (int k = 0; k < 8; k++) c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
            table[n] = c;
        }
        return table;
    }
}
