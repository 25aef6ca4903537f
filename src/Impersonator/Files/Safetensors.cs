using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Impersonator.Files;

/// <summary>A safetensors file in memory: named arrays of numbers and a few words about them.</summary>
/// <remarks>
/// Format: 8-byte little-endian header length, a JSON header (name → dtype, shape, byte range), the bytes. Nothing in it
/// can run. Every length is checked against the file before memory is taken. Source: huggingface/safetensors, format description.
/// </remarks>
public sealed class Safetensors
{
    private const int MaxHeaderBytes = 16 << 20;
    private readonly Dictionary<string, Entry> _entries;
    private readonly byte[] _bytes;
    private readonly string _name;

    private Safetensors(string name, Dictionary<string, Entry> entries, ImmutableDictionary<string, string> metadata, byte[] bytes)
        => (_name, _entries, Metadata, _bytes) = (name, entries, metadata, bytes);

    /// <summary>What the header's <c>__metadata__</c> says.</summary>
    public ImmutableDictionary<string, string> Metadata { get; }

    /// <summary>Names of the arrays.</summary>
    public IEnumerable<string> Names => _entries.Keys;

    /// <summary>Whether there is an array of that name.</summary>
    public bool Contains(string name) => _entries.ContainsKey(name);

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">Missing, too large, or not a sound safetensors file.</exception>
    public static Safetensors Read(string path, InputLimits? limits = null)
    {
        using FileStream stream = InputFile.Open(path, limits ?? InputLimits.Default);
        return Read(stream, Path.GetFileName(path));
    }

    /// <summary>Reads a stream that knows its length.</summary>
    /// <exception cref="InputException">Not a sound safetensors file.</exception>
    public static Safetensors Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        InputException Bad(string what) => new($"{name}: {what}; the file is damaged or not safetensors.");
        Span<byte> start = stackalloc byte[8];
        if (stream.Length < 8) throw Bad($"{stream.Length} bytes hold no header");
        stream.ReadExactly(start);
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (headerLength > MaxHeaderBytes || (long)headerLength > stream.Length - 8) throw Bad($"a header of {headerLength} bytes does not fit");
        var header = new byte[headerLength];
        stream.ReadExactly(header);
        long length = stream.Length - 8 - (long)headerLength;
        if (length > Array.MaxLength) throw Bad($"{length} bytes of data are too many");

        var entries = new Dictionary<string, Entry>();
        var metadata = ImmutableDictionary.CreateBuilder<string, string>();
        try
        {
            using var json = JsonDocument.Parse(header);
            foreach (JsonProperty property in json.RootElement.EnumerateObject())
            {
                if (property.Name == "__metadata__")
                {
                    foreach (JsonProperty word in property.Value.EnumerateObject()) metadata[word.Name] = word.Value.GetString() ?? "";
                    continue;
                }
                string dtype = property.Value.GetProperty("dtype").GetString() ?? "";
                int[] shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())];
                long from = property.Value.GetProperty("data_offsets")[0].GetInt64(), to = property.Value.GetProperty("data_offsets")[1].GetInt64();
                long count = 1;
                foreach (int side in shape) count = side < 0 ? throw Bad($"{property.Name} has a negative side") : checked(count * side);
                if (from < 0 || to > length || to - from != checked(count * SizeOf(dtype, property.Name, Bad)))
                    throw Bad($"{property.Name} claims bytes {from} to {to} of {length} for {count} values of {dtype}");
                entries[property.Name] = new Entry(dtype, shape, (int)from, (int)(to - from));
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw Bad("its header cannot be read");
        }
        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        return new Safetensors(name, entries, metadata.ToImmutable(), bytes);
    }

    /// <summary>Whether an array is of that type.</summary>
    /// <exception cref="InputException">There is none of that name.</exception>
    public bool Holds<T>(string name) where T : unmanaged => Find(name).Dtype == NameOf<T>();

    /// <summary>Shape of an array.</summary>
    /// <exception cref="InputException">There is none of that name.</exception>
    public ReadOnlySpan<int> ShapeOf(string name) => Find(name).Shape;

    /// <summary>The values of an array, copied.</summary>
    /// <typeparam name="T">float (F32), <see cref="Half"/> (F16), int (I32), short (I16), sbyte (I8), byte (U8), ushort (U16).</typeparam>
    /// <exception cref="InputException">There is none of that name, or it holds another type.</exception>
    public T[] Get<T>(string name) where T : unmanaged
    {
        Entry entry = Find(name);
        if (entry.Dtype != NameOf<T>()) throw new InputException($"{_name}: {name} holds {entry.Dtype}, {NameOf<T>()} was expected; it was made by another version.");
        return MemoryMarshal.Cast<byte, T>(_bytes.AsSpan(entry.Offset, entry.Length)).ToArray();
    }

    private Entry Find(string name) => _entries.TryGetValue(name, out Entry? entry) ? entry
        : throw new InputException($"{_name}: has no {name}; it is another kind of file or was made by another version.");

    internal static string NameOf<T>() where T : unmanaged => default(T) switch
    {
        float => "F32",
        Half => "F16",
        int => "I32",
        short => "I16",
        sbyte => "I8",
        byte => "U8",
        ushort => "U16",
        _ => throw new NotSupportedException($"Safetensors holds no {typeof(T).Name} here."),
    };

    private static int SizeOf(string dtype, string name, Func<string, InputException> bad) => dtype switch
    {
        "F32" or "I32" => 4,
        "F16" or "I16" or "U16" => 2,
        "U8" or "I8" => 1,
        _ => throw bad($"{name} has the unknown type {dtype}"),
    };

    private sealed record Entry(string Dtype, int[] Shape, int Offset, int Length);
}
