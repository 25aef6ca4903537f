using Impersonator.Training.Synthesis;

namespace Impersonator.Training.Samples;

/// <summary>Paints samples into blocks.</summary>
/// <param name="painter">Paints one.</param>
/// <param name="size">S, pixels a side.</param>
internal sealed class SamplePainter(IPainter painter, int size) : IBlockPainter<SampleBlock>
{
    /// <summary>Samples of a block.</summary>
    public const int BlockSize = 16;

    /// <summary>Neighbouring seeds show the same person, who is dressed only once then.</summary>
    private const int SeedRun = 4;

    private readonly Sample _sample = new(size);

    /// <summary>Threads that paint samples.</summary>
    /// <param name="painter">Makes a painter; called once by each thread.</param>
    /// <param name="size">S, pixels a side.</param>
    /// <param name="threads">How many paint at once.</param>
    /// <param name="firstSeed">The first sample's; each next one is one higher.</param>
    /// <param name="log">Told of failures.</param>
    public static BlockPainters<SampleBlock> Start(Func<IPainter> painter, int size, int threads, long firstSeed, Action<string> log)
        => new(() => new SamplePainter(painter(), size), BlockSize, SeedRun, threads, firstSeed, log);

    /// <inheritdoc/>
    public SampleBlock CreateBlock() => new(BlockSize, size);

    /// <inheritdoc/>
    public bool Paint(long seed, SampleBlock block, int slot)
    {
        painter.Paint(seed, _sample);
        return block.Store(_sample, slot);
    }
}
