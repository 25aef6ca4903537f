using Impersonator.Files;
using Impersonator.Motions;

namespace Impersonator.Cli;

/// <summary>What <c>--motion</c> may be: a name from the library or a file.</summary>
internal static class MotionSource
{
    public static Motion Read(string nameOrFile)
        => nameOrFile.Contains('.') || nameOrFile.Contains('/') || nameOrFile.Contains('\\')
            ? throw new InputException($"{nameOrFile}: motion files are not read yet; give a name from the library.")
            : MotionLibrary.Create(nameOrFile);
}
