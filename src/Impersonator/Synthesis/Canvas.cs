using System.Numerics;
using Impersonator.Imaging;
using Impersonator.Rendering;
using Impersonator.Subjects.Backgrounds;

namespace Impersonator.Synthesis;

/// <summary>The picture a shot is drawn on: the photo's, or a larger one around it so that a motion fits in.</summary>
/// <param name="Camera">The photo's camera with the canvas' size; the perspective is the photo's.</param>
/// <param name="Background">What lies behind the subject, of the canvas' size, opaque.</param>
internal sealed record Canvas(Camera Camera, Image Background)
{
    /// <summary>What a moving camera may see on each side of the photo before it repeats, of the photo's width.</summary>
    private const float Beside = 0.4f;

    /// <summary>Free space around a motion, of the picture's longer side.</summary>
    private const float Margin = 0.04f;

    /// <summary>Most that is added on one side, of the photo's: beyond, the person would be lost in what is made up.</summary>
    private const float MostAdded = 0.75f;

    /// <summary>Added rows or columns fewer than this are not worth making anything up, in shares of the photo.</summary>
    private const float Smallest = 0.005f;

    /// <summary>The photo itself at the output's size.</summary>
    public static Canvas OfPhoto(Camera photo, Image background, int size)
    {
        (int width, int height) = FrameSize(photo.Width, photo.Height, size);
        return new Canvas(photo.Scaled(width, height), background.Resize(width, height));
    }

    /// <summary>Whether a canvas around a photo can hold what a motion sweeps over; what walks into the camera it cannot.</summary>
    public static bool CanHold(Camera photo, MotionExtent extent)
        => -extent.Low.X < MostAdded * photo.Width && extent.High.X - photo.Width < MostAdded * photo.Width
            && -extent.Low.Y < MostAdded * photo.Height && extent.High.Y - photo.Height < MostAdded * photo.Height;

    /// <summary>The photo and around it as much as a motion needs; what lies there is made of what the photo shows.</summary>
    /// <param name="photo">The photo's camera.</param>
    /// <param name="background">The photo without the person.</param>
    /// <param name="extent">What the motion sweeps over, pixels of the photo's camera.</param>
    /// <param name="size">The longer side of the result, pixels.</param>
    /// <param name="seed">Seed of the completion.</param>
    /// <param name="cancellationToken">Stops the completion.</param>
    public static Canvas Around(Camera photo, Image background, MotionExtent extent, int size, int seed = 1, CancellationToken cancellationToken = default)
    {
        float margin = Margin * Math.Max(photo.Width, photo.Height);
        float left = Beyond(-extent.Low.X, photo.Width), right = Beyond(extent.High.X - photo.Width, photo.Width);
        float top = Beyond(-extent.Low.Y, photo.Height), bottom = Beyond(extent.High.Y - photo.Height, photo.Height);
        if (left + right + top + bottom == 0) return OfPhoto(photo, background, size);

        (int width, int height) = FrameSize(left + photo.Width + right, top + photo.Height + bottom, size);
        float scale = MathF.Min(width / (left + photo.Width + right), height / (top + photo.Height + bottom));
        int inside = Math.Min(width, (int)MathF.Round(photo.Width * scale)), insideHeight = Math.Min(height, (int)MathF.Round(photo.Height * scale));
        int x = Math.Min((int)MathF.Round(left * scale), width - inside), y = Math.Min((int)MathF.Round(top * scale), height - insideHeight);
        Camera camera = photo.Scaled(inside, insideHeight);
        Image extended = BackgroundFill.Extend(background.Resize(inside, insideHeight), x, y, width - inside - x, height - insideHeight - y, seed, cancellationToken);
        return new Canvas(camera with { Width = width, Height = height, PrincipalPoint = camera.PrincipalPoint + new Vector2(x, y) }, extended);

        float Beyond(float pixels, int side) => pixels < Smallest * side ? 0 : MathF.Min(pixels + margin, MostAdded * side);
    }

    /// <summary>The same with more beside it, for cameras that move.</summary>
    /// <param name="seed">Seed of the completion.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Canvas Widened(int seed, CancellationToken cancellationToken = default)
    {
        int more = (int)(Beside * Camera.Width);
        return new Canvas(Camera with { Width = Camera.Width + (2 * more), PrincipalPoint = Camera.PrincipalPoint + new Vector2(more, 0) }, BackgroundFill.Extend(Background, more, 0, more, 0, seed, cancellationToken));
    }

    /// <summary>A size of the same shape with a longer side as asked for, even as video wants it.</summary>
    public static (int Width, int Height) FrameSize(float width, float height, int size)
    {
        float scale = size / MathF.Max(width, height);
        return (Even(width * scale), Even(height * scale));
        static int Even(float side) => Math.Max(2, 2 * (int)MathF.Round(side / 2));
    }
}
