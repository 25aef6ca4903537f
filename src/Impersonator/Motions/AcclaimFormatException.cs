using Impersonator.Files;

namespace Impersonator.Motions;

/// <summary>An ASF or AMC file that cannot be read; the message names file and line, what was found, what was expected and what to do.</summary>
public sealed class AcclaimFormatException : InputException
{
    /// <summary>Creates the error.</summary>
    /// <param name="file">File name.</param>
    /// <param name="line">Line, counted from 1.</param>
    /// <param name="problem">What was found, what was expected; what to do.</param>
    public AcclaimFormatException(string file, int line, string problem) : base($"{file} line {line}: {problem}") => Line = line;

    /// <summary>Line of the file, counted from 1.</summary>
    public int Line { get; }
}
