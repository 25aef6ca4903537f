using Impersonator.Training.Augmentations;
using Impersonator.Training.Samples;
using Impersonator.Training.Synthesis;
using static TorchSharp.torch;

namespace Impersonator.Tests.Training;

/// <summary>Samples for tests.</summary>
internal static class TrainingSamples
{
    /// <summary>Painted naked bodies on the CPU.</summary>
    public static StoredSamples Painted(int count, int size, long firstSeed = 1)
    {
        var pool = new SamplePool(count, size, CPU, count);
        var painter = new NakedPainter();
        var sample = new Sample(size);
        var block = new SampleBlock(count, size);
        for (int i = 0; i < count; firstSeed++)
        {
            painter.Paint(firstSeed, sample);
            if (block.Store(sample, i)) i++;
        }
        pool.Add(block);
        return pool.Samples.Run(0, count);
    }

    /// <summary>Black pictures with a white square of 3 x 3 pixels around each seen keypoint's pixel.</summary>
    public static StoredSamples Dots(int size, params (int Keypoint, int X, int Y)[] dots)
    {
        StoredSamples samples = StoredSamples.Empty(1, size, Keypoints33.Count, CPU);
        samples.Boxes.copy_(tensor(new float[] { 0, 0, size, size, 0 }, [1, 5]));
        foreach ((int keypoint, int x, int y) in dots)
        {
            samples.Pictures[0].slice(0, y - 1, y + 2, 1).slice(1, x - 1, x + 2, 1).fill_(255);
            samples.Points[0][keypoint].copy_(tensor(new[] { x + 0.5f, y + 0.5f, 2 }));
        }
        return samples;
    }
}
