using System.Diagnostics;
using Impersonator.Training.Augmentations;
using Impersonator.Training.Synthesis;
using static TorchSharp.torch;

namespace Impersonator.Training.Samples;

/// <summary>Samples kept on the device as bytes; when it is full the oldest make room for the newest.</summary>
internal sealed class SamplePool
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly long _capacity;
    private long _next;

    /// <param name="capacity">Samples, rounded down to whole blocks; 0.54 MB each at 288 pixels.</param>
    /// <param name="size">S, pixels a side.</param>
    /// <param name="device">Where they lie.</param>
    /// <param name="blockSize">Samples of a block.</param>
    public SamplePool(long capacity, int size, Device device, int blockSize = SamplePainters.BlockSize)
    {
        _capacity = Math.Max(1, capacity / blockSize) * blockSize;
        Samples = StoredSamples.Empty(_capacity, size, Keypoints33.Count, device);
    }

    /// <summary>Room for all samples; only the first <see cref="Filled"/> hold one.</summary>
    public StoredSamples Samples { get; }

    /// <summary>Samples there are.</summary>
    public long Filled { get; private set; }

    /// <summary>Samples that ever came.</summary>
    public long Painted { get; private set; }

    /// <summary>Takes over a block.</summary>
    public void Add(SampleBlock block)
    {
        if (_next + block.Count > _capacity) _next = 0;
        using var scope = NewDisposeScope();
        StoredSamples run = Samples.Run(_next, block.Count);
        run.Pictures.copy_(tensor(block.Pictures).view(run.Pictures.shape));
        run.Labels.copy_(tensor(block.Labels).view(run.Labels.shape));
        run.Points.copy_(tensor(block.Points).view(run.Points.shape));
        run.Boxes.copy_(tensor(block.Boxes).view(run.Boxes.shape));
        run.Bodies.copy_(tensor(block.Bodies).view(run.Bodies.shape));
        _next += block.Count;
        Filled = Math.Max(Filled, _next);
        Painted += block.Count;
    }

    /// <summary>Takes over what painters have finished, at most so many blocks, without waiting.</summary>
    public void TakeReady(SamplePainters painters, int mostBlocks)
    {
        for (int i = 0; i < mostBlocks && painters.TryTake(TimeSpan.Zero, out SampleBlock block); i++)
        {
            Add(block);
            painters.Return(block);
        }
    }

    /// <summary>Waits until the pool holds so many samples.</summary>
    /// <exception cref="InvalidOperationException">The painters failed, or were silent for two minutes.</exception>
    public void WaitFor(long count, SamplePainters painters, CancellationToken token)
    {
        var silence = Stopwatch.StartNew();
        while (Filled < Math.Min(count, _capacity))
        {
            token.ThrowIfCancellationRequested();
            if (painters.TryTake(TimeSpan.FromSeconds(1), out SampleBlock block))
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
}
