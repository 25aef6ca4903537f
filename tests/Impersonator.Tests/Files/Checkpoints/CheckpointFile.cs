using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace Impersonator.Tests.Files.Checkpoints;

/// <summary>Writes small checkpoints of both containers as PyTorch does, byte by byte, and broken ones.</summary>
internal sealed class CheckpointFile
{
    private readonly List<Entry> _entries = [];

    /// <summary>What the pickle calls to rebuild a tensor.</summary>
    public string Rebuild { get; set; } = "torch._utils\n_rebuild_tensor_v2";

    public bool LittleEndian { get; set; } = true;

    /// <summary>Changes the pickle of the object before it is written.</summary>
    public Func<byte[], byte[]> Change { get; set; } = pickle => pickle;

    public CheckpointFile Add(string key, ReadOnlySpan<float> values, params int[] shape) => Add<float>(key, "FloatStorage", values, shape);

    public CheckpointFile Add<T>(string key, string storage, ReadOnlySpan<T> values, params int[] shape) where T : unmanaged
        => Add(key, storage, MemoryMarshal.AsBytes(values).ToArray(), values.Length, 0, shape, Contiguous(shape));

    public CheckpointFile Add(string key, string storage, byte[] bytes, int count, int offset, int[] shape, int[] strides)
    {
        _entries.Add(new(key, storage, bytes, count, offset, shape, strides));
        return this;
    }

    /// <summary>The zip archive of PyTorch 1.6 and later.</summary>
    public byte[] Zip()
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Put(string name, byte[] bytes)
            {
                using Stream stream = zip.CreateEntry("archive/" + name, CompressionLevel.NoCompression).Open();
                stream.Write(bytes);
            }
            Put("data.pkl", Pickle());
            Put("byteorder", Encoding.ASCII.GetBytes(LittleEndian ? "little" : "big"));
            for (int i = 0; i < _entries.Count; i++) Put($"data/{i}", _entries[i].Bytes);
            Put("version", "3\n"u8.ToArray());
        }
        return memory.ToArray();
    }

    /// <summary>The stream of pickles that PyTorch wrote before; a view of another storage counts as none.</summary>
    public byte[] Stream()
    {
        byte[] keys = [0x80, 2, (byte)']', (byte)'(', .. Enumerable.Range(0, _entries.Count).SelectMany(i => Text($"{i}")), (byte)'e', (byte)'.'];
        byte[] sizes = [0x80, 2, .. "}("u8, .. Text("protocol_version"), (byte)'M', 0xE9, 3, .. Text("little_endian"), (byte)(LittleEndian ? 0x88 : 0x89), .. Text("type_sizes"), .. "}"u8, .. Text("short"), (byte)'K', 2, .. "su."u8];
        return
        [
            0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.', 0x80, 2, (byte)'M', 0xE9, 3, (byte)'.',
            .. sizes, .. Pickle(old: true), .. keys, .. _entries.SelectMany(e => (byte[])[.. BitConverter.GetBytes((long)e.Count), .. e.Bytes]),
        ];
    }

    public static int[] Contiguous(int[] shape) => [.. shape.Select((_, d) => shape[(d + 1)..].Aggregate(1, (a, b) => a * b))];

    public static byte[] Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return [(byte)'X', .. BitConverter.GetBytes(bytes.Length), .. bytes];
    }

    // As the pickler writes an OrderedDict with the attribute _metadata, protocol 2.
    private byte[] Pickle(bool old = false)
    {
        byte[] Global(string name) => [(byte)'c', .. Encoding.ASCII.GetBytes(name + "\n")];
        byte[] Tuple(IEnumerable<int> values) => [(byte)'(', .. values.SelectMany(v => (byte[])[(byte)'J', .. BitConverter.GetBytes(v)]), (byte)'t'];
        byte[] ordered = [.. Global("collections\nOrderedDict"), (byte)')', (byte)'R'];
        byte[] Tensor(Entry e, int i) =>
        [
            .. Text(e.Key), .. Global(Rebuild), .. "(("u8, .. Text("storage"), .. Global("torch\n" + e.Storage), .. Text($"{i}"), .. Text("cuda:0"), (byte)'J', .. BitConverter.GetBytes(e.Count), .. old ? "N"u8 : ""u8, (byte)'t', (byte)'Q',
            (byte)'J', .. BitConverter.GetBytes(e.Offset), .. Tuple(e.Shape), .. Tuple(e.Strides), 0x89, .. ordered, .. "tR"u8,
        ];
        return Change([0x80, 2, .. ordered, (byte)'q', 0, (byte)'(', .. _entries.SelectMany(Tensor), (byte)'u', (byte)'}', .. Text("_metadata"), .. ordered, .. "sb."u8]);
    }

    private sealed record Entry(string Key, string Storage, byte[] Bytes, int Count, int Offset, int[] Shape, int[] Strides);
}
