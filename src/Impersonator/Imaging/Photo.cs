namespace Impersonator.Imaging;

/// <summary>The input picture, upright (EXIF orientation applied).</summary>
/// <param name="Name">File name, for messages.</param>
/// <param name="Image">The pixels.</param>
/// <param name="HasAlpha">The file carried a matte of its own: some pixel is not opaque.</param>
/// <param name="FocalLength">Focal length in pixels of <paramref name="Image"/>, from EXIF; null when unknown.</param>
public sealed record Photo(string Name, Image Image, bool HasAlpha = false, float? FocalLength = null)
{
    /// <summary>Columns of the upright picture.</summary>
    public int Width => Image.Width;

    /// <summary>Rows of the upright picture.</summary>
    public int Height => Image.Height;
}
