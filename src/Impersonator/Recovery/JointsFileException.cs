using Impersonator.Files;

namespace Impersonator.Recovery;

/// <summary>A joints file that is missing, unreadable or says nothing usable.</summary>
public sealed class JointsFileException : InputException
{
    /// <summary>Creates the error from its one-line message.</summary>
    public JointsFileException(string message) : base(message) { }
}
