using Impersonator.Imaging;
using Impersonator.Networks;
using Impersonator.Training.Augmentations;
using static TorchSharp.torch;

namespace Impersonator.Training.Sheets;

/// <summary>A picture of what PoseNet said: its body's keypoints over each picture, beside the same from the side (true ones as green dots).</summary>
internal static class PoseSheet
{
    /// <summary>Metres that a side view shows.</summary>
    private const float Span = 2.4f;

    /// <summary>Draws the first pictures of a batch.</summary>
    /// <param name="batch">What was shown.</param>
    /// <param name="seen">[B, 33, 2] where the body's keypoints are seen, −1..1.</param>
    /// <param name="points">[B, 33, 3] where they are, relative to the pelvis, metres.</param>
    /// <param name="truth">[B, 33, 3] where they should be.</param>
    /// <param name="count">How many pictures.</param>
    /// <param name="columns">Pairs of tiles in a row.</param>
    public static Frame Draw(PersonBatch batch, Tensor seen, Tensor points, Tensor truth, int count, int columns)
    {
        count = (int)Math.Min(count, batch.Picture.shape[0]);
        int size = (int)batch.Picture.shape[3], width = Math.Max(1, size / 128);
        float[] pictures = SampleSheet.Host(batch.Picture, count), front = SampleSheet.Host(seen, count), side = SampleSheet.Host(points, count), right = SampleSheet.Host(truth, count);
        var sheet = new Frame(columns * 2 * size, (count + columns - 1) / columns * size);
        for (int i = 0; i < count; i++)
        {
            int first = i * PersonNet.KeypointCount;
            Frame tile = SampleSheet.Shown(pictures, i, size), profile = new(size, size);
            for (int a = 3; a < profile.Rgba.Length; a += 4) profile.Rgba[a] = 255;
            SkeletonOverlay.Draw(tile, k => ((front[2 * (first + k)] + 1) * size / 2, (front[(2 * (first + k)) + 1] + 1) * size / 2), PersonNet.KeypointCount, width);
            (float X, float Y) FromSide(float[] at, int k) => ((0.5f + (at[(3 * (first + k)) + 2] / Span)) * size, (0.5f + (at[(3 * (first + k)) + 1] / Span)) * size);
            SkeletonOverlay.Draw(profile, k => FromSide(side, k), PersonNet.KeypointCount, width);
            for (int k = 0; k < PersonNet.KeypointCount; k++) SkeletonOverlay.Dot(profile, FromSide(right, k), width + 1, (40, 255, 60));
            SampleSheet.Put(tile, sheet, i % columns * 2 * size, i / columns * size);
            SampleSheet.Put(profile, sheet, ((i % columns * 2) + 1) * size, i / columns * size);
        }
        return sheet;
    }
}
