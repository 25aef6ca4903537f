using System.Numerics;
using Impersonator.Imaging;

namespace Impersonator.Synthesis.LiquidWarping;

/// <summary>Pictures as the published generators take them: [3, S, S], sRGB in −1 … 1.</summary>
internal static class NetworkPicture
{
    /// <summary>The photo in the middle of a square, its border repeated, as a picture of S × S.</summary>
    public static float[] Of(Image photo, int side)
    {
        int longer = Math.Max(photo.Width, photo.Height), left = (longer - photo.Width) / 2, top = (longer - photo.Height) / 2;
        var square = new Image(longer, longer);
        for (int y = 0; y < longer; y++)
        {
            ReadOnlySpan<Vector4> from = photo.Row(Math.Clamp(y - top, 0, photo.Height - 1));
            Span<Vector4> to = square.Row(y);
            // Over white, if the photo is transparent.
            for (int x = 0; x < longer; x++) to[x] = from[Math.Clamp(x - left, 0, photo.Width - 1)] is var pixel && pixel.W < 1 ? pixel + (Vector4.One * (1 - pixel.W)) : pixel;
        }
        Frame frame = square.Resize(side, side).ToFrame();
        var picture = new float[3 * side * side];
        for (int i = 0; i < picture.Length; i++) picture[i] = (frame.Rgba[(4 * (i % (side * side))) + (i / (side * side))] / 127.5f) - 1;
        return picture;
    }

    /// <summary>A picture as a frame: (v + 1) / 2 · 255, truncated.</summary>
    /// <param name="picture">[3, S, S].</param>
    /// <param name="side">S.</param>
    /// <param name="width">Columns of the frame, from the middle.</param>
    /// <param name="height">Rows of the frame, from the middle.</param>
    public static Frame ToFrame(ReadOnlySpan<float> picture, int side, int width, int height)
    {
        var frame = new Frame(width, height);
        int left = (side - width) / 2, top = (side - height) / 2;
        for (int i = 0; i < width * height; i++)
        {
            int at = ((top + (i / width)) * side) + left + (i % width);
            for (int c = 0; c < 3; c++) frame.Rgba[(4 * i) + c] = (byte)Math.Clamp((picture[(c * side * side) + at] + 1) / 2 * 255, 0, 255);
            frame.Rgba[(4 * i) + 3] = byte.MaxValue;
        }
        return frame;
    }

    /// <summary>A picture looked up along a flow, bilinear, zeros outside: what the networks' own sampling does.</summary>
    /// <param name="picture">[C, S, S].</param>
    /// <param name="side">S.</param>
    /// <param name="flow">[S', S', 2], −1 … 1.</param>
    /// <param name="alignCorners">Whether these are the centres of the outermost pixels, or the outer edges.</param>
    /// <returns>[C, S', S'].</returns>
    public static float[] Sample(float[] picture, int side, float[] flow, bool alignCorners)
    {
        int size = side * side, channels = picture.Length / size, count = flow.Length / 2;
        var result = new float[channels * count];
        float Pixel(float place) => alignCorners ? (place + 1) / 2 * (side - 1) : (((place + 1) * side) - 1) / 2;
        Parallel.For(0, count, i =>
        {
            float x = Pixel(flow[2 * i]), y = Pixel(flow[(2 * i) + 1]);
            // Also false where it is not a number.
            if (!(x > -1 && y > -1 && x < side && y < side)) return;
            int left = (int)MathF.Floor(x), top = (int)MathF.Floor(y);
            for (int corner = 0; corner < 4; corner++)
            {
                int u = left + (corner & 1), v = top + (corner >> 1);
                if (u < 0 || v < 0 || u >= side || v >= side) continue;
                float weight = (1 - MathF.Abs(x - u)) * (1 - MathF.Abs(y - v));
                for (int c = 0; c < channels; c++) result[(c * count) + i] += weight * picture[(c * size) + (v * side) + u];
            }
        });
        return result;
    }

    /// <summary>[C, S, S] times a mask [S, S].</summary>
    public static float[] Masked(ReadOnlySpan<float> picture, ReadOnlySpan<float> mask)
    {
        var result = new float[picture.Length];
        for (int i = 0; i < result.Length; i++) result[i] = picture[i] * mask[i % mask.Length];
        return result;
    }
}
