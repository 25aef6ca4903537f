using Impersonator.Files;

namespace Impersonator.Imaging;

/// <summary>A picture that cannot be read, or a place where none can be. The message is one line: what, where, what to do.</summary>
public sealed class PhotoException : InputException
{
    /// <summary>Creates the error from its one-line message.</summary>
    public PhotoException(string message) : base(message) { }

    /// <summary>Creates the error from its one-line message and what caused it.</summary>
    public PhotoException(string message, Exception? cause) : base(message, cause) { }
}
