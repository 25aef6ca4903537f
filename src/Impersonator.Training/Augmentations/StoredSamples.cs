using static TorchSharp.torch;

namespace Impersonator.Training.Augmentations;

/// <summary>Painted samples as they lie in the memory of the device, N of them.</summary>
/// <param name="Pictures">[N, S, S, 4] bytes: red, green, blue (sRGB), alpha of the person.</param>
/// <param name="Labels">[N, 5, S/2, S/2] 16-bit: surface x, y, z (65535 steps, minus 32768), depth in millimetres, part.</param>
/// <param name="Points">[N, K, 3] keypoints: x, y in pixels, state (2 seen, 1 hidden, 0 outside).</param>
/// <param name="Boxes">[N, 5] the person's left, top, right, bottom in pixels, and pixels of other people per pixel of this one.</param>
/// <param name="Bodies">[N, <see cref="BodyNumbers"/>] see <see cref="StoredBodies"/>.</param>
internal sealed record StoredSamples(Tensor Pictures, Tensor Labels, Tensor Points, Tensor Boxes, Tensor Bodies)
{
    public const int Surface = 0, Depth = 3, Part = 4, LabelChannels = 5, BoxNumbers = 5, BodyNumbers = StoredBodies.Numbers;

    /// <summary>S.</summary>
    public int Size => (int)Pictures.shape[1];

    /// <summary>Room for N samples of S x S pixels.</summary>
    public static StoredSamples Empty(long count, int size, int keypoints, Device device) => new(
        zeros([count, size, size, 4], ScalarType.Byte, device),
        zeros([count, LabelChannels, size / 2, size / 2], ScalarType.Int16, device),
        zeros([count, keypoints, 3], ScalarType.Float32, device),
        zeros([count, BoxNumbers], ScalarType.Float32, device),
        zeros([count, BodyNumbers], ScalarType.Float32, device));

    /// <summary>The samples of these numbers, in this order.</summary>
    public StoredSamples Select(Tensor index) => new(
        Pictures.index_select(0, index), Labels.index_select(0, index), Points.index_select(0, index),
        Boxes.index_select(0, index), Bodies.index_select(0, index));

    /// <summary>A run of samples; shares memory with this.</summary>
    public StoredSamples Run(long first, long count) => new(
        Pictures.narrow(0, first, count), Labels.narrow(0, first, count), Points.narrow(0, first, count),
        Boxes.narrow(0, first, count), Bodies.narrow(0, first, count));
}
