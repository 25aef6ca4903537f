using System.Numerics;
using Impersonator.Imaging;

namespace Impersonator.Subjects.Backgrounds;

/// <summary>A small picture with a hole: one level of a completion.</summary>
internal sealed class HoledPicture
{
    /// <summary>How much edges count beside colours where two copies are compared.</summary>
    private const float EdgeWeight = 1.5f;

    /// <summary>No pair of colours costs more: two things of which neither goes on are no worse for being black and white.</summary>
    private const float MostDifference = 0.6f;

    private readonly Vector4[] _edges;

    private HoledPicture(int width, int height, Vector4[] pixels, bool[] hole)
    {
        (Width, Height, Pixels, Hole) = (width, height, pixels, hole);
        HoleCount = hole.Count(h => h);
        // The hole's colours serve only to compare places of which one lies in it.
        Membrane.Fill(pixels, hole, width, height);
        _edges = new Vector4[pixels.Length];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                Vector4 right = pixels[(y * width) + Math.Min(x + 1, width - 1)] - pixels[(y * width) + Math.Max(x - 1, 0)];
                Vector4 down = pixels[(Math.Min(y + 1, height - 1) * width) + x] - pixels[(Math.Max(y - 1, 0) * width) + x];
                _edges[(y * width) + x] = new Vector4(Vector4.Dot(right, Vector4.One) / 3, Vector4.Dot(down, Vector4.One) / 3, 0, 0) * EdgeWeight / 2;
            }
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>[H, W] as eyes see them, [0, 1]; alpha 0. In the hole as smooth as a membrane.</summary>
    public Vector4[] Pixels { get; }

    /// <summary>[H, W] what is to be filled.</summary>
    public bool[] Hole { get; }

    /// <summary>Pixels to be filled.</summary>
    public int HoleCount { get; }

    /// <summary>A picture made smaller, its hole ignored in every mean.</summary>
    public static HoledPicture Create(Image image, bool[] hole, int width, int height)
    {
        var known = new Image(image.Width, image.Height);
        // Half opaque: beside a hole the filter overshoots, and alpha that is cut at 1 would leave a rim brighter than the picture.
        for (int i = 0; i < hole.Length; i++) known.Pixels[i] = hole[i] ? Vector4.Zero : (image.Pixels[i] with { W = 1 }) / 2;
        Image small = known.Resize(width, height);
        var pixels = new Vector4[width * height];
        var smallHole = new bool[width * height];
        for (int i = 0; i < pixels.Length; i++)
        {
            Vector4 pixel = small.Pixels[i];
            smallHole[i] = pixel.W < 0.49f;
            Vector4 straight = pixel.W > 0.01f ? pixel / pixel.W : Vector4.Zero;
            pixels[i] = new Vector4(Srgb.ToByte(straight.X), Srgb.ToByte(straight.Y), Srgb.ToByte(straight.Z), 0) / 255;
        }
        return new HoledPicture(width, height, pixels, smallHole);
    }

    /// <summary>The level of half the size; a pixel is a hole where more than half of it is.</summary>
    public HoledPicture Halve()
    {
        int width = Width / 2, height = Height / 2;
        var (pixels, hole) = (new Vector4[width * height], new bool[width * height]);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                int known = 0;
                Vector4 sum = Vector4.Zero;
                for (int k = 0; k < 4; k++)
                {
                    int i = (((2 * y) + (k >> 1)) * Width) + (2 * x) + (k & 1);
                    if (Hole[i]) continue;
                    known++;
                    sum += Pixels[i];
                }
                hole[(y * width) + x] = known < 2;
                if (known > 0) pixels[(y * width) + x] = sum / known;
            }
        return new HoledPicture(width, height, pixels, hole);
    }

    /// <summary>Whether a place lies in the picture, outside the hole.</summary>
    public bool IsKnown(int x, int y) => (uint)x < (uint)Width && (uint)y < (uint)Height && !Hole[(y * Width) + x];

    /// <summary>Whether a place lies in the picture and does not touch the hole: what touches it may hold some of what was there.</summary>
    public bool IsSource(int x, int y)
        => IsKnown(x, y) && !Hole[(y * Width) + Math.Max(x - 1, 0)] && !Hole[(y * Width) + Math.Min(x + 1, Width - 1)]
            && !Hole[(Math.Max(y - 1, 0) * Width) + x] && !Hole[(Math.Min(y + 1, Height - 1) * Width) + x];

    /// <summary>By how much two places differ in colour and edges; a distance, so what goes on from one to the other may be cut by minimum cuts.</summary>
    /// <remarks>Beyond the picture its border goes on.</remarks>
    public float Difference(int ax, int ay, int bx, int by)
    {
        int a = (Math.Clamp(ay, 0, Height - 1) * Width) + Math.Clamp(ax, 0, Width - 1), b = (Math.Clamp(by, 0, Height - 1) * Width) + Math.Clamp(bx, 0, Width - 1);
        return MathF.Min(MostDifference, MathF.Sqrt(Vector4.DistanceSquared(Pixels[a], Pixels[b]) + Vector4.DistanceSquared(_edges[a], _edges[b])));
    }
}
