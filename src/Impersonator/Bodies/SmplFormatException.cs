using Impersonator.Files;

namespace Impersonator.Bodies;

/// <summary>A file that holds no body in SMPL's layout; one line.</summary>
public sealed class SmplFormatException : InputException
{
    /// <summary>Creates the error.</summary>
    /// <param name="file">File name.</param>
    /// <param name="problem">What was found and what is needed.</param>
    public SmplFormatException(string file, string problem) : base($"{file}: {problem}; use a model file of SMPL, SMPL-H or SMPL-X.") { }
}
