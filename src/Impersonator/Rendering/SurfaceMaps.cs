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

    /// <summary>What may hold triangles, exclusive at right and bottom; everything outside is empty.</summary>
    public (int Left, int Top, int Right, int Bottom) Touched { get; private set; }

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
        int from = 0, count = checked(((width + Lanes) * height) + Lanes);
        if (Triangles.Length < count) (Triangles, InverseDepths) = (new int[count], new float[count]);
        else if (width == Width && height == Height) (from, count) = (Touched.Top * Stride, Math.Max(0, Touched.Bottom - Touched.Top) * Stride);
        (Width, Height, Stride, Touched) = (width, height, width + Lanes, (width, height, 0, 0));
        Array.Fill(Triangles, -1, from, count);
        Array.Clear(InverseDepths, from, count);
    }

    /// <summary>Widens <see cref="Touched"/>.</summary>
    internal void Touch(int left, int top, int right, int bottom)
        => Touched = (Math.Min(Touched.Left, left), Math.Min(Touched.Top, top), Math.Max(Touched.Right, right), Math.Max(Touched.Bottom, bottom));

    /// <summary>Makes room for <see cref="Weights"/>.</summary>
    internal void AllocateWeights()
    {
        if (Weights.Length < Triangles.Length) Weights = new Vector2[Triangles.Length];
    }
}
