namespace Impersonator.Training.Samples;

/// <summary>A pool and its painters.</summary>
/// <param name="pool">Stays as it is when this is disposed.</param>
/// <param name="painters">At work; end with this.</param>
/// <typeparam name="TBlock">What painters hand over.</typeparam>
internal class Supply<TBlock>(BlockPool<TBlock> pool, BlockPainters<TBlock> painters) : ISupply where TBlock : class
{
    private const int BlocksPerTake = 64;

    /// <inheritdoc/>
    public long Filled => pool.Filled;

    /// <inheritdoc/>
    public long Painted => pool.Painted;

    /// <inheritdoc/>
    public int Failures => painters.Failures;

    /// <inheritdoc/>
    public void WaitFor(long count, CancellationToken token) => pool.WaitFor(count, painters, token);

    /// <inheritdoc/>
    public void TakeReady() => pool.TakeReady(painters, BlocksPerTake);

    /// <inheritdoc/>
    public void Dispose() => painters.Dispose();
}
