using Impersonator.Imaging;

namespace Impersonator.Training.Evaluation.Pictures;

/// <summary>A picture of a person as figures are taken from it: sRGB over a plain grey, and its matte.</summary>
/// <remarks>The grey is the same for all that is compared, so a matte that is wrong shows in every figure as a wrong colour.</remarks>
internal sealed class ComparedPicture
{
    /// <summary>What is behind the person, sRGB in 0..1.</summary>
    public const float Grey = 0.5f;

    /// <summary>Makes a picture of given values.</summary>
    /// <param name="width">W.</param>
    /// <param name="height">H.</param>
    /// <param name="rgb">[3, H, W] sRGB in 0..1, already over what is behind.</param>
    /// <param name="alpha">[H, W] in 0..1.</param>
    /// <exception cref="ArgumentException">An array has another length.</exception>
    public ComparedPicture(int width, int height, float[] rgb, float[] alpha)
    {
        if (alpha.Length != width * height || rgb.Length != 3 * alpha.Length) throw new ArgumentException($"{rgb.Length} and {alpha.Length} values for {width}x{height}.", nameof(rgb));
        (Width, Height, Rgb, Alpha) = (width, height, rgb, alpha);
    }

    /// <summary>W.</summary>
    public int Width { get; }

    /// <summary>H.</summary>
    public int Height { get; }

    /// <summary>[3, H, W] sRGB in 0..1 over what is behind.</summary>
    public float[] Rgb { get; }

    /// <summary>[H, W] in 0..1.</summary>
    public float[] Alpha { get; }

    /// <summary>All of it.</summary>
    public PictureArea Whole => new(0, 0, Width, Height);

    /// <summary>From bytes as painters store them.</summary>
    /// <param name="planes">[4, side, side] straight sRGB and alpha.</param>
    /// <param name="side">Columns and rows.</param>
    public static ComparedPicture OfPlanes(ReadOnlySpan<byte> planes, int side)
    {
        int pixels = side * side;
        var (rgb, alpha) = (new float[3 * pixels], new float[pixels]);
        for (int i = 0; i < pixels; i++)
        {
            alpha[i] = planes[(3 * pixels) + i] / 255f;
            for (int c = 0; c < 3; c++) rgb[(c * pixels) + i] = (planes[(c * pixels) + i] / 255f * alpha[i]) + (Grey * (1 - alpha[i]));
        }
        return new ComparedPicture(side, side, rgb, alpha);
    }

    /// <summary>From a finished frame; its alpha is the matte.</summary>
    public static ComparedPicture OfFrame(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        int pixels = frame.Width * frame.Height;
        var (rgb, alpha) = (new float[3 * pixels], new float[pixels]);
        for (int i = 0; i < pixels; i++)
        {
            alpha[i] = frame.Rgba[(4 * i) + 3] / 255f;
            for (int c = 0; c < 3; c++) rgb[(c * pixels) + i] = (frame.Rgba[(4 * i) + c] / 255f * alpha[i]) + (Grey * (1 - alpha[i]));
        }
        return new ComparedPicture(frame.Width, frame.Height, rgb, alpha);
    }

    /// <summary>[H, W] how light each pixel is: Rec. 601's weights on sRGB values, as SSIM's authors take it.</summary>
    public float[] Light()
    {
        int pixels = Width * Height;
        var light = new float[pixels];
        for (int i = 0; i < pixels; i++) light[i] = (0.299f * Rgb[i]) + (0.587f * Rgb[pixels + i]) + (0.114f * Rgb[(2 * pixels) + i]);
        return light;
    }

    /// <summary>As a frame to look at: over the grey, opaque.</summary>
    public Frame ToFrame()
    {
        var frame = new Frame(Width, Height);
        int pixels = Width * Height;
        for (int i = 0; i < pixels; i++)
        {
            for (int c = 0; c < 3; c++) frame.Rgba[(4 * i) + c] = (byte)((Math.Clamp(Rgb[(c * pixels) + i], 0, 1) * 255) + 0.5f);
            frame.Rgba[(4 * i) + 3] = 255;
        }
        return frame;
    }

    /// <summary>Refuses a picture of another size.</summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public void RequireSizeOf(ComparedPicture other)
    {
        if (other.Width != Width || other.Height != Height) throw new ArgumentException($"{Width}x{Height} against {other.Width}x{other.Height}.", nameof(other));
    }
}
