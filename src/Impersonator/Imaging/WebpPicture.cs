using System.Buffers.Binary;

namespace Impersonator.Imaging;

/// <summary>The picture parts of a still WebP file from our encoder: one colour part and perhaps an alpha part before it.</summary>
/// <remarks>WebP container specification, developers.google.com/speed/webp/docs/riff_container.</remarks>
/// <param name="HasAlpha">There is an alpha part.</param>
/// <param name="Parts">The bytes of these parts, each with its header of name and size and its padding.</param>
/// <param name="KeyFrame">The VP8 key frame alone.</param>
internal readonly record struct WebpPicture(bool HasAlpha, Range Parts, Range KeyFrame)
{
    private const int FileHeader = 12, ChunkHeader = 8;

    /// <summary>Finds the parts.</summary>
    public static WebpPicture In(ReadOnlySpan<byte> webp)
    {
        int? first = null;
        bool alpha = false;
        for (int at = FileHeader; at + ChunkHeader <= webp.Length;)
        {
            int size = BinaryPrimitives.ReadInt32LittleEndian(webp[(at + 4)..]), begin = at + ChunkHeader, next = begin + size + (size & 1);
            ReadOnlySpan<byte> name = webp.Slice(at, 4);
            if (name.SequenceEqual("ALPH"u8)) (first, alpha) = (at, true);
            if (name.SequenceEqual("VP8 "u8)) return new WebpPicture(alpha, (first ?? at)..next, begin..(begin + size));
            at = next;
        }
        throw new InvalidOperationException("The WebP encoder made no VP8 frame.");
    }
}
