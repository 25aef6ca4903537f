using Impersonator.Imaging;

namespace Impersonator.Recovery.Capture;

/// <summary>A small grey picture, to see how a camera moves.</summary>
internal sealed class GreyPicture
{
    private readonly float[] _pixels;

    private GreyPicture(int width, int height, float[] pixels) => (Width, Height, _pixels) = (width, height, pixels);

    public int Width { get; }

    public int Height { get; }

    /// <summary>A frame made smaller by a whole factor; 0..1.</summary>
    public static GreyPicture Of(Frame frame, int factor)
    {
        (int width, int height) = (frame.Width / factor, frame.Height / factor);
        var pixels = new float[width * height];
        Parallel.For(0, height, y =>
        {
            for (int x = 0; x < width; x++)
            {
                int sum = 0;
                for (int j = 0; j < factor; j++)
                {
                    ReadOnlySpan<byte> row = frame.Rgba.AsSpan(4 * ((((y * factor) + j) * frame.Width) + (x * factor)), 4 * factor);
                    for (int i = 0; i < row.Length; i += 4) sum += row[i] + (2 * row[i + 1]) + row[i + 2];
                }
                pixels[(y * width) + x] = sum / (1020f * factor * factor);
            }
        });
        return new GreyPicture(width, height, pixels);
    }

    /// <summary>Half as wide and as high.</summary>
    public GreyPicture Half()
    {
        (int width, int height) = (Width / 2, Height / 2);
        var pixels = new float[width * height];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                pixels[(y * width) + x] = (this[2 * x, 2 * y] + this[(2 * x) + 1, 2 * y] + this[2 * x, (2 * y) + 1] + this[(2 * x) + 1, (2 * y) + 1]) / 4;
        return new GreyPicture(width, height, pixels);
    }

    public float this[int x, int y] => _pixels[(y * Width) + x];

    /// <summary>The value between four pixels; x and y at least half a pixel inside, pixel (0, 0) spanning 0 to 1.</summary>
    public float At(float x, float y)
    {
        (x, y) = (x - 0.5f, y - 0.5f);
        (int left, int top) = (Math.Min((int)x, Width - 2), Math.Min((int)y, Height - 2));
        (float right, float down) = (x - left, y - top);
        float upper = this[left, top] + (right * (this[left + 1, top] - this[left, top])), lower = this[left, top + 1] + (right * (this[left + 1, top + 1] - this[left, top + 1]));
        return upper + (down * (lower - upper));
    }
}
