namespace Impersonator.Training.Evaluation.Pictures;

/// <summary>A part of a picture that figures are taken from, in whole pixels.</summary>
internal readonly record struct PictureArea(int Left, int Top, int Width, int Height)
{
    /// <summary>One beyond the last column.</summary>
    public int Right => Left + Width;

    /// <summary>One beyond the last row.</summary>
    public int Bottom => Top + Height;

    /// <summary>The person's box: all pixels of a matte above one half, and some around them.</summary>
    /// <param name="alpha">[height, width] in 0..1.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="margin">More on each side, in shares of the box's longer side; never beyond the picture.</param>
    /// <returns>Null if nobody is there.</returns>
    /// <exception cref="ArgumentException">The matte has another size.</exception>
    public static PictureArea? Around(ReadOnlySpan<float> alpha, int width, int height, float margin = 0.02f)
    {
        if (alpha.Length != width * height) throw new ArgumentException($"{alpha.Length} values for {width}x{height}.", nameof(alpha));
        (int left, int top, int right, int bottom) = (width, height, -1, -1);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                if (alpha[(y * width) + x] <= 0.5f) continue;
                (left, right) = (Math.Min(left, x), Math.Max(right, x));
                (top, bottom) = (Math.Min(top, y), y);
            }
        }
        if (right < 0) return null;
        int more = (int)MathF.Ceiling(margin * Math.Max(right - left, bottom - top));
        (left, top, right, bottom) = (Math.Max(0, left - more), Math.Max(0, top - more), Math.Min(width, right + 1 + more), Math.Min(height, bottom + 1 + more));
        return new PictureArea(left, top, right - left, bottom - top);
    }

    /// <summary>What this and another have in common; empty (no width or height) if they are apart.</summary>
    public PictureArea Within(PictureArea other)
    {
        (int left, int top) = (Math.Max(Left, other.Left), Math.Max(Top, other.Top));
        return new PictureArea(left, top, Math.Max(0, Math.Min(Right, other.Right) - left), Math.Max(0, Math.Min(Bottom, other.Bottom) - top));
    }
}
