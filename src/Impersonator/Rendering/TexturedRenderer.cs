using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;

namespace Impersonator.Rendering;

/// <summary>Draws textured meshes with smooth edges over a background.</summary>
/// <remarks>
/// Four samples a pixel decide what is seen; each surface in a pixel is coloured once and counts by its samples. The texture
/// is taken as it is: it carries the light of its photo. An instance keeps its buffers from frame to frame and belongs to one
/// thread at a time; make one per frame in flight.
/// </remarks>
/// <param name="threads">Threads to use at most; the result does not depend on it.</param>
public sealed class TexturedRenderer(int threads = 1)
{
    private const int Side = 2; // samples per pixel side

    private readonly SurfaceMaps _maps = new();
    private Vector3[][] _positions = [];

    /// <summary>Draws meshes over what a frame holds.</summary>
    /// <param name="frame">Receives the picture.</param>
    /// <param name="camera">Its size is the frame's.</param>
    /// <param name="meshes">World space; they hide each other by depth.</param>
    /// <param name="cancellation">Looked at per row.</param>
    /// <exception cref="ArgumentException">Frame and camera differ in size, or a mesh's arrays in length.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the frame is unfinished.</exception>
    public void Draw(Frame frame, Camera camera, IReadOnlyList<TexturedMesh> meshes, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(frame);
        PixelShader shader = Prepare(camera, meshes, frame.Width, frame.Height);
        Rows.For(shader.Top, shader.Bottom, threads, y =>
        {
            cancellation.ThrowIfCancellationRequested();
            Span<byte> row = frame.Rgba.AsSpan(4 * frame.Width * y, 4 * frame.Width);
            Span<Vector4> under = stackalloc Vector4[1];
            (int left, int right) = shader.Span(y);
            for (int x = left; x < right; x++)
            {
                Vector4 over = shader.Colour(x, y);
                if (over.W == 0) continue;
                Span<byte> pixel = row.Slice(4 * x, 4);
                if (over.W < 1)
                {
                    Frames.FromBytes(pixel, under);
                    over += under[0] * (1 - over.W);
                }
                Frames.ToBytes(new ReadOnlySpan<Vector4>(in over), pixel);
            }
        });
    }

    /// <summary>Draws meshes over what a picture holds; over a transparent one they come out cut out.</summary>
    /// <param name="image">Receives the picture, linear light, premultiplied.</param>
    /// <param name="camera">Its size is the picture's.</param>
    /// <param name="meshes">World space; they hide each other by depth.</param>
    /// <param name="cancellation">Looked at per row.</param>
    /// <exception cref="ArgumentException">Picture and camera differ in size, or a mesh's arrays in length.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the picture is unfinished.</exception>
    public void Draw(Image image, Camera camera, IReadOnlyList<TexturedMesh> meshes, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        PixelShader shader = Prepare(camera, meshes, image.Width, image.Height);
        Rows.For(shader.Top, shader.Bottom, threads, y =>
        {
            cancellation.ThrowIfCancellationRequested();
            Span<Vector4> row = image.Row(y);
            (int left, int right) = shader.Span(y);
            for (int x = left; x < right; x++)
            {
                Vector4 over = shader.Colour(x, y);
                if (over.W > 0) row[x] = over + (row[x] * (1 - over.W));
            }
        });
    }

    /// <summary>Finds what every sample sees.</summary>
    private PixelShader Prepare(Camera camera, IReadOnlyList<TexturedMesh> meshes, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(camera);
        ArgumentNullException.ThrowIfNull(meshes);
        if (width != camera.Width || height != camera.Height)
            throw new ArgumentException($"A picture of {width}x{height} for a camera of {camera.Width}x{camera.Height}.", nameof(camera));
        Camera fine = camera.Scaled(width * Side, height * Side);
        _maps.Clear(fine.Width, fine.Height);
        if (_positions.Length < meshes.Count) Array.Resize(ref _positions, meshes.Count);
        int first = 0;
        for (int m = 0; m < meshes.Count; m++)
        {
            TexturedMesh mesh = meshes[m];
            int count = mesh.Mesh.VertexCount;
            if (mesh.Posed.Length != count || (mesh.Light is { } light && light.Length != count))
                throw new ArgumentException($"Mesh {m} has {count} vertices, but {mesh.Posed.Length} places and {mesh.Light?.Length ?? count} lights.", nameof(meshes));
            if (_positions[m]?.Length != count) _positions[m] = new Vector3[count];
            Vector3[] positions = _positions[m];
            CameraTransform.Apply(camera, mesh.Posed, positions);
            if (mesh.Texture.HasHoles)
                Rasterizer.Draw(_maps, fine, positions, mesh.Mesh.Triangles, first, mesh.TwoSided, threads, false, new HoleTest(
                    fine, positions, mesh.Mesh.Triangles, mesh.Mesh.Texcoords, mesh.Mesh.TexcoordTriangles, mesh.Texture, HoleLevel(fine, mesh.Mesh, mesh.Texture, positions)));
            else
                Rasterizer.Draw(_maps, fine, positions, mesh.Mesh.Triangles, first, mesh.TwoSided, threads);
            first += mesh.Mesh.TriangleCount;
        }
        return new PixelShader(_maps, camera, meshes, _positions);
    }

    /// <summary>The mip level for a whole mesh's holes: texels per sample from the areas of all triangles.</summary>
    internal static int HoleLevel(Camera fine, SkinnedMesh mesh, Texture texture, Vector3[] positions)
    {
        (int[] corners, int[] coordinates, Vector2[] at) = (mesh.Triangles, mesh.TexcoordTriangles, mesh.Texcoords);
        double texels = 0, samples = 0;
        for (int i = 0; i < corners.Length; i += 3)
        {
            Vector3 a = positions[corners[i]], b = positions[corners[i + 1]], c = positions[corners[i + 2]];
            Vector2 u = at[coordinates[i + 1]] - at[coordinates[i]], v = at[coordinates[i + 2]] - at[coordinates[i]];
            float scale = fine.FocalLength / MathF.Max(Rasterizer.Near, a.Z);
            samples += Vector3.Cross(b - a, c - a).Length() * scale * scale;
            texels += MathF.Abs((u.X * v.Y) - (u.Y * v.X)) * texture.Width * texture.Height;
        }
        return samples > 0 && texels > samples ? (int)Math.Min(16, Math.Log2(texels / samples) / 2) : 0;
    }
}
