namespace Impersonator.Files.Checkpoints;

/// <summary>A file that is no PyTorch checkpoint, a damaged one, or one of another network; one line.</summary>
public sealed class CheckpointFormatException : InputException
{
    /// <summary>Creates the error from its one-line message.</summary>
    public CheckpointFormatException(string message) : base(message) { }

    /// <summary>Creates the error from its one-line message and what caused it.</summary>
    public CheckpointFormatException(string message, Exception? cause) : base(message, cause) { }
}
