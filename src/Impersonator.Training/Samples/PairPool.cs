using Impersonator.Training.Augmentations;
using static TorchSharp.torch;

namespace Impersonator.Training.Samples;

/// <summary>Pairs kept on the device as bytes; counts pairs.</summary>
internal sealed class PairPool : BlockPool<PairBlock>
{
    private readonly int _targets;
    private readonly bool _pinned;

    /// <param name="capacity">Pairs, rounded down to whole blocks.</param>
    /// <param name="subjects">Of a block.</param>
    /// <param name="targets">Frames of a subject.</param>
    /// <param name="side">S, pixels.</param>
    /// <param name="device">Where they lie.</param>
    public PairPool(long capacity, int subjects, int targets, int side, Device device) : base(capacity, (long)subjects * targets)
    {
        (_targets, _pinned) = (targets, device.type == TorchSharp.DeviceType.CUDA);
        Pairs = StoredPairs.Empty(Capacity / targets, targets, side, device);
    }

    /// <summary>Room for all pairs; only the first <see cref="BlockPool{T}.Filled"/> hold one.</summary>
    public StoredPairs Pairs { get; }

    private protected override void Put(PairBlock block, long at)
    {
        using var scope = NewDisposeScope();
        StoredPairs run = Pairs.Run(at / _targets, block.Subjects);
        Copy(tensor(block.Photos), run.Photos);
        Copy(tensor(block.Frames), run.Frames);
        Copy(tensor(block.Flows), run.Flows);
        Copy(tensor(block.Truths), run.Truths);
        Copy(tensor(block.Places), run.Places);
    }

    // From pinned memory the copy stands in the device's queue and nobody waits; torch keeps that memory until it is done.
    private void Copy(Tensor from, Tensor to) => to.copy_((_pinned ? from.pin_memory() : from).view(to.shape), _pinned);
}
