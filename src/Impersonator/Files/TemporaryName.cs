namespace Impersonator.Files;

/// <summary>Names for what is not whole yet: hidden, beside the target, unique on this machine while it runs.</summary>
internal static class TemporaryName
{
    private static int _count;

    public static string Beside(string path)
    {
        string full = Path.GetFullPath(Path.TrimEndingDirectorySeparator(path));
        string folder = Path.GetDirectoryName(full) ?? full;
        return Path.Combine(folder, $".{Path.GetFileName(full)}.{Environment.ProcessId}-{Interlocked.Increment(ref _count)}.part");
    }
}
