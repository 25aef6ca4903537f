using System.Globalization;

namespace Impersonator.Files;

/// <summary>NumPy's name for an element, such as <c>&lt;f8</c>: type, bytes each and byte order.</summary>
/// <param name="Type">The type.</param>
/// <param name="Size">Bytes of one element.</param>
/// <param name="BigEndian">Whether the file holds the high byte first.</param>
internal readonly record struct NpyElement(NpyType Type, int Size, bool BigEndian)
{
    private const int MaxTextBytes = 1 << 16;

    /// <summary>Bytes that one number holds; a text's characters are swapped one by one.</summary>
    public int SwapSize => Type is NpyType.Utf32Text ? 4 : Type is NpyType.Latin1Text ? 1 : Size;

    /// <summary>NumPy's name of a number type, little-endian.</summary>
    public static string NameOf(NpyType type) => type switch
    {
        NpyType.Boolean => "|b1",
        NpyType.Int8 => "|i1",
        NpyType.Int16 => "<i2",
        NpyType.Int32 => "<i4",
        NpyType.Int64 => "<i8",
        NpyType.UInt8 => "|u1",
        NpyType.UInt16 => "<u2",
        NpyType.UInt32 => "<u4",
        NpyType.UInt64 => "<u8",
        NpyType.Float16 => "<f2",
        NpyType.Float32 => "<f4",
        NpyType.Float64 => "<f8",
        _ => throw new ArgumentException($"{type} has no name without its length.", nameof(type)),
    };

    /// <summary>Reads a name with or without a byte order in front; false for objects, structures, dates and what else is no number or text.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out NpyElement element)
    {
        element = default;
        bool bigEndian = false;
        if (name is ['<' or '>' or '|' or '=', ..])
        {
            bigEndian = name[0] == '>';
            name = name[1..];
        }
        if (name.IsEmpty || !int.TryParse(name[1..], NumberStyles.None, CultureInfo.InvariantCulture, out int size) || size == 0) return false;
        if (name[0] is 'S' or 'a' && size <= MaxTextBytes)
        {
            element = new NpyElement(NpyType.Latin1Text, size, false);
            return true;
        }
        if (name[0] is 'U' && size <= MaxTextBytes)
        {
            element = new NpyElement(NpyType.Utf32Text, size * 4, bigEndian);
            return true;
        }
        NpyType? type = (name[0], size) switch
        {
            ('b', 1) => NpyType.Boolean,
            ('i', 1) => NpyType.Int8,
            ('i', 2) => NpyType.Int16,
            ('i', 4) => NpyType.Int32,
            ('i', 8) => NpyType.Int64,
            ('u', 1) => NpyType.UInt8,
            ('u', 2) => NpyType.UInt16,
            ('u', 4) => NpyType.UInt32,
            ('u', 8) => NpyType.UInt64,
            ('f', 2) => NpyType.Float16,
            ('f', 4) => NpyType.Float32,
            ('f', 8) => NpyType.Float64,
            _ => null,
        };
        if (type is not { } known) return false;
        element = new NpyElement(known, size, bigEndian && size > 1);
        return true;
    }
}
