using Impersonator.Training.Augmentations;
using Impersonator.Training.Samples;
using static TorchSharp.torch;

namespace Impersonator.Training.Trainers;

/// <summary>Painted pairs to learn from, and some that no training sees.</summary>
internal sealed class PairSupply : Supply<PairBlock>
{
    /// <summary>Subjects that a painter hands over at once.</summary>
    public const int SubjectsPerBlock = 2;

    private readonly PairPool _pool;

    private PairSupply(PairPool pool, BlockPainters<PairBlock> painters, PairHeldOut heldOut) : base(pool, painters) => (_pool, HeldOut) = (pool, heldOut);

    /// <summary>The pool; only the first <see cref="Supply{T}.Filled"/> hold a pair.</summary>
    public StoredPairs Pairs => _pool.Pairs;

    /// <summary>Those held out.</summary>
    public PairHeldOut HeldOut { get; }

    /// <summary>Paints what is held out, then starts the painters.</summary>
    /// <param name="options">How many of everything.</param>
    /// <param name="painter">Makes a painter for a thread.</param>
    /// <param name="device">Where they lie.</param>
    /// <param name="firstSeed">Of the first subject.</param>
    /// <param name="log">Told of failures.</param>
    public static PairSupply Open(GeneratorTrainerOptions options, Func<IBlockPainter<PairBlock>> painter, Device device, long firstSeed, Action<string> log)
    {
        var heldOut = new PairHeldOut(painter, options.HeldOut, options.Targets, options.SampleSize, options.Batch, options.Threads, device);
        var pool = new PairPool(options.Pool, SubjectsPerBlock, options.Targets, options.SampleSize, device);
        return new PairSupply(pool, new BlockPainters<PairBlock>(painter, SubjectsPerBlock, seedRun: 1, options.Threads, firstSeed, log), heldOut);
    }
}
