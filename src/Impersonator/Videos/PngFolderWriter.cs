using Impersonator.Files;
using Impersonator.Imaging;

namespace Impersonator.Videos;

/// <summary>A folder of <c>frame_00001.png</c>, <c>frame_00002.png</c>, …</summary>
internal sealed class PngFolderWriter : VideoWriter
{
    private const int FastLevel = 3;
    private readonly OutputFolder _folder;
    private readonly FrameEncoding _encoding;
    private int _written;

    public PngFolderWriter(string path, int width, int height, double frameRate) : base(width, height, frameRate)
    {
        _folder = OutputFolder.Create(path, "frame_*.png");
        ImageOptions options = ImageOptions.Default with { PngLevel = FastLevel };
        _encoding = new FrameEncoding(checked(width * height * 4), rgba => PictureEncoder.Encode(rgba, width, height, PictureFormat.Png, options), Save);
    }

    private protected override void WriteFrame(Frame frame) => _encoding.Add(frame);

    private protected override void WriteEnd()
    {
        _encoding.Finish();
        _folder.Complete();
    }

    private protected override void Close()
    {
        _encoding.Abandon();
        _folder.Dispose();
    }

    private void Save(byte[] png)
    {
        try
        {
            File.WriteAllBytes(Path.Combine(_folder.TemporaryPath, FormattableString.Invariant($"frame_{++_written:00000}.png")), png);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw OutputException.For(_folder.Path, cause);
        }
    }
}
