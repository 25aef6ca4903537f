namespace Impersonator.Rendering;

/// <summary>What a camera sees at each pixel: which triangle, and how far.</summary>
/// <remarks>Reused from frame to frame; <see cref="Clear"/> sizes it. Rows are padded by one SIMD step, so that steps never wrap.</remarks>
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
        (Width, Height, Stride) = (width, height, width + Lanes);
        int count = checked((Stride * height) + Lanes);
        if (Triangles.Length < count) (Triangles, InverseDepths) = (new int[count], new float[count]);
        Array.Fill(Triangles, -1, 0, count);
        Array.Clear(InverseDepths, 0, count);
    }
}
