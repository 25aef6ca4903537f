namespace Impersonator.Files;

/// <summary>What the elements of an <see cref="NpyArray"/> are.</summary>
public enum NpyType
{
    /// <summary><c>bool</c>, one byte, 0 or 1.</summary>
    Boolean,

    /// <summary><c>i1</c>.</summary>
    Int8,

    /// <summary><c>i2</c>.</summary>
    Int16,

    /// <summary><c>i4</c>.</summary>
    Int32,

    /// <summary><c>i8</c>.</summary>
    Int64,

    /// <summary><c>u1</c>.</summary>
    UInt8,

    /// <summary><c>u2</c>.</summary>
    UInt16,

    /// <summary><c>u4</c>.</summary>
    UInt32,

    /// <summary><c>u8</c>.</summary>
    UInt64,

    /// <summary><c>f2</c>.</summary>
    Float16,

    /// <summary><c>f4</c>.</summary>
    Float32,

    /// <summary><c>f8</c>.</summary>
    Float64,

    /// <summary><c>Sn</c>: n bytes of Latin-1, padded with zeros.</summary>
    Latin1Text,

    /// <summary><c>Un</c>: n UTF-32 characters, padded with zeros.</summary>
    Utf32Text,
}
