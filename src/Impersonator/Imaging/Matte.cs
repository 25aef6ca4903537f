namespace Impersonator.Imaging;

/// <summary>How much of each pixel belongs to the person, [H, W] in [0, 1].</summary>
public sealed class Matte
{
    /// <summary>Creates an empty matte (0 everywhere).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive.</exception>
    public Matte(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        (Width, Height, Values) = (width, height, new float[checked(width * height)]);
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>[H, W] alpha, row by row.</summary>
    public float[] Values { get; }

    /// <summary>The alpha of a column and a row.</summary>
    public ref float this[int x, int y] => ref Values[(y * Width) + x];

    /// <summary>One row, left to right.</summary>
    public Span<float> Row(int y) => Values.AsSpan(y * Width, Width);
}
