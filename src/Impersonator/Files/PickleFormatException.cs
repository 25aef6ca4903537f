namespace Impersonator.Files;

/// <summary>A pickle that cannot be read or that would run something; one line. Nothing was run.</summary>
public sealed class PickleFormatException : InputException
{
    /// <summary>Creates the error from its one-line message.</summary>
    public PickleFormatException(string message) : base(message) { }

    /// <summary>Creates the error from its one-line message and what caused it.</summary>
    public PickleFormatException(string message, Exception? cause) : base(message, cause) { }
}
