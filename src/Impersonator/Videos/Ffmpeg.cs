using System.Diagnostics;

namespace Impersonator.Videos;

/// <summary>Finds and starts the programs <c>ffmpeg</c> and <c>ffprobe</c>.</summary>
/// <remarks>A child gets a clean environment: nothing of ours leaks into it and nothing set for it changes the result.</remarks>
internal static class Ffmpeg
{
    private static readonly string[] Kept = ["PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SystemRoot", "TEMP", "TMPDIR"];

    /// <summary>Containers that hold their own pictures. Play lists, which name other files and addresses, are not among them.</summary>
    public const string Containers = "mov,matroska,webm,avi,gif,mpeg,mpegts,ogg,flv,asf";

    /// <summary>Path of a program on the PATH, or null.</summary>
    public static string? Find(string program)
    {
        string name = OperatingSystem.IsWindows() ? program + ".exe" : program;
        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            if (Path.Combine(folder, name) is var path && Path.IsPathFullyQualified(path) && File.Exists(path)) return path;
        return null;
    }

    /// <summary>How a path is told to ffmpeg, so that it is never taken for an option or a protocol.</summary>
    public static string UrlOf(string path) => "file:" + Path.GetFullPath(path);

    /// <summary>Starts a program with its streams redirected as asked.</summary>
    public static Process Start(string program, IEnumerable<string> arguments, bool takesInput, bool givesOutput)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = takesInput,
            RedirectStandardOutput = givesOutput,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (string name in Kept)
            if (Environment.GetEnvironmentVariable(name) is { } value) start.Environment[name] = value;
        start.Environment["LC_ALL"] = "C";
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    /// <summary>Ends a child that may still run, and waits until it is gone.</summary>
    public static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It had ended by itself.
        }
        process.WaitForExit();
        process.Dispose();
    }
}
