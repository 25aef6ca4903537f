namespace Impersonator.Files;

/// <summary>A <c>.npy</c> or <c>.npz</c> file that cannot be read; one line.</summary>
public sealed class NpyFormatException : InputException
{
    /// <summary>Creates the error from its one-line message.</summary>
    public NpyFormatException(string message) : base(message) { }

    /// <summary>Creates the error from its one-line message and what caused it.</summary>
    public NpyFormatException(string message, Exception? cause) : base(message, cause) { }
}
