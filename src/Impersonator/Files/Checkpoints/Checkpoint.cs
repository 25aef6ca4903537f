using System.Numerics;

namespace Impersonator.Files.Checkpoints;

/// <summary>The tensors of a PyTorch checkpoint (a <c>state_dict</c>), read without executing anything.</summary>
/// <remarks>
/// Two containers are known: the zip archive of PyTorch 1.6 and later, and the stream of pickles before it (magic number, version, sizes,
/// object, storage keys; then each storage's count and bytes). All sizes are checked against the file before memory is taken.
/// Source: PyTorch, torch/serialization.py.
/// </remarks>
public sealed class Checkpoint
{
    private const string Remedy = "save it again with torch.save(network.state_dict(), …)", Pickle = "data.pkl", Parallel = "module.";
    private const long ProtocolVersion = 1001;
    private const int MaxPickleBytes = 64 << 20;
    private static readonly BigInteger Magic = new([0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]);
    private readonly CheckpointVocabulary _words = new();
    private readonly InputLimits _limits;

    private Checkpoint(string name, InputLimits limits) => (FileName, _limits) = (name, limits);

    /// <summary>What a checkpoint may cost: generators are hundreds of megabytes large.</summary>
    public static InputLimits Limits { get; } = new() { MaxFileBytes = 4L << 30, MaxUnpackedBytes = 4L << 30 };

    /// <summary>File name, for messages.</summary>
    public string FileName { get; }

    /// <summary>Every tensor by its key; the prefix that training on several GPUs adds is gone.</summary>
    public IReadOnlyDictionary<string, CheckpointTensor> Tensors { get; private set; } = new Dictionary<string, CheckpointTensor>();

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="path">A .pth or .pt file of either container.</param>
    /// <param name="limits">What it may cost; null takes <see cref="Limits"/>.</param>
    /// <exception cref="InputException">Missing, too large, damaged, unsafe, big-endian, or holding something else than tensors.</exception>
    public static Checkpoint Read(string path, InputLimits? limits = null)
    {
        limits ??= Limits;
        var checkpoint = new Checkpoint(Path.GetFileName(path), limits);
        bool zip;
        using (FileStream stream = InputFile.Open(path, limits))
        {
            zip = stream.ReadByte() == 'P' && stream.ReadByte() == 'K';
            stream.Position = 0;
            if (!zip) checkpoint.Take(checkpoint.ReadStream(stream));
        }
        if (!zip) return checkpoint;
        using ZipReader archive = ZipReader.Open(path, limits, "fetch it again if it was cut short, or " + Remedy);
        checkpoint.Take(checkpoint.ReadZip(archive));
        return checkpoint;
    }

    private CheckpointFormatException Bad(string what, string remedy = Remedy) => new($"{FileName}: {what}; {remedy}.");

    private void Take(object? value)
    {
        if (value is not IReadOnlyDictionary<string, object?> dictionary) throw Bad("holds no dictionary of tensors");
        var tensors = new Dictionary<string, CheckpointTensor>();
        foreach ((string key, object? entry) in dictionary)
        {
            if (entry is CheckpointTensor tensor) tensors[key.StartsWith(Parallel, StringComparison.Ordinal) ? key[Parallel.Length..] : key] = tensor;
        }
        if (tensors.Count == 0) throw Bad($"holds no tensors at its top level{(dictionary.Count > 0 ? ", only " + string.Join(", ", dictionary.Keys.Take(5).Select(PickleSource.Shown)) : "")}");
        Tensors = tensors;
    }

    private object? ReadZip(ZipReader archive)
    {
        string[] pickles = [.. archive.EntryNames.Where(name => name == Pickle || name.EndsWith("/" + Pickle, StringComparison.Ordinal))];
        if (pickles is not [var pickle]) throw Bad($"is a zip archive with {pickles.Length} {Pickle}, a checkpoint has one");
        string folder = pickle[..^Pickle.Length];
        if (archive.Contains(folder + "byteorder") && System.Text.Encoding.ASCII.GetString(Entry(archive, folder + "byteorder", 16)).Trim() != "little") throw BigEndian();
        object? value = PickleReader.Read(new MemoryStream(Entry(archive, pickle, MaxPickleBytes)), FileName, _limits, _words);
        foreach (CheckpointStorage storage in _words.Storages.Values)
        {
            string name = $"{folder}data/{storage.Key}";
            if (!archive.Contains(name)) throw Bad($"has no numbers for storage {PickleSource.Shown(storage.Key)}");
            storage.Bytes = Entry(archive, name, storage.ByteCount, storage.ByteCount);
        }
        return value;
    }

    private byte[] Entry(ZipReader archive, string name, long most, long? exactly = null)
    {
        try
        {
            using Stream stream = archive.OpenEntry(name, out long length);
            if (length > most || (exactly is { } wanted && length != wanted)) throw Bad($"its {PickleSource.Shown(name)} has {length} bytes, {(exactly is null ? "at most " : "")}{most} are expected");
            var bytes = new byte[length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception cause) when (cause is EndOfStreamException or InvalidDataException)
        {
            throw new CheckpointFormatException($"{FileName}: its {PickleSource.Shown(name)} is damaged; {Remedy}.", cause);
        }
    }

    private object? ReadStream(FileStream stream)
    {
        if (Next() is not BigInteger magic || magic != Magic) throw Bad("is no PyTorch checkpoint");
        if (Next() is not ProtocolVersion) throw Bad("is a checkpoint of an unknown version");
        if (Next() is not IReadOnlyDictionary<string, object?> sizes) throw Bad("does not say its byte order");
        if (sizes.GetValueOrDefault("little_endian") is not true) throw BigEndian();
        object? value = Next();
        if (Next() is not IReadOnlyList<object?> keys) throw Bad("has no list of storages");
        Span<byte> count = stackalloc byte[sizeof(long)];
        var read = new HashSet<string>();
        foreach (object? key in keys)
        {
            if (key is not string text || !_words.Storages.TryGetValue(text, out CheckpointStorage? storage) || !read.Add(text)) throw Bad("lists a storage that no tensor has");
            if (stream.ReadAtLeast(count, count.Length, throwOnEndOfStream: false) < count.Length) throw Early();
            long given = System.Buffers.Binary.BinaryPrimitives.ReadInt64LittleEndian(count);
            if (given != storage.Count) throw Bad($"its storage {PickleSource.Shown(text)} has {given} numbers, {storage.Count} are expected");
            if (storage.ByteCount > stream.Length - stream.Position) throw Early();
            storage.Bytes = new byte[storage.ByteCount];
            stream.ReadExactly(storage.Bytes);
        }
        return read.Count == _words.Storages.Count ? value : throw Bad($"has numbers for {read.Count} of {_words.Storages.Count} storages");

        object? Next() => PickleReader.Read(stream, FileName, _limits, _words);
    }

    private CheckpointFormatException Early() => Bad("ends early", "the download was cut short or the file is damaged, fetch it again");

    private CheckpointFormatException BigEndian() => Bad("was written with the highest byte first", "save it again on a little-endian machine");
}
