using Impersonator.Training.Augmentations;
using Impersonator.Training.Samples;
using Impersonator.Training.Synthesis;
using static TorchSharp.torch;

namespace Impersonator.Training.Trainers;

/// <summary>Samples that no training sees, the same for every run, and the same close look at each, nothing treated.</summary>
internal sealed class HeldOut
{
    /// <summary>Far beyond the seeds that training paints.</summary>
    private const long FirstSeed = 1L << 50;

    private readonly StoredSamples _samples;
    private readonly PersonAugmentation _plain;

    /// <summary>Paints them, on so many threads.</summary>
    public HeldOut(Func<IPainter> painter, int count, int size, int pictureSize, int batch, int threads, Device device)
    {
        count = Math.Max(1, count);
        var block = new SampleBlock(count, size);
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, () => (Painter: painter(), Sample: new Sample(size)), (i, _, own) =>
        {
            // A picture with nobody in it is replaced; which one replaces it depends on its place alone.
            for (long seed = FirstSeed + i; ; seed += count)
            {
                own.Painter.Paint(seed, own.Sample);
                if (block.Store(own.Sample, i)) return own;
            }
        }, _ => { });
        var pool = new SamplePool(count, size, device, block.Count);
        pool.Add(block);
        (_samples, BatchSize) = (pool.Samples.Run(0, count), batch);
        _plain = new PersonAugmentation(device, pictureSize, Keypoints33.Mirror, AugmentationOptions.None, seed: 0, reseed: false);
    }

    /// <summary>Samples.</summary>
    public long Count => _samples.Pictures.shape[0];

    /// <summary>Samples that are best looked at together.</summary>
    public int BatchSize { get; }

    /// <summary>A run of the samples as a batch.</summary>
    public PersonBatch Batch(long first, long count) => _plain.Make(_samples.Run(first, Math.Min(count, Count - first)));
}
