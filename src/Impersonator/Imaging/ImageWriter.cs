using Impersonator.Files;

namespace Impersonator.Imaging;

/// <summary>Writes pictures: PNG, JPEG or WebP by the path's ending, whole or not at all, marked as synthetic by default.</summary>
public static class ImageWriter
{
    /// <summary>Writes a picture.</summary>
    /// <param name="path">Ends in .png, .jpg, .jpeg or .webp; an older file is replaced.</param>
    /// <param name="image">Linear light, premultiplied.</param>
    /// <param name="options">Quality and mark; null = <see cref="ImageOptions.Default"/>.</param>
    /// <exception cref="OutputException">Unknown ending, or the place cannot be written.</exception>
    public static void Write(string path, Image image, ImageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        Write(path, image.ToFrame(), options);
    }

    /// <summary>Writes a frame.</summary>
    /// <param name="path">Ends in .png, .jpg, .jpeg or .webp; an older file is replaced.</param>
    /// <param name="frame">sRGB, straight alpha.</param>
    /// <param name="options">Quality and mark; null = <see cref="ImageOptions.Default"/>.</param>
    /// <exception cref="OutputException">Unknown ending, or the place cannot be written.</exception>
    public static void Write(string path, Frame frame, ImageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(frame);
        options = Checked(path, options);
        WriteBytes(path, PictureEncoder.Encode(frame.Rgba, frame.Width, frame.Height, PictureEncoder.FormatOf(path), options));
    }

    /// <summary>Writes a matte as grey, white = person. It is a measurement, so it carries no mark.</summary>
    /// <param name="path">Ends in .png, .jpg, .jpeg or .webp; an older file is replaced.</param>
    /// <param name="matte">Alpha in [0, 1].</param>
    /// <param name="options">Quality; null = <see cref="ImageOptions.Default"/>.</param>
    /// <exception cref="OutputException">Unknown ending, or the place cannot be written.</exception>
    public static void Write(string path, Matte matte, ImageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(matte);
        options = Checked(path, options);
        WriteBytes(path, PictureEncoder.Encode(matte, PictureEncoder.FormatOf(path), options));
    }

    private static ImageOptions Checked(string path, ImageOptions? options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        options ??= ImageOptions.Default;
        options.Validate();
        return options;
    }

    private static void WriteBytes(string path, byte[] bytes)
    {
        using OutputFile file = OutputFile.Create(path);
        file.Stream.Write(bytes);
        file.Complete();
    }
}
