using Impersonator.Motions;

namespace Impersonator.Cli;

/// <summary>What <c>--motion</c> may be: a name from the library or a file.</summary>
internal static class MotionSource
{
    public static Motion Read(string nameOrFile, CancellationToken cancellationToken = default)
        => IsFile(nameOrFile) ? MotionFile.Read(nameOrFile, null, cancellationToken) : MotionLibrary.Create(nameOrFile);

    public static bool IsFile(string nameOrFile) => nameOrFile.AsSpan().ContainsAny('.', '/', '\\');
}
