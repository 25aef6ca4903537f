using System.Collections.Immutable;
using Impersonator.Torch;
using Impersonator.Training.Augmentations;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Impersonator.Training.Trainers;

/// <summary>How far drawn people are from true ones. Sums over pixels are shares of the pixels that people cover.</summary>
internal sealed class GeneratorLoss : IDisposable
{
    /// <summary>Side of heads that are compared, pixels, and of what is looked at in sides of the head's box.</summary>
    private const int HeadSide = 128;

    private const float HeadMargin = 1.4f;

    /// <summary>A head smaller than so many pixels teaches nothing.</summary>
    private const float LeastHead = 6;

    /// <summary>Mean difference at which the mesh's colour is no longer right at all.</summary>
    private const float Wrong = 0.06f;

    /// <summary>Added to shares before their logarithm.</summary>
    private const float Least = 1e-3f;

    private const int PyramidLevels = 4;
    private readonly GeneratorLossWeights _weights;
    private readonly FeatureDistance _whole, _head;

    public GeneratorLoss(GeneratorTrainerOptions options, TorchDevice device, TorchPrecision precision)
    {
        _weights = options.Weights;
        (_whole, _head) = (Distance(options.SampleSize), Distance(Math.Min(HeadSide, options.SampleSize)));
        HeadPicture = Math.Min(HeadSide, options.SampleSize);

        FeatureDistance Distance(int side) => new(options.Person, options.PersonNetwork, side, device, precision);
    }

    /// <summary>Names of the figures; the first is the loss.</summary>
    public static ImmutableArray<string> Figures { get; } = ["loss", "picture", "colour", "matte", "features", "head", "blend", "hinge", "matching", "judge", "overlap"];

    private int HeadPicture { get; }

    /// <summary>[B] whether the head shows, large enough.</summary>
    public static Tensor HeadShows(PairBatch batch) => batch.Head.select(1, 2) - batch.Head.select(1, 0) > LeastHead;

    /// <summary>[B] distance of the whole pictures' features.</summary>
    public Tensor FeaturesOf(Tensor pictures, Tensor truth) => _whole.Between(pictures, truth);

    /// <summary>The loss, and [<see cref="Figures"/>] without gradient.</summary>
    /// <param name="output">What was drawn.</param>
    /// <param name="batch">What it should be.</param>
    /// <param name="judge">Asks the discriminator about pictures; null = there is none yet.</param>
    public (Tensor Loss, Tensor Figures) Compute(GeneratorOutput output, PairBatch batch, Func<Tensor, (Tensor Hinge, Tensor Matching, Tensor Own)>? judge)
    {
        Tensor drawn = batch.Over(output.Colour, output.Alpha), truth = batch.Picture;
        Tensor share = batch.Alpha.mean().clamp_min(0.02), weight = 1 + (HeadPixels(batch) * _weights.HeadPixels);
        Tensor picture = ((drawn - truth).abs() * weight).mean() / share;
        Tensor colour = ((output.Colour - batch.Truth).abs() * (weight * batch.Alpha)).mean() / share;
        Tensor matte = Matte(output.Alpha, batch.Alpha) / share;
        Tensor features = _whole.Between(drawn, truth).mean() / share;
        Tensor head = Heads(drawn, truth, batch);
        Tensor blend = MeshLeft(output.Blend, batch) / share;
        (Tensor hinge, Tensor matching, Tensor own) = judge?.Invoke(drawn) ?? (zeros_like(picture), zeros_like(picture), zeros_like(picture));
        Tensor loss = (picture * _weights.Picture) + (colour * _weights.Colour) + (matte * _weights.Matte) + (features * _weights.Features) + (head * _weights.Head)
            + (blend * _weights.Blend) + (hinge * _weights.Adversary) + (matching * _weights.Matching);
        Tensor overlap = Overlap(output.Alpha.detach(), batch.Alpha).mean();
        return (loss, stack([loss, picture, colour, matte, features, head, blend, hinge, matching, own, overlap]).detach());
    }

    /// <summary>[B] intersection over union of mattes.</summary>
    public static Tensor Overlap(Tensor alpha, Tensor truth) => minimum(alpha, truth).sum([1, 2, 3]) / maximum(alpha, truth).sum([1, 2, 3]).clamp_min(1);

    /// <inheritdoc/>
    public void Dispose()
    {
        _whole.Dispose();
        _head.Dispose();
    }

    /// <summary>Cross-entropy moves what is surely wrong, the difference and that of each octave (Laplacian pyramid) make edges exact.</summary>
    private static Tensor Matte(Tensor alpha, Tensor truth)
    {
        // Not torch's own: on CUDA it ends the process at the first NaN, which the optimiser would skip.
        Tensor entropy = -((truth * (alpha + Least).log()) + ((1 - truth) * (1 - alpha + Least).log())).mean();
        Tensor difference = alpha - truth, sum = (entropy * 0.2) + difference.abs().mean();
        for (int level = 0; level < PyramidLevels; level++)
        {
            Tensor coarse = F.avg_pool2d(difference, [2, 2]);
            Tensor smooth = F.interpolate(coarse, size: [difference.shape[2], difference.shape[3]], mode: InterpolationMode.Bilinear, align_corners: false);
            sum += (difference - smooth).abs().mean();
            difference = coarse;
        }
        return sum;
    }

    private Tensor Heads(Tensor drawn, Tensor truth, PairBatch batch)
    {
        Tensor grid, shows, right;
        using (no_grad())
        {
            grid = ViewWarp.Around(batch.Side, batch.Head, HeadMargin).Grid(HeadPicture);
            shows = HeadShows(batch).to_type(ScalarType.Float32);
            right = ViewWarp.Look(truth, grid, nearest: false);
        }
        return (_head.Between(ViewWarp.Look(drawn, grid, nearest: false), right) * shows).sum() / shows.sum().clamp_min(1);
    }

    /// <summary>How much of the mesh's colour is left out where it is right.</summary>
    private static Tensor MeshLeft(Tensor kept, PairBatch batch)
    {
        Tensor right;
        using (no_grad()) right = (1 - ((batch.Mesh - batch.Truth).abs().mean([1L], keepdim: true) / Wrong)).clamp_min(0) * batch.Coverage * batch.Alpha;
        return ((1 - kept) * right).mean();
    }

    /// <summary>[B, 1, S, S] 1 in the head's box.</summary>
    private static Tensor HeadPixels(PairBatch batch)
    {
        Tensor at = arange(batch.Side, ScalarType.Float32, batch.Head.device) + 0.5f;
        Tensor Between(int low, int high) => logical_and(at.unsqueeze(0) > batch.Head.narrow(1, low, 1), at.unsqueeze(0) < batch.Head.narrow(1, high, 1)).to_type(ScalarType.Float32);
        return (Between(1, 3).unsqueeze(2) * Between(0, 2).unsqueeze(1)).unsqueeze(1);
    }
}
