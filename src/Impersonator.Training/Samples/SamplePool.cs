using Impersonator.Training.Augmentations;
using Impersonator.Training.Synthesis;
using static TorchSharp.torch;

namespace Impersonator.Training.Samples;

/// <summary>Samples kept on the device as bytes.</summary>
internal sealed class SamplePool : BlockPool<SampleBlock>
{
    private readonly int _blockSize;

    /// <param name="capacity">Samples, rounded down to whole blocks; 0.54 MB each at 288 pixels.</param>
    /// <param name="size">S, pixels a side.</param>
    /// <param name="device">Where they lie.</param>
    /// <param name="blockSize">Samples of a block.</param>
    public SamplePool(long capacity, int size, Device device, int blockSize = SamplePainter.BlockSize) : base(capacity, blockSize)
        => (_blockSize, Samples) = (blockSize, StoredSamples.Empty(Capacity, size, Keypoints33.Count, device));

    /// <summary>Room for all samples; only the first <see cref="BlockPool{T}.Filled"/> hold one.</summary>
    public StoredSamples Samples { get; }

    private protected override void Put(SampleBlock block, long at)
    {
        using var scope = NewDisposeScope();
        StoredSamples run = Samples.Run(at, _blockSize);
        run.Pictures.copy_(tensor(block.Pictures).view(run.Pictures.shape));
        run.Labels.copy_(tensor(block.Labels).view(run.Labels.shape));
        run.Points.copy_(tensor(block.Points).view(run.Points.shape));
        run.Boxes.copy_(tensor(block.Boxes).view(run.Boxes.shape));
        run.Bodies.copy_(tensor(block.Bodies).view(run.Bodies.shape));
    }
}
