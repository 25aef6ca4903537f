using Impersonator.Training.Augmentations;
using Impersonator.Training.Samples;
using static TorchSharp.torch;

namespace Impersonator.Training.Trainers;

/// <summary>Pairs that no training sees, the same for every run, untreated.</summary>
internal sealed class PairHeldOut
{
    /// <summary>Far beyond the seeds that training paints.</summary>
    private const long FirstSeed = 1L << 50;

    private readonly StoredPairs _pairs;

    /// <summary>Paints them, on so many threads.</summary>
    public PairHeldOut(Func<IBlockPainter<PairBlock>> painter, int pairs, int targets, int side, int batch, int threads, Device device)
    {
        int subjects = Math.Max(1, pairs / targets);
        var block = new PairBlock(subjects, targets, side);
        Parallel.For(0, subjects, new ParallelOptions { MaxDegreeOfParallelism = threads }, painter, (i, _, own) =>
        {
            // Somebody who cannot be painted is replaced; who replaces them depends on the place alone.
            for (long seed = FirstSeed + i; !own.Paint(seed, block, i); seed += subjects) { }
            return own;
        }, _ => { });
        var pool = new PairPool((long)subjects * targets, subjects, targets, side, device);
        pool.Add(block);
        (_pairs, BatchSize) = (pool.Pairs, batch);
    }

    /// <summary>Pairs.</summary>
    public long Count => _pairs.Count;

    /// <summary>Pairs that are best looked at together.</summary>
    public int BatchSize { get; }

    /// <summary>A run of them.</summary>
    public PairBatch Batch(long first, long count) => PairBatch.Of(_pairs.Select(arange(first, first + Math.Min(count, Count - first), ScalarType.Int64, _pairs.Frames.device)));

    /// <summary>So many, evenly from all of them.</summary>
    public PairBatch Spread(int count)
    {
        long taken = Math.Min(count, Count);
        long[] numbers = [.. Enumerable.Range(0, (int)taken).Select(i => i * Count / taken)];
        return PairBatch.Of(_pairs.Select(tensor(numbers, device: _pairs.Frames.device)));
    }
}
