namespace Impersonator.Files;

/// <summary>A folder of files being written: a temporary folder beside its target, renamed when whole, deleted otherwise.</summary>
/// <remarks>An older folder is replaced only if it holds nothing but files that such a writer makes.</remarks>
public sealed class OutputFolder : IDisposable
{
    private readonly string[] _patterns;
    private bool _completed;

    private OutputFolder(string path, string temporaryPath, string[] patterns) => (Path, TemporaryPath, _patterns) = (path, temporaryPath, patterns);

    /// <summary>The target, as given.</summary>
    public string Path { get; }

    /// <summary>Where the files are until the folder is whole; write them here.</summary>
    public string TemporaryPath { get; }

    /// <summary>Creates the temporary folder.</summary>
    /// <param name="path">The target folder.</param>
    /// <param name="patterns">Names of the files that will be written, such as <c>frame_*.png</c>: only a folder with nothing else is replaced.</param>
    /// <exception cref="OutputException">The target holds other files, is a file itself, or the place is not writable.</exception>
    public static OutputFolder Create(string path, params string[] patterns)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(patterns);
        string target = System.IO.Path.GetFullPath(System.IO.Path.TrimEndingDirectorySeparator(path));
        ThrowIfPrecious(path, target, patterns);
        string temporaryPath = TemporaryName.Beside(target);
        try
        {
            if (System.IO.Path.GetDirectoryName(temporaryPath) is { } parent && !Directory.Exists(parent)) throw new DirectoryNotFoundException();
            Directory.CreateDirectory(temporaryPath);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw OutputException.For(path, cause);
        }
        return new OutputFolder(path, temporaryPath, patterns);
    }

    /// <summary>Renames: from here on the target is whole.</summary>
    /// <exception cref="OutputException">The target cannot be replaced.</exception>
    public void Complete()
    {
        ObjectDisposedException.ThrowIf(_completed, this);
        string target = System.IO.Path.GetFullPath(System.IO.Path.TrimEndingDirectorySeparator(Path));
        ThrowIfPrecious(Path, target, _patterns);
        try
        {
            if (Directory.Exists(target)) Directory.Delete(target, recursive: true);
            Directory.Move(TemporaryPath, target);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw OutputException.For(Path, cause);
        }
        _completed = true;
    }

    /// <summary>Deletes the temporary folder unless <see cref="Complete"/> succeeded.</summary>
    public void Dispose()
    {
        if (!_completed && Directory.Exists(TemporaryPath)) Directory.Delete(TemporaryPath, recursive: true);
    }

    private static void ThrowIfPrecious(string path, string target, string[] patterns)
    {
        if (File.Exists(target)) throw new OutputException($"{path} is a file; name a new folder.");
        if (!Directory.Exists(target)) return;
        int ours = patterns.SelectMany(pattern => Directory.GetFiles(target, pattern)).Distinct().Count();
        if (Directory.EnumerateFileSystemEntries(target).Count() > ours)
            throw new OutputException($"{path} holds other files than {string.Join(", ", patterns)}; name a new or an empty folder.");
    }
}
