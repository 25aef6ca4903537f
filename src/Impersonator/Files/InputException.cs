namespace Impersonator.Files;

/// <summary>Input from outside that cannot be used. The message is one line: what, where, what to do.</summary>
/// <remarks>Every reader's own exception derives from it, so a program can tell a bad file from a bug.</remarks>
public class InputException : Exception
{
    /// <summary>Creates the error from its one-line message.</summary>
    public InputException(string message) : base(message) { }

    /// <summary>Creates the error from its one-line message and what caused it.</summary>
    public InputException(string message, Exception? cause) : base(message, cause) { }
}
