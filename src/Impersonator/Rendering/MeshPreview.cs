using System.Numerics;
using Impersonator.Imaging;

namespace Impersonator.Rendering;

/// <summary>Draws meshes in plain clay with soft light from the camera's side, to look at shapes and motions.</summary>
public static class MeshPreview
{
    /// <summary>Draws one posed mesh over a frame, smooth edges included.</summary>
    /// <param name="frame">Receives the picture; what it held shows around the mesh.</param>
    /// <param name="camera">Its size is the frame's.</param>
    /// <param name="posed">[V] world space, metres.</param>
    /// <param name="triangles">[T·3] vertices of each triangle.</param>
    /// <param name="colour">Clay's colour, linear light. Default light grey.</param>
    /// <exception cref="ArgumentException">Frame and camera differ in size.</exception>
    public static void Draw(Frame frame, Camera camera, ReadOnlySpan<Vector3> posed, ReadOnlySpan<int> triangles, Vector3? colour = null)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(camera);
        if (frame.Width != camera.Width || frame.Height != camera.Height)
            throw new ArgumentException($"A frame of {frame.Width}x{frame.Height} for a camera of {camera.Width}x{camera.Height}.", nameof(frame));
        const int Side = 2; // samples per pixel side
        Camera fine = camera.Scaled(camera.Width * Side, camera.Height * Side);
        var positions = new Vector3[posed.Length];
        var normals = new Vector3[posed.Length];
        for (int v = 0; v < positions.Length; v++) positions[v] = camera.CameraFromWorld(posed[v]);
        MeshNormals.Compute(positions, triangles, normals);
        var maps = new SurfaceMaps();
        maps.Clear(fine.Width, fine.Height);
        Rasterizer.Draw(maps, fine, positions, triangles);
        Vector3 clay = colour ?? new Vector3(0.62f, 0.6f, 0.58f);
        Vector3 key = Vector3.Normalize(new Vector3(-0.5f, -0.7f, -0.8f)), rim = Vector3.Normalize(new Vector3(0.9f, -0.2f, -0.1f));
        for (int y = 0; y < frame.Height; y++)
            for (int x = 0; x < frame.Width; x++)
            {
                Vector3 sum = Vector3.Zero;
                int hit = 0;
                for (int k = 0; k < Side * Side; k++)
                {
                    int sx = (x * Side) + (k % Side), sy = (y * Side) + (k / Side), t = maps.TriangleAt(sx, sy);
                    if (t < 0) continue;
                    int a = triangles[3 * t], b = triangles[(3 * t) + 1], c = triangles[(3 * t) + 2];
                    Vector3 w = Rasterizer.Barycentrics(fine, new Vector2(sx + 0.5f, sy + 0.5f), positions[a], positions[b], positions[c]);
                    Vector3 n = Vector3.Normalize((normals[a] * w.X) + (normals[b] * w.Y) + (normals[c] * w.Z));
                    float light = 0.18f + (0.75f * MathF.Max(0, Vector3.Dot(n, key))) + (0.2f * MathF.Max(0, Vector3.Dot(n, rim)));
                    sum += clay * light;
                    hit++;
                }
                if (hit == 0) continue;
                Span<byte> pixel = frame.Rgba.AsSpan(4 * ((y * frame.Width) + x), 4);
                float cover = (float)hit / (Side * Side);
                for (int ch = 0; ch < 3; ch++)
                {
                    // Square root is near enough to the sRGB curve for clay.
                    float under = pixel[ch] / 255f, over = MathF.Sqrt(Math.Clamp(sum[ch] / hit, 0, 1));
                    pixel[ch] = (byte)MathF.Round(255 * (under + ((over - under) * cover)));
                }
                pixel[3] = (byte)Math.Max(pixel[3], (int)(255 * cover));
            }
    }
}
