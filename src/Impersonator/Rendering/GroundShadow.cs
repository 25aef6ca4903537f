using System.Numerics;
using Impersonator.Imaging;

namespace Impersonator.Rendering;

/// <summary>The soft shadow that people throw on the ground under an open sky: dark and sharp where they touch it, faint and wide below what is high.</summary>
/// <remarks>
/// The sky that a body hides from a point of the ground is, to a good approximation, the body's outline from above, blurred by a
/// width that grows with its height. So the undersides are collected in layers of height, each on a grid as coarse as its
/// blur, and multiplied. One instance belongs to one thread at a time.
/// </remarks>
/// <param name="threads">Threads to use at most; the result does not depend on it.</param>
public sealed class GroundShadow(int threads = 1)
{
    private readonly ShadowLayer[] _layers = [new(0.02f), new(0.07f), new(0.22f), new(0.7f)];

    /// <summary>[0, 1] how much of the light the darkest place loses.</summary>
    public float Strength { get; init; } = 0.75f;

    /// <summary>Metres that the shadow moves along x and z for each metre of height; away from a lamp or the sun.</summary>
    public Vector2 Lean { get; init; }

    /// <summary>Height of the ground, metres, world space.</summary>
    public float Ground { get; init; }

    /// <summary>Darkens the ground under posed meshes; call it before drawing them.</summary>
    /// <param name="frame">The background.</param>
    /// <param name="camera">Its size is the frame's.</param>
    /// <param name="meshes">World space.</param>
    /// <exception cref="ArgumentException">Frame and camera differ in size.</exception>
    public void Draw(Frame frame, Camera camera, IReadOnlyList<TexturedMesh> meshes)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(camera);
        ArgumentNullException.ThrowIfNull(meshes);
        if (frame.Width != camera.Width || frame.Height != camera.Height)
            throw new ArgumentException($"A frame of {frame.Width}x{frame.Height} for a camera of {camera.Width}x{camera.Height}.", nameof(frame));
        if (!Collect(meshes, out Vector2 low, out Vector2 high)) return;

        var plane = new GroundPlane(camera, Ground);
        (int left, int top, int right, int bottom) = plane.Bounds(low, high);
        Rows.For(top, bottom, threads, y =>
        {
            Span<Vector4> linear = stackalloc Vector4[1];
            for (int x = left; x < right; x++)
            {
                if (!plane.TryMeet(new Vector2(x + 0.5f, y + 0.5f), out Vector2 place)) continue;
                float open = 1;
                foreach (ShadowLayer layer in _layers) open *= 1 - layer.Sample(place);
                float dark = Strength * (1 - (open * MathF.Sqrt(open))); // overcast skies are brightest overhead, where the body is
                if (dark < 0.002f) continue; // under half a step of 8 bits
                Span<byte> pixel = frame.Rgba.AsSpan(4 * ((y * frame.Width) + x), 4);
                Frames.FromBytes(pixel, linear);
                linear[0] = new Vector4(linear[0].AsVector3() * (1 - dark), linear[0].W);
                Frames.ToBytes(linear, pixel);
            }
        });
    }

    /// <summary>Lays the undersides into the layers; the box is what the shadow reaches, x and z.</summary>
    private bool Collect(IReadOnlyList<TexturedMesh> meshes, out Vector2 low, out Vector2 high)
    {
        (low, high) = (new(float.PositiveInfinity), new(float.NegativeInfinity));
        foreach (TexturedMesh mesh in meshes)
            foreach (Vector3 p in mesh.Posed)
            {
                Vector2 place = Below(p);
                (low, high) = (Vector2.Min(low, place), Vector2.Max(high, place));
            }
        if (!(low.X <= high.X && low.Y <= high.Y) || !float.IsFinite((high - low).LengthSquared())) return false;
        foreach (ShadowLayer layer in _layers) layer.Clear(low, high);
        foreach (TexturedMesh mesh in meshes)
        {
            int[] corners = mesh.Mesh.Triangles;
            for (int i = 0; i < corners.Length; i += 3)
            {
                Vector3 a = mesh.Posed[corners[i]], b = mesh.Posed[corners[i + 1]], c = mesh.Posed[corners[i + 2]];
                float area = -0.5f * (((b.Z - a.Z) * (c.X - a.X)) - ((b.X - a.X) * (c.Z - a.Z))); // seen from below
                if (area > 0) Add((a + b + c) / 3, area);
            }
        }
        foreach (ShadowLayer layer in _layers) layer.Blur();
        float reach = _layers[^1].Reach;
        (low, high) = (low - new Vector2(reach), high + new Vector2(reach));
        return true;
    }

    /// <summary>Shares an underside between the two layers nearest to its height.</summary>
    private void Add(Vector3 middle, float area)
    {
        float height = MathF.Max(0, middle.Y - Ground);
        Vector2 place = Below(middle);
        int k = 0;
        while (k + 1 < _layers.Length && height > _layers[k + 1].Height) k++;
        if (height <= _layers[0].Height) _layers[0].Add(place, area);
        else if (k + 1 == _layers.Length) _layers[k].Add(place, area * (_layers[k].Height * _layers[k].Height / (height * height)));
        else
        {
            float share = (height - _layers[k].Height) / (_layers[k + 1].Height - _layers[k].Height);
            _layers[k].Add(place, area * (1 - share));
            _layers[k + 1].Add(place, area * share);
        }
    }

    private Vector2 Below(Vector3 p) => new Vector2(p.X, p.Z) + (Lean * (p.Y - Ground));
}
