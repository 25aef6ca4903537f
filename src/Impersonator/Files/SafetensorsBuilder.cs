using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Impersonator.Files;

/// <summary>Collects arrays and words, then writes them as one safetensors file.</summary>
public sealed class SafetensorsBuilder
{
    private readonly List<(string Name, string Dtype, int[] Shape, byte[] Bytes)> _arrays = [];
    private readonly SortedDictionary<string, string> _metadata = new(StringComparer.Ordinal);

    /// <summary>Adds a word to the header's metadata.</summary>
    public SafetensorsBuilder Add(string name, string word)
    {
        _metadata[name] = word;
        return this;
    }

    /// <summary>Adds an array, copied.</summary>
    /// <exception cref="ArgumentException">The values do not fill the shape.</exception>
    public SafetensorsBuilder Add<T>(string name, ReadOnlySpan<T> values, params ReadOnlySpan<int> shape) where T : unmanaged
    {
        int count = 1;
        foreach (int side in shape) count = checked(count * side);
        if (count != values.Length) throw new ArgumentException($"{values.Length} values do not fill [{string.Join(", ", shape.ToArray())}].", nameof(values));
        _arrays.Add((name, Safetensors.NameOf<T>(), shape.ToArray(), MemoryMarshal.AsBytes(values).ToArray()));
        return this;
    }

    /// <summary>Writes everything, arrays in the order they were added.</summary>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach ((string name, string word) in _metadata) json.WriteString(name, word);
            json.WriteEndObject();
            long offset = 0;
            foreach ((string name, string dtype, int[] shape, byte[] bytes) in _arrays)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", dtype);
                json.WriteStartArray("shape");
                foreach (int side in shape) json.WriteNumberValue(side);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += bytes.Length);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        // Readers map the arrays in place: keep them on a multiple of eight.
        while (header.Length % 8 != 0) header.WriteByte((byte)' ');
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        header.WriteTo(stream);
        foreach (var array in _arrays) stream.Write(array.Bytes);
    }
}
