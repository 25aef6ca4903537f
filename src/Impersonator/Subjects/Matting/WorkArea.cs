using System.Numerics;
using Impersonator.Imaging;

namespace Impersonator.Subjects.Matting;

/// <summary>The part of a photo where the person can be, and the small picture of it on which is worked.</summary>
/// <param name="Left">First column in the photo.</param>
/// <param name="Top">First row in the photo.</param>
/// <param name="Width">Columns of the part.</param>
/// <param name="Height">Rows of the part.</param>
/// <param name="WorkWidth">Columns of the small picture.</param>
/// <param name="WorkHeight">Rows of the small picture.</param>
internal sealed record WorkArea(int Left, int Top, int Width, int Height, int WorkWidth, int WorkHeight)
{
    /// <summary>Photo pixels in a work pixel.</summary>
    public float Scale => (float)Width / WorkWidth;

    /// <summary>Around the body's pixels and whatever may reach out of it, with some background to learn from.</summary>
    /// <exception cref="ArgumentException">The body covers nothing.</exception>
    public static WorkArea Around(Matte body, Reach reach, int longestSide)
    {
        (Vector2 low, Vector2 high) = reach.Box;
        bool covers = false;
        for (int y = 0; y < body.Height; y++)
        {
            Span<float> row = body.Row(y);
            int first = row.IndexOfAnyInRange(0.5f, float.MaxValue);
            if (first < 0) continue;
            covers = true;
            int last = row.LastIndexOfAnyInRange(0.5f, float.MaxValue);
            (low, high) = (Vector2.Min(low, new Vector2(first, y)), Vector2.Max(high, new Vector2(last + 1, y + 1)));
        }
        if (!covers) throw new ArgumentException("The body covers no pixel of the photo.", nameof(body));

        float margin = 0.08f * reach.Height;
        int left = (int)Math.Clamp(low.X - margin, 0, body.Width - 1), top = (int)Math.Clamp(low.Y - margin, 0, body.Height - 1);
        int right = (int)Math.Clamp(high.X + margin, left + 1, body.Width), bottom = (int)Math.Clamp(high.Y + margin, top + 1, body.Height);
        float shrink = MathF.Min(1, (float)longestSide / Math.Max(right - left, bottom - top));
        return new WorkArea(left, top, right - left, bottom - top, Math.Max(1, (int)MathF.Round((right - left) * shrink)), Math.Max(1, (int)MathF.Round((bottom - top) * shrink)));
    }

    /// <summary>Place in the photo of a work pixel's centre.</summary>
    public Vector2 PhotoFromWork(int x, int y) => new(Left + ((x + 0.5f) * Width / WorkWidth), Top + ((y + 0.5f) * Height / WorkHeight));

    /// <summary>The same part of a matte of the photo's size.</summary>
    public Matte Cut(Matte matte)
    {
        var part = new Matte(Width, Height);
        for (int y = 0; y < Height; y++) matte.Row(Top + y).Slice(Left, Width).CopyTo(part.Row(y));
        return part;
    }
}
