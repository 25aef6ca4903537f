using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace Impersonator.Files;

/// <summary>Writes a <c>.npz</c> file that <c>numpy.load</c> reads; the same arrays give the same bytes.</summary>
/// <remarks>The archive is whole when the writer is disposed; the stream stays open.</remarks>
public sealed class NpzWriter : IDisposable
{
    // A fixed time, so that the same arrays give the same bytes; zip knows no earlier one.
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ZipArchive _archive;

    /// <summary>Begins an archive.</summary>
    /// <param name="stream">Receives it; usually an <see cref="OutputFile"/>'s.</param>
    public NpzWriter(Stream stream) => _archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);

    /// <summary>Adds an array of numbers.</summary>
    /// <typeparam name="T">double, float, <see cref="Half"/>, an integer type or bool.</typeparam>
    /// <param name="name">Its name, without <c>.npy</c>.</param>
    /// <param name="values">The elements, last index fastest.</param>
    /// <param name="shape">Sides; none for a single value.</param>
    /// <exception cref="ArgumentException">The values do not fill the shape, or the type is unknown.</exception>
    public void Add<T>(string name, ReadOnlySpan<T> values, params ReadOnlySpan<int> shape) where T : unmanaged
    {
        long count = 1;
        foreach (int side in shape) count *= side;
        if (count != values.Length) throw new ArgumentException($"{values.Length} values for a shape of {count}.", nameof(shape));
        Write(name, NpyElement.NameOf(TypeOf<T>()), shape, MemoryMarshal.AsBytes(values));
    }

    /// <summary>Adds a text as a single value.</summary>
    /// <param name="name">Its name, without <c>.npy</c>.</param>
    /// <param name="text">The text.</param>
    public void Add(string name, string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        byte[] bytes = Encoding.UTF32.GetBytes(text);
        Write(name, $"<U{bytes.Length / 4}", [], bytes);
    }

    /// <summary>Ends the archive.</summary>
    public void Dispose() => _archive.Dispose();

    private void Write(string name, string descr, ReadOnlySpan<int> shape, ReadOnlySpan<byte> bytes)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ZipArchiveEntry entry = _archive.CreateEntry(name + ".npy", CompressionLevel.Optimal);
        entry.LastWriteTime = Time;
        using Stream stream = entry.Open();
        // The header ends on a multiple of 64 bytes, as numpy's does.
        string sides = shape.Length == 1 ? $"{shape[0]}," : string.Join(", ", shape.ToArray());
        string header = $"{{'descr': '{descr}', 'fortran_order': False, 'shape': ({sides}), }}";
        header = header.PadRight((header.Length + 11 + 63) / 64 * 64 - 11) + "\n";
        Span<byte> start = [0x93, .. "NUMPY"u8, 1, 0, 0, 0];
        BinaryPrimitives.WriteUInt16LittleEndian(start[8..], (ushort)header.Length);
        stream.Write(start);
        stream.Write(Encoding.ASCII.GetBytes(header));
        stream.Write(bytes);
    }

    private static NpyType TypeOf<T>() => default(T) switch
    {
        bool => NpyType.Boolean,
        sbyte => NpyType.Int8,
        short => NpyType.Int16,
        int => NpyType.Int32,
        long => NpyType.Int64,
        byte => NpyType.UInt8,
        ushort => NpyType.UInt16,
        uint => NpyType.UInt32,
        ulong => NpyType.UInt64,
        Half => NpyType.Float16,
        float => NpyType.Float32,
        double => NpyType.Float64,
        _ => throw new ArgumentException($"NumPy has no {typeof(T).Name}."),
    };
}
