using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Impersonator.Files;

/// <summary>The bytes of a pickle, and what reading them may still cost.</summary>
/// <param name="stream">Seekable.</param>
/// <param name="name">File name, for messages.</param>
/// <param name="budget">Bytes of memory that all values together may take.</param>
/// <param name="remedy">What to do about a broken file.</param>
/// <param name="kept">What is read at all, and what to do with a file of something else.</param>
internal sealed class PickleSource(Stream stream, string name, long budget, string remedy, string kept)
{
    private const int MaxDigits = 200, MaxIntegerBytes = 80;
    private readonly long _budget = budget;
    private long _left = budget;

    public PickleFormatException Bad(string what) => new($"{name}: {what}; {remedy}.");

    public PickleFormatException Refuse(string globalName)
        => new($"{name}: names {Shown(globalName)}; refused, nothing was run. {kept}.");

    /// <summary>Takes memory from the budget.</summary>
    public void Charge(long bytes)
    {
        _left -= bytes;
        if (_left < 0) throw new PickleFormatException($"{name}: unpacks to more than the limit of {_budget >> 20} MiB; raise the unpacked limit if you trust the file.");
    }

    public byte ReadByte() => stream.ReadByte() is >= 0 and int value ? (byte)value : throw Bad("ends early");

    public byte[] ReadBytes(ulong count)
    {
        if (count > (ulong)(stream.Length - stream.Position) || count > (ulong)Array.MaxLength) throw Bad("ends early");
        Charge((long)count);
        var bytes = new byte[count];
        stream.ReadExactly(bytes);
        return bytes;
    }

    public ushort ReadUInt16() => (ushort)(ReadByte() | (ReadByte() << 8));

    public uint ReadUInt32() => ReadUInt16() | ((uint)ReadUInt16() << 16);

    public ulong ReadUInt64() => ReadUInt32() | ((ulong)ReadUInt32() << 32);

    public double ReadDouble() => BitConverter.UInt64BitsToDouble(BinaryPrimitives.ReverseEndianness(ReadUInt64()));

    public string ReadUtf8(ulong count)
    {
        // A UTF-16 string takes up to twice the bytes.
        Charge((long)Math.Min(count, int.MaxValue));
        return Encoding.UTF8.GetString(ReadBytes(count));
    }

    /// <summary>Python 2's strings are bytes; each becomes the character of the same number.</summary>
    public string ReadLatin1(ulong count)
    {
        Charge((long)Math.Min(count, int.MaxValue));
        return Encoding.Latin1.GetString(ReadBytes(count));
    }

    public string ReadLine()
    {
        var line = new StringBuilder();
        for (byte b = ReadByte(); b != '\n'; b = ReadByte())
        {
            Charge(sizeof(char));
            line.Append((char)b);
        }
        return line.ToString();
    }

    /// <summary>A little-endian signed integer of any length: long if it fits, else <see cref="BigInteger"/>.</summary>
    public object ReadInteger(uint byteCount)
    {
        if (byteCount > MaxIntegerBytes) throw Bad($"holds an integer of {byteCount} bytes");
        return Narrow(new BigInteger(ReadBytes(byteCount)));
    }

    public object ParseInteger(string text)
        => text.Length <= MaxDigits && BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger value) ? Narrow(value) : throw Bad("holds an integer that is none");

    public double ParseDouble(string text) => text switch
    {
        "nan" => double.NaN,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : throw Bad("holds a number that is none"),
    };

    /// <summary>Any text of a file made fit for a message.</summary>
    public static string Shown(string text)
    {
        string line = string.Concat(text.Take(80).Select(c => char.IsControl(c) ? '?' : c));
        return text.Length > 80 ? line + "…" : line;
    }

    private static object Narrow(BigInteger value) => value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;
}
