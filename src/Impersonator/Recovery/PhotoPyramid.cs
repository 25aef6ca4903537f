using System.Numerics;
using Impersonator.Imaging;
using Impersonator.Networks;

namespace Impersonator.Recovery;

/// <summary>A photo in sRGB at its own and ever halved resolutions, so that windows of any size are cut quickly and without aliasing.</summary>
internal sealed class PhotoPyramid
{
    private const int SmallestSide = 64;

    /// <summary>Longer side on which people are painted over: as much as a look at the whole photo sees, twice.</summary>
    private const int CoveringSide = 600;

    private readonly List<(int Width, int Height, Vector3[] Pixels)> _levels = [];
    private readonly int _first;

    /// <param name="photo">What is transparent becomes the grey of bars.</param>
    public PhotoPyramid(Photo photo)
    {
        Frame frame = photo.Image.ToFrame();
        var pixels = new Vector3[frame.Width * frame.Height];
        for (int i = 0; i < pixels.Length; i++)
        {
            ReadOnlySpan<byte> p = frame.Rgba.AsSpan(4 * i, 4);
            pixels[i] = Vector3.Lerp(new Vector3(PersonNet.Bar), new Vector3(p[0], p[1], p[2]) / 255, p[3] / 255f);
        }
        (Width, Height) = (photo.Width, photo.Height);
        AddLevels((frame.Width, frame.Height, pixels));
    }

    private PhotoPyramid(PhotoPyramid whole, int first, (int Width, int Height, Vector3[] Pixels) level)
    {
        (Width, Height, _first) = (whole.Width, whole.Height, first);
        AddLevels(level);
    }

    /// <summary>The photo, small, with somebody painted over by what is around, so that others are seen.</summary>
    public PhotoPyramid Without(PersonLook look)
    {
        int at = _levels.FindIndex(l => Math.Max(l.Width, l.Height) <= CoveringSide);
        if (at < 0) at = _levels.Count - 1;
        (int width, int height, Vector3[] pixels) = _levels[at];
        var known = new float[pixels.Length];
        Parallel.For(0, height, y =>
        {
            for (int x = 0; x < width; x++)
            {
                Vector2 place = new((x + 0.5f) * Width / width, (y + 0.5f) * Height / height);
                known[(y * width) + x] = look.Covers(place) ? 0 : 1;
            }
        });
        return new PhotoPyramid(this, _first + at, (width, height, SmoothFill.Apply(pixels, known, width, height)));
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Cuts a view out as the network's input.</summary>
    /// <param name="view">Beyond the photo it is grey.</param>
    /// <param name="size">Side of the result, P.</param>
    /// <param name="input">[3, P, P] receives sRGB minus the network's mean.</param>
    public void Cut(LookView view, int size, Span<float> input)
    {
        float step = view.Window.Side / size;
        int level = Math.Clamp((int)MathF.Floor(MathF.Log2(MathF.Max(1, step))) - _first, 0, _levels.Count - 1);
        (int width, int height, Vector3[] pixels) = _levels[level];
        var scale = new Vector2((float)width / Width, (float)height / Height);
        // At most two photo pixels of this level lie under one of the result, unless the pyramid ends before: then more samples.
        int samples = Math.Clamp((int)MathF.Ceiling(step * scale.X), 1, 8);
        var result = new float[3 * size * size];
        Parallel.For(0, size, v =>
        {
            for (int u = 0; u < size; u++)
            {
                Vector3 sum = default;
                for (int j = 0; j < samples; j++)
                    for (int i = 0; i < samples; i++)
                        sum += At(pixels, width, height, view.ToPhoto(new Vector2(u + ((i + 0.5f) / samples), v + ((j + 0.5f) / samples)) / size) * scale);
                sum = (sum / (samples * samples)) - new Vector3(PersonNet.Mean);
                int at = (v * size) + u;
                (result[at], result[(size * size) + at], result[(2 * size * size) + at]) = (sum.X, sum.Y, sum.Z);
            }
        });
        result.CopyTo(input);
    }

    /// <summary>A level and all its halves.</summary>
    private void AddLevels((int Width, int Height, Vector3[] Pixels) level)
    {
        _levels.Add(level);
        while (Math.Min(_levels[^1].Width, _levels[^1].Height) >= 2 * SmallestSide) _levels.Add(Halved(_levels[^1]));
    }

    private static Vector3 At(Vector3[] pixels, int width, int height, Vector2 place)
    {
        if (place.X < 0 || place.Y < 0 || place.X > width || place.Y > height) return new Vector3(PersonNet.Bar);
        float x = Math.Clamp(place.X - 0.5f, 0, width - 1), y = Math.Clamp(place.Y - 0.5f, 0, height - 1);
        int x0 = (int)x, y0 = (int)y, x1 = Math.Min(x0 + 1, width - 1), y1 = Math.Min(y0 + 1, height - 1);
        return Vector3.Lerp(Vector3.Lerp(pixels[(y0 * width) + x0], pixels[(y0 * width) + x1], x - x0), Vector3.Lerp(pixels[(y1 * width) + x0], pixels[(y1 * width) + x1], x - x0), y - y0);
    }

    private static (int Width, int Height, Vector3[] Pixels) Halved((int Width, int Height, Vector3[] Pixels) level)
    {
        (int width, int height) = (level.Width / 2, level.Height / 2);
        var pixels = new Vector3[width * height];
        Parallel.For(0, height, y =>
        {
            for (int x = 0; x < width; x++)
            {
                int at = (2 * y * level.Width) + (2 * x);
                pixels[(y * width) + x] = (level.Pixels[at] + level.Pixels[at + 1] + level.Pixels[at + level.Width] + level.Pixels[at + level.Width + 1]) / 4;
            }
        });
        return (width, height, pixels);
    }
}
