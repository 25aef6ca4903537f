using Impersonator.Files;
using Impersonator.Imaging;

namespace Impersonator.Videos;

/// <summary>A folder of pictures as a video.</summary>
internal sealed class PictureFolderReader : VideoReader
{
    private const double UsualFrameRate = 30;
    private readonly string[] _paths;
    private readonly Photo _first;
    private readonly InputLimits _limits;

    private PictureFolderReader(string[] paths, Photo first, InputLimits limits) : base(first.Width, first.Height, UsualFrameRate, paths.Length)
        => (_paths, _first, _limits) = (paths, first, limits);

    public static PictureFolderReader OpenFolder(string folder, InputLimits limits)
    {
        string[] paths;
        try
        {
            paths = [.. Directory.EnumerateFiles(folder).Where(IsPicture).Order(new NaturalOrder()).Take(limits.MaxFrames + 1)];
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new VideoException($"{folder} cannot be read: {cause.Message.ReplaceLineEndings(" ")}", cause);
        }
        if (paths.Length == 0) throw new VideoException($"{folder} holds no .jpg, .png or .webp pictures; give a folder of frames or a video file.");
        if (paths.Length > limits.MaxFrames) throw new VideoException($"{folder} holds more than {limits.MaxFrames} pictures, the limit; take fewer.");
        return new PictureFolderReader(paths, PhotoReader.Read(paths[0], limits), limits);
    }

    public override IEnumerable<Frame> ReadFrames(CancellationToken cancellationToken = default)
    {
        for (int i = 0; i < _paths.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Photo photo = i == 0 ? _first : PhotoReader.Read(_paths[i], _limits);
            if (photo.Width != Width || photo.Height != Height)
                throw new VideoException($"{_paths[i]} is {photo.Width}×{photo.Height}, the first picture of its folder is {Width}×{Height}; make all of one size.");
            yield return photo.Image.ToFrame();
        }
    }

    private protected override void Close()
    {
        // Every picture's file is closed as soon as it is read.
    }

    private static bool IsPicture(string path)
        => Path.GetExtension(path).ToLowerInvariant() is (".png" or ".jpg" or ".jpeg" or ".webp") && !Path.GetFileName(path).StartsWith('.');
}
