using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Impersonator.Files;

/// <summary>Reads one NumPy array (<c>.npy</c>, format versions 1 to 3).</summary>
/// <remarks>
/// Numbers and texts of either byte order, either index order. Objects and structures are refused: objects are pickles.
/// Sizes are checked against the limit and the file before memory is taken. Source: numpy.lib.format, "NPY format".
/// </remarks>
public static partial class NpyReader
{
    private const int MaxHeaderBytes = 1 << 16, MaxSides = 32;

    /// <summary>Reads a file.</summary>
    /// <exception cref="NpyFormatException">Missing, too large, damaged, or holding objects.</exception>
    public static NpyArray Read(string path, InputLimits? limits = null)
    {
        using FileStream stream = InputFile.Open(path, limits ?? InputLimits.Default);
        return Read(stream, Path.GetFileName(path), stream.Length);
    }

    /// <summary>Reads a stream forward; it need not be seekable.</summary>
    /// <param name="stream">At the array's first byte.</param>
    /// <param name="name">Its name for messages.</param>
    /// <param name="length">Most bytes that the array may have, header included.</param>
    /// <exception cref="NpyFormatException">Damaged, longer than allowed, or holding objects.</exception>
    public static NpyArray Read(Stream stream, string name, long length)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            string header = ReadHeader(stream, name, out int headerBytes);
            Match match = Header().Match(header);
            string descr = match.Success ? match.Groups["descr"].Value : throw Bad(name, "its header cannot be read");
            if (!NpyElement.TryParse(descr.Trim('\'', '"'), out NpyElement element))
                throw new NpyFormatException($"{name}: holds elements of type {Shortened(descr)}; only numbers and texts are read, objects are refused. Save it with a plain dtype.");
            ImmutableArray<int> shape = ParseShape(match.Groups["shape"].Value, name);
            long bytes = NpyArray.BytesOf(shape, element);
            if (bytes > length - headerBytes || bytes > Array.MaxLength) throw Bad(name, $"claims more elements than its {Math.Max(0, length - headerBytes)} bytes can hold");
            var data = new byte[bytes];
            stream.ReadExactly(data);
            return NpyArray.FromFile(shape, element, match.Groups["fortran"].Value == "True", data);
        }
        catch (Exception cause) when (cause is EndOfStreamException or InvalidDataException)
        {
            throw Bad(name, "ends early", cause);
        }
    }

    private static string ReadHeader(Stream stream, string name, out int bytes)
    {
        Span<byte> start = stackalloc byte[12];
        stream.ReadExactly(start[..8]);
        if (start[0] != 0x93 || !start[1..6].SequenceEqual("NUMPY"u8)) throw Bad(name, "does not begin as a NumPy array");
        if (start[6] is < 1 or > 3) throw Bad(name, $"has format version {start[6]}, only 1 to 3 are known");
        int sizeBytes = start[6] == 1 ? 2 : 4;
        stream.ReadExactly(start.Slice(8, sizeBytes));
        uint length = sizeBytes == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(start[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        if (length > MaxHeaderBytes) throw Bad(name, $"has a header of {length} bytes");
        var header = new byte[length];
        stream.ReadExactly(header);
        bytes = 8 + sizeBytes + (int)length;
        return Encoding.UTF8.GetString(header);
    }

    private static ImmutableArray<int> ParseShape(string text, string name)
    {
        string[] sides = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (sides.Length > MaxSides) throw Bad(name, $"has {sides.Length} sides");
        var shape = ImmutableArray.CreateBuilder<int>(sides.Length);
        foreach (string side in sides)
            shape.Add(int.TryParse(side.TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : throw Bad(name, $"has a side of {Shortened(side)}"));
        return shape.MoveToImmutable();
    }

    private static NpyFormatException Bad(string name, string what, Exception? cause = null) => new($"{name}: {what}; the file is damaged or not a NumPy array, save it again with numpy.save or numpy.savez.", cause);

    private static string Shortened(string text)
    {
        string line = text.ReplaceLineEndings(" ");
        return line.Length > 40 ? line[..40] + "…" : line;
    }

    // A Python dictionary with exactly these keys; NumPy writes them in alphabetical order.
    [GeneratedRegex(@"^\s*\{\s*'descr'\s*:\s*(?<descr>'[^']*'|""[^""]*""|\[.*\])\s*,\s*'fortran_order'\s*:\s*(?<fortran>True|False)\s*,\s*'shape'\s*:\s*\((?<shape>[^()]*)\)\s*,?\s*\}\s*$", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Header();
}
