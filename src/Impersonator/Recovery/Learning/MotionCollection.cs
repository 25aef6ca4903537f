using Impersonator.Files;
using Impersonator.Motions;

namespace Impersonator.Recovery.Learning;

/// <summary>All motions of some folders, and our own.</summary>
internal static class MotionCollection
{
    /// <summary>Reads the built-in motions and every motion file of the folders, by name.</summary>
    /// <param name="folders">Folders; their own folders are not entered.</param>
    /// <param name="report">Told of each file that is no person's motion.</param>
    /// <param name="except">Beginnings of file names to leave out, such as what a licence does not allow.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <exception cref="InputException">A folder is missing.</exception>
    public static IReadOnlyList<Motion> Read(IEnumerable<string> folders, Action<string> report, IReadOnlyList<string>? except = null, CancellationToken cancellationToken = default)
    {
        List<Motion> motions = [.. MotionLibrary.Names.Select(MotionLibrary.Create)];
        foreach (string folder in folders)
        {
            if (!Directory.Exists(folder)) throw new InputException($"{folder}: no such folder; give one with motion files.");
            foreach (string path in Directory.GetFiles(folder).Where(MotionFile.CanRead).Order(StringComparer.Ordinal))
            {
                cancellationToken.ThrowIfCancellationRequested();
                string name = Path.GetFileName(path);
                if (except?.Any(e => name.StartsWith(e, StringComparison.Ordinal)) == true) continue;
                try
                {
                    motions.Add(MotionFile.Read(path, null, cancellationToken));
                }
                catch (InputException e)
                {
                    report($"left out: {e.Message}");
                }
            }
        }
        return motions;
    }
}
