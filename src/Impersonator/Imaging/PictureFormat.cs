namespace Impersonator.Imaging;

/// <summary>The kinds of picture file that are written.</summary>
internal enum PictureFormat
{
    Png,
    Jpeg,
    Webp,
}
