using Impersonator.Imaging;
using Impersonator.Subjects.Matting;

namespace Impersonator.Subjects;

/// <summary>Where a figure ends against what surrounds it; where the picture cuts it off is no outline.</summary>
internal sealed class Outline
{
    /// <summary>A picture's border, pixels, where figures are cut off.</summary>
    private const int Border = 2;

    private Outline(int width, int height, bool[] mask) => (Width, Height, Mask) = (width, height, mask);

    public int Width { get; }

    public int Height { get; }

    /// <summary>[H, W] true on the figure's outermost pixels.</summary>
    public bool[] Mask { get; }

    /// <summary>The outline of the pixels of which half or more belongs to the figure.</summary>
    /// <param name="figure">The figure's alpha.</param>
    /// <param name="holes">Whether holes within the figure have outlines too, as between an arm and the body.</param>
    public static Outline Of(Matte figure, bool holes = false)
    {
        (int width, int height) = (figure.Width, figure.Height);
        bool[] outside = holes ? [.. figure.Values.Select(a => a < 0.5f)] : Outside(figure);
        var mask = new bool[width * height];
        for (int y = Border; y < height - Border; y++)
            for (int x = Border; x < width - Border; x++)
            {
                int i = (y * width) + x;
                mask[i] = !outside[i] && figure.Values[i] >= 0.5f && (outside[i - 1] || outside[i + 1] || outside[i - width] || outside[i + width]);
            }
        return new Outline(width, height, mask);
    }

    /// <summary>Mean distance from each pixel of one outline to the nearest of the other, and back: the mean of both ways, pixels.</summary>
    /// <returns>NaN where one is empty.</returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static float Distance(Outline a, Outline b)
    {
        if (a.Width != b.Width || a.Height != b.Height) throw new ArgumentException($"Outlines in pictures of {a.Width}x{a.Height} and {b.Width}x{b.Height}.", nameof(b));
        return (a.MeanTo(b) + b.MeanTo(a)) / 2;
    }

    private float MeanTo(Outline other)
    {
        float[] field = DistanceField.To(other.Mask, Width, Height);
        (double sum, int count) = (0, 0);
        for (int i = 0; i < field.Length; i++) if (Mask[i]) (sum, count) = (sum + field[i], count + 1);
        return count > 0 && Array.Exists(other.Mask, m => m) ? (float)(sum / count) : float.NaN;
    }

    /// <summary>[H, W] what is reached from the picture's border without crossing the figure.</summary>
    private static bool[] Outside(Matte figure)
    {
        (int width, int height) = (figure.Width, figure.Height);
        var outside = new bool[width * height];
        var open = new Stack<int>();
        void Visit(int x, int y)
        {
            if ((uint)x >= (uint)width || (uint)y >= (uint)height) return;
            int i = (y * width) + x;
            if (outside[i] || figure.Values[i] >= 0.5f) return;
            outside[i] = true;
            open.Push(i);
        }
        for (int x = 0; x < width; x++)
        {
            Visit(x, 0);
            Visit(x, height - 1);
        }
        for (int y = 0; y < height; y++)
        {
            Visit(0, y);
            Visit(width - 1, y);
        }
        while (open.TryPop(out int at))
        {
            (int x, int y) = (at % width, at / width);
            Visit(x - 1, y);
            Visit(x + 1, y);
            Visit(x, y - 1);
            Visit(x, y + 1);
        }
        return outside;
    }
}
