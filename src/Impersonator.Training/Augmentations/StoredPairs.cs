using Impersonator.Networks;
using Impersonator.Training.Samples;
using static TorchSharp.torch;

namespace Impersonator.Training.Augmentations;

/// <summary>Painted pairs as they lie in the memory of the device: N subjects with a photo and T frames each. 1.17 MB a pair at 256 pixels and 8 frames.</summary>
/// <param name="Photos">[N, 7, S, S] bytes.</param>
/// <param name="Frames">[N·T, 12, S, S] bytes.</param>
/// <param name="Flows">[N·T, 2, S/2, S/2] 16-bit: 16384 times the place in the photo; the smallest number is nothing.</param>
/// <param name="Truths">[N·T, 4, S, S] bytes: straight sRGB, alpha.</param>
/// <param name="Places">[N·T, 5] the head's left, top, right, bottom in pixels, degrees between the views.</param>
internal sealed record StoredPairs(Tensor Photos, Tensor Frames, Tensor Flows, Tensor Truths, Tensor Places)
{
    /// <summary>S.</summary>
    public int Side => (int)Photos.shape[2];

    /// <summary>Pairs.</summary>
    public long Count => Frames.shape[0];

    /// <summary>T.</summary>
    public long Targets => Frames.shape[0] / Photos.shape[0];

    /// <summary>Room for so many.</summary>
    public static StoredPairs Empty(long subjects, long targets, long side, Device device) => new(
        zeros([subjects, GeneratorNet.PhotoChannels, side, side], ScalarType.Byte, device),
        zeros([subjects * targets, GeneratorNet.FrameChannels, side, side], ScalarType.Byte, device),
        zeros([subjects * targets, 2, side / 2, side / 2], ScalarType.Int16, device),
        zeros([subjects * targets, PairBlock.TruthChannels, side, side], ScalarType.Byte, device),
        zeros([subjects * targets, PairBlock.PlaceNumbers], ScalarType.Float32, device));

    /// <summary>A run of subjects; shares memory with this.</summary>
    public StoredPairs Run(long first, long count) => new(
        Photos.narrow(0, first, count), Frames.narrow(0, first * Targets, count * Targets), Flows.narrow(0, first * Targets, count * Targets),
        Truths.narrow(0, first * Targets, count * Targets), Places.narrow(0, first * Targets, count * Targets));

    /// <summary>The pairs of these numbers, in this order, each with a photo of its own (T = 1).</summary>
    /// <param name="index">[B] int64.</param>
    public StoredPairs Select(Tensor index) => new(
        Photos.index_select(0, index.div(Targets, RoundingMode.floor).to_type(ScalarType.Int64)), Frames.index_select(0, index), Flows.index_select(0, index), Truths.index_select(0, index), Places.index_select(0, index));
}
