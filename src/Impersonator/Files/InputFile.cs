namespace Impersonator.Files;

/// <summary>Opens input files after looking at their size.</summary>
internal static class InputFile
{
    /// <summary>Opens a file to be read.</summary>
    /// <exception cref="InputException">Missing, unreadable or too large.</exception>
    public static FileStream Open(string path, InputLimits limits)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var file = new FileInfo(path);
        if (!file.Exists) throw new InputException($"{path}: no such file.");
        if (file.Length > limits.MaxFileBytes) throw new InputException($"{path}: {file.Length} bytes are more than the limit of {limits.MaxFileBytes}; raise the file limit if you trust it.");
        try
        {
            return file.OpenRead();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be opened ({cause.Message.ReplaceLineEndings(" ")}).", cause);
        }
    }
}
