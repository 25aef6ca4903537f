using System.Collections.Concurrent;

namespace Impersonator.Training.Samples;

/// <summary>Threads that paint without end, block after block, each slot from a seed of its own.</summary>
/// <remarks>
/// They fail loudly: a seed that cannot be painted is told and left out, and when too many fail <see cref="TryTake"/> throws, so
/// that no training goes on with half of its painters dead.
/// </remarks>
/// <typeparam name="TBlock">Some painted things, packed as a pool keeps them.</typeparam>
internal sealed class BlockPainters<TBlock> : IDisposable where TBlock : class
{
    private const int MostFailures = 20, QueueLength = 32;

    /// <summary>One of so many more may fail: in hours something rare happens often.</summary>
    private const long PaintedPerFailure = 200;

    private readonly BlockingCollection<TBlock> _ready = new(QueueLength);
    private readonly ConcurrentBag<TBlock> _free = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread[] _threads;
    private readonly Func<IBlockPainter<TBlock>> _painter;
    private readonly Action<string> _log;
    private readonly int _slots, _seedRun;
    private long _nextSeed, _painted;
    private int _failures;
    private Exception? _lastFailure;

    /// <summary>Starts painting.</summary>
    /// <param name="painter">Makes a painter; called once by each thread.</param>
    /// <param name="slots">Of a block.</param>
    /// <param name="seedRun">Neighbouring seeds that one painter takes at once.</param>
    /// <param name="threads">How many paint at once.</param>
    /// <param name="firstSeed">The first slot's; each next one is one higher.</param>
    /// <param name="log">Told of failures.</param>
    public BlockPainters(Func<IBlockPainter<TBlock>> painter, int slots, int seedRun, int threads, long firstSeed, Action<string> log)
    {
        (_painter, _slots, _seedRun, _nextSeed, _log) = (painter, slots, seedRun, firstSeed, log);
        _threads = [.. Enumerable.Range(0, threads).Select(t => new Thread(Paint) { IsBackground = true, Name = $"painter {t}", Priority = ThreadPriority.BelowNormal })];
        foreach (Thread thread in _threads) thread.Start();
    }

    /// <summary>Seeds that could not be painted.</summary>
    public int Failures => _failures;

    private long Limit => MostFailures + (Interlocked.Read(ref _painted) / PaintedPerFailure);

    /// <summary>Takes a finished block if there is one within the time.</summary>
    /// <exception cref="InvalidOperationException">Too many samples could not be painted.</exception>
    public bool TryTake(TimeSpan wait, out TBlock block)
    {
        if (_failures > Limit || (_lastFailure is not null && !_threads.Any(t => t.IsAlive)))
            throw new InvalidOperationException($"{_failures} samples could not be painted; the last: {_lastFailure?.Message}", _lastFailure);
        return _ready.TryTake(out block!, wait);
    }

    /// <summary>Gives a block back whose contents are no longer needed.</summary>
    public void Return(TBlock block) => _free.Add(block);

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        foreach (Thread thread in _threads) thread.Join();
        _ready.Dispose();
        _stop.Dispose();
    }

    private void Paint()
    {
        try
        {
            IBlockPainter<TBlock> painter = _painter();
            long seed = 0, end = 0;
            while (true)
            {
                if (!_free.TryTake(out TBlock? block)) block = painter.CreateBlock();
                for (int i = 0; i < _slots;)
                {
                    _stop.Token.ThrowIfCancellationRequested();
                    if (seed == end)
                    {
                        end = Interlocked.Add(ref _nextSeed, _seedRun);
                        seed = end - _seedRun;
                    }
                    if (TryPaint(painter, seed++, block, i)) i++;
                }
                _ready.Add(block, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
        catch (Exception cause)
        {
            // A painter that cannot be made, or more failures than can be lived with: TryTake says so.
            Fail($"{Thread.CurrentThread.Name} stops: {cause.Message}", cause);
            Interlocked.Add(ref _failures, (int)Limit);
        }
    }

    private bool TryPaint(IBlockPainter<TBlock> painter, long seed, TBlock block, int slot)
    {
        try
        {
            bool done = painter.Paint(seed, block, slot);
            if (done) Interlocked.Increment(ref _painted);
            return done;
        }
        catch (Exception cause) when (_failures < Limit)
        {
            Fail($"seed {seed} cannot be painted: {cause.GetType().Name}: {cause.Message} {cause.StackTrace?.Split('\n')[0].Trim()}", cause);
            return false;
        }
    }

    private void Fail(string message, Exception cause)
    {
        _lastFailure = cause;
        Interlocked.Increment(ref _failures);
        _log(message);
    }
}
