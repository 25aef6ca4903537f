using System.Buffers.Binary;
using Impersonator.Imaging;

namespace Impersonator.Tests.Imaging;

/// <summary>JPEG files with EXIF notes as a camera writes them, made byte by byte.</summary>
internal static class Jpeg
{
    public sealed record Exif(int Orientation = 1, int FilmFocalLength = 0, int FocalLength = 0, int PixelsPerMillimetre = 0, int StoredWidth = 0, int StoredHeight = 0);

    public static byte[] WithExif(Frame frame, Exif exif)
    {
        byte[] jpeg = PictureEncoder.Encode(frame.Rgba, frame.Width, frame.Height, PictureFormat.Jpeg, ImageOptions.Default with { Marked = false, Quality = 98 });
        byte[] body = [.. "Exif\0\0"u8, .. Tiff(exif)];
        byte[] segment = [0xFF, 0xE1, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body];
        return [.. jpeg[..2], .. segment, .. jpeg[2..]];
    }

    // Big-endian TIFF: directory 0 with the orientation, a sub-directory with the lens, rationals behind both.
    private static byte[] Tiff(Exif exif)
    {
        const ushort Short = 3, Long = 4, Rational = 5;
        const int First = 8, Sub = First + 2 + (2 * 12) + 4, Rationals = Sub + 2 + (6 * 12) + 4;
        var bytes = new byte[Rationals + 16];
        "MM\0*\0\0\0\u0008"u8.CopyTo(bytes);
        Entries(bytes, First, [(0x0112, Short, exif.Orientation << 16), (0x8769, Long, Sub)]);
        Entries(bytes, Sub,
        [
            (0x920A, Rational, Rationals), (0xA002, Long, exif.StoredWidth), (0xA003, Long, exif.StoredHeight),
            (0xA20E, Rational, Rationals + 8), (0xA210, Short, 4 << 16), (0xA405, Short, exif.FilmFocalLength << 16),
        ]);
        foreach ((int at, int value) in ((int, int)[])[(Rationals, exif.FocalLength), (Rationals + 8, exif.PixelsPerMillimetre)])
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at), value);
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at + 4), 1);
        }
        return bytes;
    }

    private static void Entries(byte[] bytes, int at, (ushort Tag, ushort Type, int Value)[] entries)
    {
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), (ushort)entries.Length);
        for (int i = 0; i < entries.Length; i++)
        {
            Span<byte> entry = bytes.AsSpan(at + 2 + (i * 12), 12);
            BinaryPrimitives.WriteUInt16BigEndian(entry, entries[i].Tag);
            BinaryPrimitives.WriteUInt16BigEndian(entry[2..], entries[i].Type);
            BinaryPrimitives.WriteInt32BigEndian(entry[4..], 1);
            BinaryPrimitives.WriteInt32BigEndian(entry[8..], entries[i].Value);
        }
    }
}
