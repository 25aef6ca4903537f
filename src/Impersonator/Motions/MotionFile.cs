using Impersonator.Files;

namespace Impersonator.Motions;

/// <summary>Motion files by their ending.</summary>
public static class MotionFile
{
    internal const string Endings = ".bvh";

    internal static FileStream Open(string path, InputLimits limits)
    {
        var file = new FileInfo(path);
        if (!file.Exists) throw new InputException($"{path}: no such file.");
        if (file.Length > limits.MaxFileBytes) throw new InputException($"{path}: {file.Length} bytes are more than the limit of {limits.MaxFileBytes}; raise the file limit if you trust it.");
        try
        {
            return file.OpenRead();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be opened ({cause.Message}).", cause);
        }
    }
}
