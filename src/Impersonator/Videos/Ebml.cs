using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Impersonator.Videos;

/// <summary>Writes EBML elements (RFC 8794): identifier, length, content.</summary>
internal sealed class Ebml
{
    private readonly MemoryStream _bytes = new();

    /// <summary>Bytes so far.</summary>
    public int Length => (int)_bytes.Length;

    /// <summary>The bytes so far; valid until the next write.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.GetBuffer().AsSpan(0, Length);

    /// <summary>Forgets everything written.</summary>
    public void Clear() => _bytes.SetLength(0);

    /// <summary>An unsigned number in as few bytes as it needs.</summary>
    public void Write(uint id, ulong value)
    {
        Span<byte> content = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(content, value);
        int skip = Math.Min(7, BitOperations.LeadingZeroCount(value) / 8);
        Write(id, content[skip..]);
    }

    /// <summary>An unsigned number in 8 bytes, to be overwritten later.</summary>
    public void WriteFixed(uint id, ulong value)
    {
        Span<byte> content = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(content, value);
        Write(id, content);
    }

    /// <summary>A double.</summary>
    public void Write(uint id, double value)
    {
        Span<byte> content = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleBigEndian(content, value);
        Write(id, content);
    }

    /// <summary>A text.</summary>
    public void Write(uint id, string text) => Write(id, Encoding.UTF8.GetBytes(text));

    /// <summary>An element with children.</summary>
    public void Write(uint id, Ebml children) => Write(id, children.Bytes);

    /// <summary>An element of bytes.</summary>
    public void Write(uint id, ReadOnlySpan<byte> content)
    {
        WriteHead(id, content.Length);
        _bytes.Write(content);
    }

    /// <summary>Identifier and length of an element whose content follows; the length always in 8 bytes, so it can be overwritten.</summary>
    public void WriteHead(uint id, long length)
    {
        Span<byte> head = stackalloc byte[12];
        BinaryPrimitives.WriteUInt32BigEndian(head, id);
        int skip = BitOperations.LeadingZeroCount(id) / 8;
        BinaryPrimitives.WriteInt64BigEndian(head[4..], length);
        head[4] = 0x01; // a one after seven zeros: seven bytes of length follow
        _bytes.Write(head[skip..]);
    }

    /// <summary>Raw bytes, inside an element begun by <see cref="WriteHead"/>.</summary>
    public void WriteRaw(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);
}
