using Impersonator.Files;

namespace Impersonator.Imaging;

/// <summary>Reads a matte from a picture: its alpha if it has one, else its grey (white = person).</summary>
public static class MatteReader
{
    /// <summary>Reads a matte from a JPEG, PNG or WebP file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">What it may cost; null = <see cref="InputLimits.Default"/>.</param>
    /// <exception cref="PhotoException">Missing, too large, not a picture, or damaged.</exception>
    public static Matte Read(string path, InputLimits? limits = null)
    {
        Photo photo = PhotoReader.Read(path, limits);
        return photo.HasAlpha ? OfAlpha(photo.Image) : OfGrey(photo.Image);
    }

    /// <summary>A picture's alpha.</summary>
    public static Matte OfAlpha(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var matte = new Matte(image.Width, image.Height);
        for (int i = 0; i < matte.Values.Length; i++) matte.Values[i] = Math.Clamp(image.Pixels[i].W, 0, 1);
        return matte;
    }

    // A matte's grey is the stored value, not light: 128 means half covered.
    private static Matte OfGrey(Image image)
    {
        var matte = new Matte(image.Width, image.Height);
        for (int i = 0; i < matte.Values.Length; i++) matte.Values[i] = (float)Srgb.FromLinear(image.Pixels[i].Y);
        return matte;
    }
}
