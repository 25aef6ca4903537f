using System.Numerics;
using Impersonator.Imaging;

namespace Impersonator.Rendering;

/// <summary>Draws a grid of lines on the ground, to see where feet stand and how far a body travels.</summary>
public static class GroundGrid
{
    /// <summary>Draws the lines over what a frame holds; they fade in the distance.</summary>
    /// <param name="frame">Receives the lines.</param>
    /// <param name="camera">Its size is the frame's.</param>
    /// <param name="spacing">Metres between lines.</param>
    /// <exception cref="ArgumentException">Frame and camera differ in size, or the spacing is not positive.</exception>
    public static void Draw(Frame frame, Camera camera, float spacing = 0.5f)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(camera);
        if (frame.Width != camera.Width || frame.Height != camera.Height)
            throw new ArgumentException($"A frame of {frame.Width}x{frame.Height} for a camera of {camera.Width}x{camera.Height}.", nameof(frame));
        if (!(spacing > 0)) throw new ArgumentOutOfRangeException(nameof(spacing), spacing, "Lines lie more than 0 m apart.");
        var plane = new GroundPlane(camera, 0);
        for (int y = 0; y < frame.Height; y++)
            for (int x = 0; x < frame.Width; x++)
            {
                Vector2 centre = new(x + 0.5f, y + 0.5f);
                if (!plane.TryMeet(centre, out Vector2 here) || !plane.TryMeet(centre + Vector2.UnitX, out Vector2 right) || !plane.TryMeet(centre + Vector2.UnitY, out Vector2 below)) continue;
                Vector2 perPixel = (Vector2.Abs(right - here) + Vector2.Abs(below - here)) / spacing, at = here / spacing;
                float cover = MathF.Max(Cover(at.X, perPixel.X), Cover(at.Y, perPixel.Y)) * 0.5f;
                if (cover <= 0) continue;
                foreach (ref byte channel in frame.Rgba.AsSpan(4 * ((y * frame.Width) + x), 3)) channel = (byte)(channel + ((90 - channel) * cover));
                ref byte alpha = ref frame.Rgba[(4 * ((y * frame.Width) + x)) + 3];
                alpha = (byte)Math.Max(alpha, 255 * cover);
            }
    }

    /// <summary>How much of a pixel a line one pixel wide covers; fades where lines come closer than four pixels.</summary>
    private static float Cover(float at, float perPixel)
    {
        float distance = MathF.Abs(at - MathF.Round(at)) / perPixel;
        return MathF.Max(0, 1 - distance) * Math.Clamp((0.5f - perPixel) * 4, 0, 1);
    }
}
