using Impersonator.Networks;
using Impersonator.Synthesis.Generation;
using static TorchSharp.torch;

namespace Impersonator.Training.Augmentations;

/// <summary>What a generator is given and what it should draw, B pairs of S x S pixels, all float32.</summary>
/// <param name="Photo">[B, 7, S, S] bytes / 255.</param>
/// <param name="Frame">[B, 12, S, S] bytes / 255.</param>
/// <param name="Flow">[B, S/2, S/2, 2] place in the photo, −1 … 1; −2 = nothing.</param>
/// <param name="Truth">[B, 3, S, S] the person's colour, straight sRGB.</param>
/// <param name="Alpha">[B, 1, S, S] the person's alpha.</param>
/// <param name="Head">[B, 4] left, top, right, bottom in pixels; nothing if it does not show.</param>
/// <param name="Yaw">[B] degrees between the views, 0 … 180.</param>
/// <param name="Background">[B, 3, S, S] what stands behind, to compare whole pictures.</param>
internal sealed record PairBatch(Tensor Photo, Tensor Frame, Tensor Flow, Tensor Truth, Tensor Alpha, Tensor Head, Tensor Yaw, Tensor Background)
{
    private const float OneStep = 1 / 255f;

    /// <summary>S.</summary>
    public int Side => (int)Frame.shape[3];

    /// <summary>[B, 1, S, S] how much of each pixel the mesh covers.</summary>
    public Tensor Coverage => Frame.narrow(1, GeneratorNet.CoverageChannel, 1);

    /// <summary>[B, 3, S, S] the mesh's colour, straight sRGB; black where there is no mesh.</summary>
    public Tensor Mesh => Frame.narrow(1, 0, 3) / Coverage.clamp_min(OneStep);

    /// <summary>[B, 3, S, S] the true person before the background.</summary>
    public Tensor Picture => Over(Truth, Alpha);

    /// <summary>[B, 3, S, S] a person before the background.</summary>
    public Tensor Over(Tensor colour, Tensor alpha) => Background + (alpha * (colour - Background));

    /// <summary>Decodes pairs, one photo per frame, before an even grey.</summary>
    public static PairBatch Of(StoredPairs pairs)
    {
        static Tensor Fractions(Tensor bytes) => bytes.to_type(ScalarType.Float32).mul_(OneStep);
        Tensor truth = Fractions(pairs.Truths), colour = truth.narrow(1, 0, 3);
        return new PairBatch(Fractions(pairs.Photos), Fractions(pairs.Frames), pairs.Flows.permute(0, 2, 3, 1).to_type(ScalarType.Float32).mul_(1 / FrameMaps.FlowUnit), colour,
            truth.narrow(1, 3, 1), pairs.Places.narrow(1, 0, 4), pairs.Places.select(1, 4).abs(), full_like(colour, 0.5));
    }
}
