using Impersonator.Files;

namespace Impersonator.Videos;

/// <summary>A video that cannot be read. The message is one line: what, where, what to do.</summary>
public sealed class VideoException : InputException
{
    /// <summary>Creates the error from its one-line message.</summary>
    public VideoException(string message) : base(message) { }

    /// <summary>Creates the error from its one-line message and what caused it.</summary>
    public VideoException(string message, Exception? cause) : base(message, cause) { }
}
