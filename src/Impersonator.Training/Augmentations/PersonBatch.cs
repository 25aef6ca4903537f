using static TorchSharp.torch;

namespace Impersonator.Training.Augmentations;

/// <summary>What PersonNet is given and what it should answer, B pictures of P x P pixels with K keypoints.</summary>
/// <param name="Picture">[B, 3, P, P] sRGB 0..1 minus the mean.</param>
/// <param name="Place">[B, K, 2] keypoints in pixels of the picture.</param>
/// <param name="Weight">[B, K] 0 outside the picture, 1 seen, less if hidden.</param>
/// <param name="Inside">[B, K] 1 where the keypoint lies in the picture.</param>
/// <param name="Matte">[B, 1, P/2, P/2] in 0..1.</param>
/// <param name="Parts">[B, P/4, P/4] int64, 0 = none.</param>
/// <param name="Surface">[B, 3, P/4, P/4] canonical coordinates in 0..1, meaningful where there is a part.</param>
/// <param name="Depth">[B, 1, P/4, P/4] metres behind the pelvis, meaningful where there is a part.</param>
internal sealed record PersonBatch(Tensor Picture, Tensor Place, Tensor Weight, Tensor Inside, Tensor Matte, Tensor Parts, Tensor Surface, Tensor Depth)
{
    /// <summary>Pixels of the picture per pixel of the coarse maps.</summary>
    public const int Stride = 4;

    /// <summary>Where the pictures look into their samples, and whom those show; null in batches that were not made from samples.</summary>
    public (ViewWarp View, Tensor Bodies)? From { get; init; }

    /// <summary>A run of the pictures; shares memory, and forgets where they are from.</summary>
    public PersonBatch Run(long first, long count) => new(Picture.narrow(0, first, count), Place.narrow(0, first, count), Weight.narrow(0, first, count), Inside.narrow(0, first, count),
        Matte.narrow(0, first, count), Parts.narrow(0, first, count), Surface.narrow(0, first, count), Depth.narrow(0, first, count));
}
