using System.IO.Compression;

namespace Impersonator.Files;

/// <summary>A zip archive from outside: what it unpacks to is limited, by what it claims and again while it is read.</summary>
internal sealed class ZipReader : IDisposable
{
    private readonly FileStream _file;
    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = [];
    private readonly string _remedy;

    private ZipReader(string name, FileStream file, ZipArchive archive, long maxUnpackedBytes, string remedy)
    {
        (Name, _file, _archive, _remedy) = (name, file, archive, remedy);
        long total = 0;
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            total = entry.Length < 0 ? long.MaxValue : Math.Min(total, long.MaxValue - entry.Length) + entry.Length;
            if (total > maxUnpackedBytes)
                throw new NpyFormatException($"{name}: unpacks to more than the limit of {maxUnpackedBytes >> 20} MiB; nothing was unpacked. Raise the unpacked limit if you trust the file.");
            _entries.TryAdd(entry.FullName, entry);
        }
    }

    /// <summary>File name, for messages.</summary>
    public string Name { get; }

    /// <summary>Names of the entries.</summary>
    public IReadOnlyCollection<string> EntryNames => _entries.Keys;

    /// <summary>Opens an archive.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="limits">What it may cost.</param>
    /// <param name="remedy">What to do about a damaged one.</param>
    /// <exception cref="InputException">Missing, too large, no zip archive, or unpacking to more than the limit.</exception>
    public static ZipReader Open(string path, InputLimits limits, string remedy = "save it again with numpy.savez")
    {
        string name = Path.GetFileName(path);
        FileStream file = InputFile.Open(path, limits);
        try
        {
            return new ZipReader(name, file, new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true), limits.MaxUnpackedBytes, remedy);
        }
        catch (InvalidDataException cause)
        {
            file.Dispose();
            throw new NpyFormatException($"{name}: is no zip archive or a damaged one; {remedy}.", cause);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Whether there is an entry of that name.</summary>
    public bool Contains(string entryName) => _entries.ContainsKey(entryName);

    /// <summary>Opens an entry, to be read once forward; the reader must take no more than <paramref name="length"/> bytes.</summary>
    /// <param name="entryName">One of <see cref="EntryNames"/>.</param>
    /// <param name="length">What the archive says that it unpacks to; within the limit together with all others.</param>
    /// <exception cref="NpyFormatException">The archive is damaged there.</exception>
    public Stream OpenEntry(string entryName, out long length)
    {
        ZipArchiveEntry entry = _entries[entryName];
        length = entry.Length;
        try
        {
            return entry.Open();
        }
        catch (InvalidDataException cause)
        {
            throw new NpyFormatException($"{Name}: {entryName} is damaged; {_remedy}.", cause);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _archive.Dispose();
        _file.Dispose();
    }
}
