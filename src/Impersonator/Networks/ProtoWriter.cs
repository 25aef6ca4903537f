using System.Buffers.Binary;
using System.Text;

namespace Impersonator.Networks;

/// <summary>Writes one protocol buffers message: the four wire forms that ONNX needs, and nothing else.</summary>
/// <remarks>Source: protobuf.dev, "Encoding". A field is a tag (number · 8 + form) and a varint, four bytes, or a length and bytes.</remarks>
/// <param name="capacity">Bytes to make room for at once.</param>
internal sealed class ProtoWriter(int capacity = 0)
{
    private readonly MemoryStream _bytes = new(capacity);

    public ReadOnlySpan<byte> Bytes => _bytes.GetBuffer().AsSpan(0, (int)_bytes.Length);

    public ProtoWriter Integer(int field, long value)
    {
        Varint((ulong)field << 3);
        Varint((ulong)value);
        return this;
    }

    public ProtoWriter Float(int field, float value)
    {
        Varint(((ulong)field << 3) | 5);
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        _bytes.Write(bytes);
        return this;
    }

    public ProtoWriter Text(int field, string value) => Raw(field, Encoding.UTF8.GetBytes(value));

    public ProtoWriter Message(int field, ProtoWriter message) => Raw(field, message.Bytes);

    public ProtoWriter Raw(int field, ReadOnlySpan<byte> bytes)
    {
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)bytes.Length);
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>A message whose last field is many bytes: they are copied once, not once per level.</summary>
    public ProtoWriter Message(int field, ProtoWriter message, int lastField, ReadOnlySpan<byte> last)
    {
        var start = new ProtoWriter();
        start.Varint(((ulong)lastField << 3) | 2);
        start.Varint((ulong)last.Length);
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)(message.Bytes.Length + start.Bytes.Length + last.Length));
        _bytes.Write(message.Bytes);
        _bytes.Write(start.Bytes);
        _bytes.Write(last);
        return this;
    }

    private void Varint(ulong value)
    {
        for (; value > 127; value >>= 7) _bytes.WriteByte((byte)(value | 128));
        _bytes.WriteByte((byte)value);
    }
}
