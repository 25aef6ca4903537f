using Impersonator.Imaging;

namespace Impersonator.Training.Synthesis.Packing;

/// <summary>Reads picture files and shrinks them into pack textures.</summary>
internal static class PictureShrinker
{
    /// <summary>Reads a picture.</summary>
    /// <param name="path">JPEG, PNG or WebP.</param>
    /// <param name="most">Pixels of the shorter side.</param>
    /// <param name="alpha">Keep holes.</param>
    /// <param name="quality">As JPEG's.</param>
    /// <exception cref="PhotoException">Not a picture.</exception>
    public static PackTexture Load(string path, int most, bool alpha, int quality)
    {
        Image image = PhotoReader.Read(path).Image;
        float scale = MathF.Min(1, most / (float)Math.Min(image.Width, image.Height));
        if (scale < 1) image = Resampling.Resize(image, Math.Max(1, (int)MathF.Round(image.Width * scale)), Math.Max(1, (int)MathF.Round(image.Height * scale)));
        Frame frame = image.ToFrame();
        return PackTexture.From(frame.Width, frame.Height, frame.Rgba, alpha, quality);
    }
}
