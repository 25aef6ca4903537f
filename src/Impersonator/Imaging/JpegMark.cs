using System.Buffers.Binary;

namespace Impersonator.Imaging;

/// <summary>Puts the synthetic mark into a JPEG file: an APP1 segment of XMP behind the JFIF segment.</summary>
internal static class JpegMark
{
    public static byte[] Insert(ReadOnlySpan<byte> jpeg)
    {
        byte[] body = [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. SyntheticMark.Xmp];
        byte[] segment = [0xFF, 0xE1, 0, 0, .. body];
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), checked((ushort)(body.Length + 2)));

        int at = 2; // behind the start marker; JFIF's APP0 must stay first
        if (jpeg[at + 1] == 0xE0) at += 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
        return [.. jpeg[..at], .. segment, .. jpeg[at..]];
    }
}
