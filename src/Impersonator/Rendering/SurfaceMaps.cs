using System.Numerics;

namespace Impersonator.Rendering;

/// <summary>What a camera sees at each pixel: which triangle, where on it, and how far.</summary>
/// <remarks>
/// Reused from frame to frame; <see cref="Clear"/> sizes it. Rows are padded by one SIMD step, so that steps never wrap. One
/// thread at a time owns it; the drawing itself may use several.
/// </remarks>
public sealed class SurfaceMaps
{
    internal const int Lanes = 8;

    /// <summary>Columns.</summary>
    public int Width { get; private set; }

    /// <summary>Rows.</summary>
    public int Height { get; private set; }

    /// <summary>Distance between rows in the arrays; at least <see cref="Width"/>.</summary>
    public int Stride { get; private set; }

    /// <summary>[H, stride] triangle drawn at each pixel, counted through all meshes; −1 where there is none.</summary>
    public int[] Triangles { get; private set; } = [];

    /// <summary>[H, stride] 1 / z at the pixel's centre, z in metres; 0 where there is none.</summary>
    public float[] InverseDepths { get; private set; } = [];

    /// <summary>[H, stride] weights of the triangle's second and third corner, right in perspective; valid where a triangle is and after <see cref="SurfaceWeights.Fill"/>.</summary>
    public Vector2[] Weights { get; private set; } = [];

    /// <summary>Rows that may hold triangles, exclusive at the bottom; all others are empty.</summary>
    public (int Top, int Bottom) Touched { get; private set; }

    /// <summary>[H] columns of each row that may hold triangles, exclusive at the right; most rows of a person are short.</summary>
    internal (int Left, int Right)[] Spans { get; private set; } = [];

    /// <summary>The triangle at a column and a row, −1 for none.</summary>
    public int TriangleAt(int x, int y) => Triangles[(y * Stride) + x];

    /// <summary>Depth z at a column and a row, metres; infinite where there is nothing.</summary>
    public float DepthAt(int x, int y) => 1 / InverseDepths[(y * Stride) + x];

    /// <summary>Empties the maps for a picture of this size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive.</exception>
    public void Clear(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        int count = checked(((width + Lanes) * height) + Lanes);
        if (width == Width && height == Height)
        {
            for (int y = Touched.Top; y < Touched.Bottom; y++)
            {
                (int left, int right) = Spans[y];
                if (left >= right) continue;
                Array.Fill(Triangles, -1, (y * Stride) + left, right - left);
                Array.Clear(InverseDepths, (y * Stride) + left, right - left);
            }
        }
        else
        {
            if (Triangles.Length < count) (Triangles, InverseDepths) = (new int[count], new float[count]);
            if (Spans.Length < height) Spans = new (int, int)[height];
            Array.Fill(Triangles, -1, 0, count);
            Array.Clear(InverseDepths, 0, count);
        }
        (Width, Height, Stride, Touched) = (width, height, width + Lanes, (height, 0));
        Array.Fill(Spans, (width, 0));
    }

    /// <summary>Widens <see cref="Touched"/>.</summary>
    internal void Touch(int top, int bottom) => Touched = (Math.Min(Touched.Top, top), Math.Max(Touched.Bottom, bottom));

    /// <summary>Makes room for <see cref="Weights"/>.</summary>
    internal void AllocateWeights()
    {
        if (Weights.Length < Triangles.Length) Weights = new Vector2[Triangles.Length];
    }
}
