namespace Impersonator.Benchmarks;

/// <summary>Options of a benchmark: <c>--name VALUE</c>.</summary>
internal static class Arguments
{
    /// <summary>The value behind an option's name; null if it is not given.</summary>
    public static string? ValueOf(this string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
