using System.Diagnostics;

namespace Impersonator.Training.Samples;

/// <summary>Painted things kept on the device; when it is full the oldest blocks make room for the newest.</summary>
/// <typeparam name="TBlock">Some of them on the host.</typeparam>
internal abstract class BlockPool<TBlock> where TBlock : class
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly long _blockSize;
    private long _next;

    /// <param name="capacity">How many, rounded down to whole blocks.</param>
    /// <param name="blockSize">How many make a block.</param>
    private protected BlockPool(long capacity, long blockSize) => (Capacity, _blockSize) = (Math.Max(1, capacity / blockSize) * blockSize, blockSize);

    /// <summary>How many there is room for.</summary>
    public long Capacity { get; }

    /// <summary>How many there are.</summary>
    public long Filled { get; private set; }

    /// <summary>How many ever came.</summary>
    public long Painted { get; private set; }

    /// <summary>Takes over a block.</summary>
    public void Add(TBlock block)
    {
        if (_next + _blockSize > Capacity) _next = 0;
        Put(block, _next);
        _next += _blockSize;
        Filled = Math.Max(Filled, _next);
        Painted += _blockSize;
    }

    /// <summary>Takes over what painters have finished, at most so many blocks, without waiting.</summary>
    public void TakeReady(BlockPainters<TBlock> painters, int mostBlocks)
    {
        for (int i = 0; i < mostBlocks && painters.TryTake(TimeSpan.Zero, out TBlock block); i++)
        {
            Add(block);
            painters.Return(block);
        }
    }

    /// <summary>Waits until the pool holds so many, or is full.</summary>
    /// <exception cref="InvalidOperationException">The painters failed, or were silent for two minutes.</exception>
    public void WaitFor(long count, BlockPainters<TBlock> painters, CancellationToken token)
    {
        var silence = Stopwatch.StartNew();
        while (Filled < Math.Min(count, Capacity))
        {
            token.ThrowIfCancellationRequested();
            if (painters.TryTake(TimeSpan.FromSeconds(1), out TBlock block))
            {
                Add(block);
                painters.Return(block);
                silence.Restart();
            }
            else if (silence.Elapsed > Patience)
            {
                throw new InvalidOperationException($"The painters made {Filled} samples and then none for {Patience.TotalSeconds:F0} s; {count} are needed to begin.");
            }
        }
    }

    /// <summary>Copies a block to the device, to begin at a place.</summary>
    private protected abstract void Put(TBlock block, long at);
}
