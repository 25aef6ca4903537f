using System.Numerics;

namespace Impersonator.Recovery;

/// <summary>How the network is shown a window of a photo: as it is, mirrored, turned, or both.</summary>
/// <param name="Window">What it is shown.</param>
/// <param name="Mirrored">Whether left and right change places in the picture.</param>
/// <param name="QuarterTurns">How often the camera is turned clockwise by 90°; a person who lies or hangs head down then stands.</param>
internal readonly record struct LookView(PhotoWindow Window, bool Mirrored = false, int QuarterTurns = 0)
{
    private static readonly Vector2 Middle = new(0.5f);

    /// <summary>A place in the network's picture, as a fraction of it, in pixels of the photo.</summary>
    public Vector2 ToPhoto(Vector2 fraction)
    {
        if (Mirrored) fraction.X = 1 - fraction.X;
        return Window.ToPhoto(Middle + Turned(fraction - Middle, QuarterTurns));
    }

    /// <summary>A place of the photo as a fraction of the network's picture.</summary>
    public Vector2 FromPhoto(Vector2 pixel)
    {
        Vector2 fraction = Middle + Turned(Window.FromPhoto(pixel) - Middle, -QuarterTurns);
        return Mirrored ? fraction with { X = 1 - fraction.X } : fraction;
    }

    private static Vector2 Turned(Vector2 v, int quarters) => (quarters & 3) switch
    {
        1 => new Vector2(-v.Y, v.X),
        2 => -v,
        3 => new Vector2(v.Y, -v.X),
        _ => v,
    };
}
