namespace Impersonator.Files;

/// <summary>An output that cannot be written: full disk, missing or unwritable folder, unknown ending. One line.</summary>
public sealed class OutputException : InputException
{
    /// <summary>Creates the error from its one-line message.</summary>
    public OutputException(string message) : base(message) { }

    /// <summary>Creates the error from its one-line message and what caused it.</summary>
    public OutputException(string message, Exception? cause) : base(message, cause) { }

    /// <summary>The one line for a failed write to a path: the system's own first line, shortened, and what to do.</summary>
    internal static OutputException For(string path, Exception cause)
    {
        const int DiskFullLinux = 28, DiskFullWindows = 112;
        string what = cause switch
        {
            UnauthorizedAccessException => "no permission to write there; choose another place",
            DirectoryNotFoundException => "its folder does not exist; create it first",
            IOException when (cause.HResult & 0xFFFF) is DiskFullLinux or DiskFullWindows => "the disk is full; free some space or choose another place",
            _ => cause.Message.ReplaceLineEndings(" "),
        };
        return new OutputException($"{path} cannot be written: {what}", cause);
    }
}
