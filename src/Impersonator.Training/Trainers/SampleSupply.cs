using Impersonator.Training.Augmentations;
using Impersonator.Training.Samples;
using Impersonator.Training.Synthesis;
using static TorchSharp.torch;

namespace Impersonator.Training.Trainers;

/// <summary>Painted samples to learn from, and some that no training sees.</summary>
internal sealed class SampleSupply : Supply<SampleBlock>
{
    private readonly SamplePool _pool;

    private SampleSupply(SamplePool pool, BlockPainters<SampleBlock> painters, HeldOut heldOut) : base(pool, painters) => (_pool, HeldOut) = (pool, heldOut);

    /// <summary>The pool; only the first <see cref="Supply{T}.Filled"/> hold a sample.</summary>
    public StoredSamples Samples => _pool.Samples;

    /// <summary>Those held out.</summary>
    public HeldOut HeldOut { get; }

    /// <summary>Starts the painters, and paints what is held out.</summary>
    /// <param name="options">How many of everything.</param>
    /// <param name="painter">Makes a painter for a thread.</param>
    /// <param name="picture">Side that held-out samples are shown at, pixels.</param>
    /// <param name="device">Where they lie.</param>
    /// <param name="firstSeed">Of the first sample.</param>
    /// <param name="log">Told of failures.</param>
    public static SampleSupply Open(TrainerOptions options, Func<IPainter> painter, int picture, Device device, long firstSeed, Action<string> log)
    {
        BlockPainters<SampleBlock> painters = SamplePainter.Start(painter, options.SampleSize, options.Threads, firstSeed, log);
        try
        {
            var heldOut = new HeldOut(painter, options.HeldOut, options.SampleSize, picture, options.Batch, options.Threads, device);
            return new SampleSupply(new SamplePool(options.Pool, options.SampleSize, device), painters, heldOut);
        }
        catch
        {
            painters.Dispose();
            throw;
        }
    }
}
