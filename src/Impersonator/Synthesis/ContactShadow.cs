using System.Numerics;
using Impersonator.Imaging;
using Impersonator.Rendering;

namespace Impersonator.Synthesis;

/// <summary>The soft dark spot where a body meets the ground: darker and smaller the nearer it is.</summary>
/// <remarks>
/// Vertices are counted on a grid of the ground plane, weighted down with height, and blurred: the ambient light that a body keeps
/// from the floor falls off with height the same way. An instance keeps its grid and belongs to one thread at a time.
/// </remarks>
internal sealed class ContactShadow
{
    private const int Cells = 96;
    private const float Cell = 0.03f, Height = 0.16f, Darkest = 0.55f;

    private readonly float[] _grid = new float[Cells * Cells], _blurred = new float[Cells * Cells];

    /// <summary>Darkens what a frame shows of the ground.</summary>
    /// <param name="frame">The background as the camera sees it.</param>
    /// <param name="camera">Its size is the frame's.</param>
    /// <param name="posed">[V] the body, world space, ground at y = 0.</param>
    public void Draw(Frame frame, Camera camera, ReadOnlySpan<Vector3> posed)
    {
        Vector3 middle = Vector3.Zero;
        foreach (Vector3 p in posed) middle += p / posed.Length;
        Vector2 corner = new Vector2(middle.X, middle.Z) - new Vector2(Cells * Cell / 2);
        Array.Clear(_grid);
        for (int v = 0; v < posed.Length; v++)
        {
            Vector2 at = (new Vector2(posed[v].X, posed[v].Z) - corner) / Cell;
            int x = (int)at.X, y = (int)at.Y;
            if ((uint)x < Cells && (uint)y < Cells) _grid[(y * Cells) + x] += MathF.Exp(-MathF.Max(0, posed[v].Y) / Height);
        }
        for (int pass = 0; pass < 2; pass++) Blur();

        // Only the pixels that the grid covers.
        Vector2 low = new(float.MaxValue), high = new(float.MinValue);
        foreach ((float x, float z) in (ReadOnlySpan<(float, float)>)[(0, 0), (1, 0), (0, 1), (1, 1)])
        {
            Vector3 p = new(corner.X + (x * Cells * Cell), 0, corner.Y + (z * Cells * Cell));
            if (camera.CameraFromWorld(p).Z < Rasterizer.Near)
            {
                (low, high) = (Vector2.Zero, new Vector2(frame.Width, frame.Height));
                break;
            }
            Vector2 pixel = camera.Project(p);
            (low, high) = (Vector2.Min(low, pixel), Vector2.Max(high, pixel));
        }
        Vector3 eye = camera.Position;
        Quaternion worldFromCamera = Quaternion.Conjugate(camera.Rotation);
        for (int y = Math.Max(0, (int)low.Y); y < Math.Min(frame.Height, high.Y + 1); y++)
            for (int x = Math.Max(0, (int)low.X); x < Math.Min(frame.Width, high.X + 1); x++)
            {
                Vector2 plane = (new Vector2(x + 0.5f, y + 0.5f) - camera.PrincipalPoint) / camera.FocalLength;
                Vector3 ray = Vector3.Transform(new Vector3(plane, 1), worldFromCamera);
                if (ray.Y >= -1e-4f) continue;
                Vector3 ground = eye - (ray * (eye.Y / ray.Y));
                float density = At((new Vector2(ground.X, ground.Z) - corner) / Cell);
                if (density <= 0.001f) continue;
                float light = 1 - (Darkest * (1 - MathF.Exp(-density * 0.12f)));
                Span<byte> pixel = frame.Rgba.AsSpan(4 * ((y * frame.Width) + x), 3);
                for (int c = 0; c < 3; c++) pixel[c] = Srgb.ToByte(Srgb.ToLinear(pixel[c]) * light);
            }
    }

    /// <summary>Bilinear; 0 outside the grid.</summary>
    private float At(Vector2 at)
    {
        float x = at.X - 0.5f, y = at.Y - 0.5f;
        int x0 = (int)MathF.Floor(x), y0 = (int)MathF.Floor(y);
        if (x0 < 0 || y0 < 0 || x0 >= Cells - 1 || y0 >= Cells - 1) return 0;
        float fx = x - x0, fy = y - y0;
        int i = (y0 * Cells) + x0;
        return float.Lerp(float.Lerp(_grid[i], _grid[i + 1], fx), float.Lerp(_grid[i + Cells], _grid[i + Cells + 1], fx), fy);
    }

    /// <summary>A box of five cells, both ways.</summary>
    private void Blur()
    {
        const int Radius = 2;
        for (int y = 0; y < Cells; y++)
            for (int x = 0; x < Cells; x++)
            {
                float sum = 0;
                for (int d = -Radius; d <= Radius; d++) if ((uint)(x + d) < Cells) sum += _grid[(y * Cells) + x + d];
                _blurred[(y * Cells) + x] = sum / ((2 * Radius) + 1);
            }
        for (int y = 0; y < Cells; y++)
            for (int x = 0; x < Cells; x++)
            {
                float sum = 0;
                for (int d = -Radius; d <= Radius; d++) if ((uint)(y + d) < Cells) sum += _blurred[((y + d) * Cells) + x];
                _grid[(y * Cells) + x] = sum / ((2 * Radius) + 1);
            }
    }
}
