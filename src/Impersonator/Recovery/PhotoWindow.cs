using System.Numerics;

namespace Impersonator.Recovery;

/// <summary>A square region of a photo that the network sees as one picture; may reach beyond the photo.</summary>
/// <param name="Left">Pixels of the photo.</param>
/// <param name="Top">Pixels of the photo.</param>
/// <param name="Side">Pixels of the photo.</param>
public readonly record struct PhotoWindow(float Left, float Top, float Side)
{
    /// <summary>The smallest window that shows a whole photo, the photo in its middle.</summary>
    public static PhotoWindow Whole(int width, int height)
    {
        float side = Math.Max(width, height);
        return new PhotoWindow((width - side) / 2, (height - side) / 2, side);
    }

    /// <summary>The window around a box.</summary>
    /// <param name="low">Left and top.</param>
    /// <param name="high">Right and bottom.</param>
    /// <param name="margin">Side of the window in longer sides of the box.</param>
    public static PhotoWindow Around(Vector2 low, Vector2 high, float margin)
    {
        float side = MathF.Max(16, margin * MathF.Max(high.X - low.X, high.Y - low.Y));
        Vector2 middle = (low + high) / 2;
        return new PhotoWindow(middle.X - (side / 2), middle.Y - (side / 2), side);
    }

    /// <summary>A place in the window, 0..1 to the right and down, in pixels of the photo.</summary>
    public Vector2 ToPhoto(Vector2 fraction) => new Vector2(Left, Top) + (fraction * Side);

    /// <summary>A place in the photo as a fraction of the window.</summary>
    public Vector2 FromPhoto(Vector2 pixel) => (pixel - new Vector2(Left, Top)) / Side;

    /// <summary>Whether another window shows nearly the same at nearly the same size.</summary>
    internal bool IsNearly(PhotoWindow other)
    {
        Vector2 apart = new Vector2(Left - other.Left, Top - other.Top) + new Vector2((Side - other.Side) / 2);
        return MathF.Abs(MathF.Log(Side / other.Side)) < 0.15f && apart.Length() < 0.08f * Side;
    }
}
