using Impersonator.Files;

namespace Impersonator.Imaging;

/// <summary>Reads a photo: JPEG, PNG or WebP, upright, with its own alpha and focal length where the file has them.</summary>
public static class PhotoReader
{
    /// <summary>Reads a photo from a file.</summary>
    /// <param name="path">A JPEG, PNG or WebP file.</param>
    /// <param name="limits">What it may cost; null = <see cref="InputLimits.Default"/>.</param>
    /// <exception cref="PhotoException">Missing, too large, not a picture, or damaged.</exception>
    public static Photo Read(string path, InputLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        limits ??= InputLimits.Default;
        return Read(PictureDecoder.ReadBytes(path, limits), Path.GetFileName(path), limits);
    }

    /// <summary>Reads a photo from a stream, to its end.</summary>
    /// <param name="stream">The bytes of a JPEG, PNG or WebP file; stays open.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="limits">What it may cost; null = <see cref="InputLimits.Default"/>.</param>
    /// <exception cref="PhotoException">Too large, not a picture, or damaged.</exception>
    public static Photo Read(Stream stream, string name, InputLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        limits ??= InputLimits.Default;
        return Read(PictureDecoder.ReadBytes(stream, name, limits), name, limits);
    }

    private static Photo Read(byte[] bytes, string name, InputLimits limits)
    {
        Image image = PictureDecoder.Decode(bytes, name, limits, out bool hasAlpha);
        return new Photo(name, image, hasAlpha, FocalLengthReader.Read(bytes, image.Width, image.Height));
    }
}
