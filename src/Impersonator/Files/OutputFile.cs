namespace Impersonator.Files;

/// <summary>A file being written: a temporary file beside its target, renamed when whole, deleted otherwise.</summary>
/// <remarks>
/// Beside the target, not in a temporary folder, so that the final rename stays on one disk and cannot fail half-way.
/// Whoever opens it calls <see cref="Complete"/> last; <see cref="Dispose"/> without it leaves nothing behind.
/// </remarks>
public sealed class OutputFile : IDisposable
{
    private readonly OutputStream _stream;
    private bool _completed;

    private OutputFile(string path, string temporaryPath, Stream file)
        => (Path, TemporaryPath, _stream) = (path, temporaryPath, new OutputStream(file, path));

    /// <summary>The target, as given.</summary>
    public string Path { get; }

    /// <summary>Where the bytes are until the file is whole.</summary>
    public string TemporaryPath { get; }

    /// <summary>Takes the bytes; seekable. Its failures are <see cref="OutputException"/>.</summary>
    public Stream Stream => _stream;

    /// <summary>Opens the temporary file; an older target stays untouched until <see cref="Complete"/>.</summary>
    /// <exception cref="OutputException">The folder is missing or not writable, or the target is a folder.</exception>
    public static OutputFile Create(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (Directory.Exists(path)) throw new OutputException($"{path} is a folder; name a file.");
        string temporaryPath = TemporaryName.Beside(path);
        try
        {
            return new OutputFile(path, temporaryPath, new FileStream(temporaryPath, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 1 << 16));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw OutputException.For(path, cause);
        }
    }

    /// <summary>Flushes, closes and renames: from here on the target is whole.</summary>
    /// <exception cref="OutputException">The disk is full or the target cannot be replaced.</exception>
    public void Complete()
    {
        ObjectDisposedException.ThrowIf(_completed, this);
        _stream.Flush();
        _stream.Dispose();
        try
        {
            File.Move(TemporaryPath, Path, overwrite: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw OutputException.For(Path, cause);
        }
        _completed = true;
    }

    /// <summary>Deletes the temporary file unless <see cref="Complete"/> succeeded.</summary>
    public void Dispose()
    {
        if (_completed) return;
        try
        {
            _stream.Dispose();
        }
        catch (OutputException)
        {
            // Flushing the rest onto a full disk fails again; the file is thrown away anyway.
        }
        File.Delete(TemporaryPath);
    }
}
