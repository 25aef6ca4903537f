using System.Diagnostics;

namespace Impersonator.Torch;

/// <summary>Where libtorch's shared libraries lie: the user's word first, then what came with the program, then Python's.</summary>
internal static class TorchFolder
{
    /// <summary>Environment variable that names a libtorch, a Python torch, or its lib folder.</summary>
    public const string Variable = "IMPERSONATOR_TORCH";

    /// <summary>The file beside the program whose one line names the CPU package's folder.</summary>
    private const string Note = "libtorch.path";

    public static string Find(string? option)
    {
        if (!string.IsNullOrEmpty(option)) return Within(option, "--torch");
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } variable) return Within(variable, Variable);
        string note = Path.Combine(AppContext.BaseDirectory, Note);
        if (File.Exists(note) && Holds(File.ReadAllText(note).Trim()) is { } packaged) return packaged;
        return Python() ?? throw new TorchException($"libtorch was not found; install PyTorch for python3, or unpack libtorch and name its folder by --torch or {Variable}.");
    }

    private static string Within(string named, string by)
        => (string[])[named, Path.Combine(named, "lib"), Path.Combine(named, "torch", "lib")] is var places && places.Select(Holds).FirstOrDefault(p => p is not null) is { } found ? found
            : throw new TorchException($"{by} {named}: no libtorch_cpu.so in it or in its lib; name the folder of a libtorch or of a Python torch package.");

    private static string? Holds(string folder) => File.Exists(Path.Combine(folder, "libtorch_cpu.so")) ? Path.GetFullPath(folder) : null;

    private static string? Python()
    {
        try
        {
            // Where the package lies, without importing it: that takes seconds.
            var ask = new ProcessStartInfo("python3", ["-c", "import importlib.util as u, os; print(os.path.join(os.path.dirname(u.find_spec('torch').origin), 'lib'))"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(ask)!;
            string answer = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? Holds(answer) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
