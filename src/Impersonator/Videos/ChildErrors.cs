using System.Diagnostics;

namespace Impersonator.Videos;

/// <summary>Reads a child's error stream beside the work and keeps what says why it failed: the first line.</summary>
internal sealed class ChildErrors
{
    private readonly Lock _lock = new();
    private string? _first;

    public ChildErrors(Process process)
    {
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>The first line without the part of ffmpeg that speaks, or null where it said nothing.</summary>
    public string? First
    {
        get
        {
            lock (_lock) return _first;
        }
    }

    private void Add(string? line)
    {
        if (string.IsNullOrWhiteSpace(line)) return;
        int speaker = line.StartsWith('[') ? line.IndexOf("] ", StringComparison.Ordinal) : -1;
        lock (_lock) _first ??= line[(speaker >= 0 ? speaker + 2 : 0)..].Trim();
    }
}
