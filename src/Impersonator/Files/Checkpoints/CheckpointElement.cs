using System.Buffers.Binary;

namespace Impersonator.Files.Checkpoints;

/// <summary>Type of the numbers in a storage, by the name that PyTorch writes.</summary>
/// <param name="Name">As messages call it, e.g. <c>float32</c>.</param>
/// <param name="Bytes">Of one number.</param>
/// <param name="Read">One number from its little-endian bytes; null for types that no weights have.</param>
internal sealed record CheckpointElement(string Name, int Bytes, Func<ReadOnlyMemory<byte>, float>? Read)
{
    public static CheckpointElement Single { get; } = new("float32", 4, b => BinaryPrimitives.ReadSingleLittleEndian(b.Span));

    private static readonly Dictionary<string, CheckpointElement> ByClass = new()
    {
        ["FloatStorage"] = Single,
        ["HalfStorage"] = new("float16", 2, b => (float)BinaryPrimitives.ReadHalfLittleEndian(b.Span)),
        ["BFloat16Storage"] = new("bfloat16", 2, b => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(b.Span) << 16)),
        ["DoubleStorage"] = new("float64", 8, b => (float)BinaryPrimitives.ReadDoubleLittleEndian(b.Span)),
        ["LongStorage"] = new("int64", 8, null),
        ["IntStorage"] = new("int32", 4, null),
        ["ShortStorage"] = new("int16", 2, null),
        ["CharStorage"] = new("int8", 1, null),
        ["ByteStorage"] = new("uint8", 1, null),
        ["BoolStorage"] = new("bool", 1, null),
    };

    /// <summary>The type of a storage class, null if it is not known.</summary>
    public static CheckpointElement? Of(string storageClass) => ByClass.GetValueOrDefault(storageClass);
}
