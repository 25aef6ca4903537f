using Impersonator.Imaging;
using Impersonator.Networks;
using Impersonator.Torch;
using Impersonator.Training.Augmentations;
using Impersonator.Training.Trainers;
using static TorchSharp.torch;

namespace Impersonator.Training.Sheets;

/// <summary>A picture of what the network was shown and what it said: the picture with its keypoints (true ones as green dots) beside matte and parts.</summary>
internal static class SampleSheet
{
    private static readonly (byte R, byte G, byte B)[] PartColours =
    [
        (0, 0, 0), (240, 200, 120), (120, 200, 120), (90, 130, 255), (255, 90, 90), (60, 90, 200), (200, 60, 60), (140, 200, 255), (255, 160, 160),
        (120, 90, 220), (220, 120, 40), (80, 50, 170), (170, 80, 20), (180, 140, 255), (255, 190, 120),
    ];

    /// <summary>Draws the first pictures of a batch.</summary>
    /// <param name="batch">What was shown.</param>
    /// <param name="output">What was said.</param>
    /// <param name="count">How many.</param>
    /// <param name="columns">Pairs of tiles in a row.</param>
    public static Frame Draw(PersonBatch batch, PersonOutput output, int count, int columns)
    {
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        count = (int)Math.Min(count, batch.Picture.shape[0]);
        int size = (int)batch.Picture.shape[3];
        float[] pictures = Host(batch.Picture, count), matte = Host(sigmoid(output.Matte), count), truth = Host(batch.Place, count), weight = Host(batch.Weight, count);
        float[] parts = Host(output.Parts.argmax(1), count), inside = Host(output.Inside, count);
        (Tensor px, Tensor py, _) = new HeatMaps(output.Heat).Peaks(radius: 3);
        float[] x = Host(px, count), y = Host(py, count);
        int points = (int)batch.Weight.shape[1];

        var sheet = new Frame(columns * 2 * size, (count + columns - 1) / columns * size);
        for (int i = 0; i < count; i++)
        {
            Frame tile = Shown(pictures, i, size);
            var maps = new Frame(size, size);
            for (int v = 0; v < size; v++)
            {
                for (int u = 0; u < size; u++)
                {
                    int at = 4 * ((v * size) + u);
                    int part = (int)parts[(((i * size / 4) + (v / 4)) * (size / 4)) + (u / 4)];
                    float m = matte[(((i * size / 2) + (v / 2)) * (size / 2)) + (u / 2)];
                    (byte r, byte g, byte b) = PartColours[part];
                    (maps.Rgba[at], maps.Rgba[at + 1], maps.Rgba[at + 2]) = (Byte((m * 0.45f) + (r / 500f)), Byte((m * 0.45f) + (g / 500f)), Byte((m * 0.45f) + (b / 500f)));
                    maps.Rgba[at + 3] = 255;
                }
            }
            int first = i * points;
            SkeletonOverlay.Draw(tile, k => inside[first + k] > 0 ? (x[first + k] * PersonBatch.Stride, y[first + k] * PersonBatch.Stride) : null, points, Math.Max(1, size / 128));
            for (int k = 0; k < points; k++)
                if (weight[first + k] > 0.9) SkeletonOverlay.Dot(tile, (truth[2 * (first + k)], truth[(2 * (first + k)) + 1]), Math.Max(1, size / 128), (40, 255, 60));
            Put(tile, sheet, i % columns * 2 * size, i / columns * size);
            Put(maps, sheet, ((i % columns * 2) + 1) * size, i / columns * size);
        }
        return sheet;
    }

    /// <summary>One picture of a batch as it is.</summary>
    /// <param name="pictures">[N, 3, S, S] minus the mean.</param>
    /// <param name="number">Which.</param>
    /// <param name="size">S.</param>
    public static Frame Shown(float[] pictures, int number, int size)
    {
        var tile = new Frame(size, size);
        for (int i = 0, plane = size * size; i < plane; i++)
        {
            for (int c = 0; c < 3; c++) tile.Rgba[(4 * i) + c] = Byte(pictures[(((number * 3) + c) * plane) + i] + PersonNet.Mean);
            tile.Rgba[(4 * i) + 3] = 255;
        }
        return tile;
    }

    /// <summary>The first so many of a batch, on the host.</summary>
    public static float[] Host(Tensor values, int count) => TorchEngine.Floats(values.narrow(0, 0, count).to_type(ScalarType.Float32));

    private static byte Byte(float value) => (byte)Math.Clamp((value * 255) + 0.5f, 0, 255);

    /// <summary>Copies a picture into a larger one.</summary>
    public static void Put(Frame from, Frame to, int left, int top)
    {
        for (int y = 0; y < from.Height; y++) from.Rgba.AsSpan(4 * y * from.Width, 4 * from.Width).CopyTo(to.Rgba.AsSpan(4 * (((top + y) * to.Width) + left)));
    }
}
