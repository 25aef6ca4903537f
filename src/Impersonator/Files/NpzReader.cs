namespace Impersonator.Files;

/// <summary>Reads the arrays of a <c>.npz</c> file one by one, when asked: a zip archive of <c>.npy</c> files.</summary>
/// <remarks>
/// An archive that claims to unpack to more than <see cref="InputLimits.MaxUnpackedBytes"/> is refused before anything is
/// unpacked; one that lies is read only as far as it claims. An array of objects is refused when it is asked for, so a file
/// that also holds some can be used.
/// </remarks>
public sealed class NpzReader : IDisposable
{
    private const string Ending = ".npy";
    private readonly ZipReader _zip;

    private NpzReader(ZipReader zip) => _zip = zip;

    /// <summary>Names of the arrays.</summary>
    public IEnumerable<string> Names => _zip.EntryNames.Where(n => n.EndsWith(Ending, StringComparison.Ordinal)).Select(n => n[..^Ending.Length]);

    /// <summary>File name, for messages.</summary>
    public string FileName => _zip.Name;

    /// <summary>Opens a file.</summary>
    /// <exception cref="InputException">Missing, too large, no zip archive, or unpacking to more than the limit.</exception>
    public static NpzReader Open(string path, InputLimits? limits = null) => new(ZipReader.Open(path, limits ?? InputLimits.Default));

    /// <summary>Whether there is an array of that name.</summary>
    public bool Contains(string name) => _zip.Contains(name + Ending);

    /// <summary>Reads an array.</summary>
    /// <exception cref="NpyFormatException">There is none of that name, it is damaged, or it holds objects.</exception>
    public NpyArray Read(string name)
    {
        if (!Contains(name)) throw new NpyFormatException($"{_zip.Name}: has no array \"{name}\", only {string.Join(", ", Names.Take(20))}.");
        using Stream stream = _zip.OpenEntry(name + Ending, out long length);
        return NpyReader.Read(stream, $"{_zip.Name}: {name}", length);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _zip.Dispose();
}
