using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Training.Augmentations;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Impersonator.Training.Trainers;

/// <summary>How far PersonNet's answers are from the truth, as one number to descend and as figures to read.</summary>
internal sealed class PersonLoss
{
    /// <summary>Cells: the Gaussian that heat maps should be, and how wide heat at the wrong side is looked for.</summary>
    private const float Deviation = 1, MirrorDeviation = 1.5f;

    /// <summary>Cells between left and right from which on they can be told apart.</summary>
    private const float Apart = 3;

    private readonly LossWeights _weights;
    private readonly Tensor _mirror, _box;

    /// <param name="device">Where batches lie.</param>
    /// <param name="mirrorPoints">[K] each keypoint's counterpart.</param>
    /// <param name="weights">Null = the usual ones.</param>
    public PersonLoss(Device device, ImmutableArray<int> mirrorPoints, LossWeights? weights = null)
    {
        _weights = weights ?? new LossWeights();
        _mirror = tensor(mirrorPoints.Select(i => (long)i).ToArray(), device: device);
        Vector3 size = CanonicalBox.Max - CanonicalBox.Min;
        _box = tensor(new[] { size.X, size.Y, size.Z }, [1, 3, 1, 1]).to(device);
    }

    /// <summary>Names of the figures that <see cref="Compute"/> gives.</summary>
    public static ImmutableArray<string> Figures { get; } = ["loss", "heat", "likelihood", "mirror", "inside", "matte", "parts", "surface", "depth", "pixels", "iou", "part_accuracy", "surface_mm", "depth_mm"];

    /// <summary>The loss with its gradient, and [F] the <see cref="Figures"/> without.</summary>
    public (Tensor Loss, Tensor Figures) Compute(PersonOutput output, PersonBatch batch)
    {
        Tensor x = batch.Place.select(2, 0) / PersonBatch.Stride, y = batch.Place.select(2, 1) / PersonBatch.Stride;
        Tensor known = batch.Weight.sum() + 1e-6f;
        Tensor Mean(Tensor perPoint) => (perPoint * batch.Weight).sum() / known;

        var maps = new HeatMaps(output.Heat);
        Tensor heat = Mean(maps.CrossEntropy(x, y, Deviation));
        Tensor error = (maps.X - x).abs() + (maps.Y - y).abs();
        // −log of a Laplace density per axis, without its constant: |error| / scale + log scale, twice.
        Tensor likelihood = Mean((error * exp(-output.Scale)) + (2 * output.Scale));
        Tensor mirror = Mean(Mirror(maps, x, y));
        Tensor inside = F.binary_cross_entropy_with_logits(output.Inside, batch.Inside);

        Tensor matte = sigmoid(output.Matte), matteError = (matte - batch.Matte).abs().mean();
        Tensor matteLoss = (_weights.Matte * F.binary_cross_entropy_with_logits(output.Matte, batch.Matte)) + (_weights.MatteError * matteError)
            + (_weights.MatteEdge * Slopes(matte - batch.Matte));
        Tensor parts = F.cross_entropy(output.Parts, batch.Parts);

        Tensor body = (batch.Parts > 0).to_type(ScalarType.Float32).unsqueeze(1), pixels = body.sum() + 1e-6f;
        Tensor surfaceError = (output.Surface - batch.Surface).abs() * body;
        Tensor surface = surfaceError.sum() / pixels / 3;
        Tensor depth = ((output.Depth - batch.Depth).abs() * body).sum() / pixels;

        Tensor loss = (_weights.Heat * heat) + (_weights.Likelihood * likelihood) + (_weights.Mirror * mirror) + (_weights.Inside * inside) + matteLoss
            + (_weights.Parts * parts) + (_weights.Surface * surface) + (_weights.Depth * depth);
        using var quiet = no_grad();
        Tensor seen = (batch.Weight > 0.9).to_type(ScalarType.Float32);
        Tensor distance = ((maps.X - x).pow(2) + (maps.Y - y).pow(2)).sqrt() * PersonBatch.Stride;
        Tensor millimetres = (surfaceError * _box).pow(2).sum(1).sqrt().sum() / pixels * 1000;
        Tensor right = ((output.Parts.argmax(1) == batch.Parts).to_type(ScalarType.Float32) * body.squeeze(1)).sum() / pixels;
        Tensor figures = stack([loss, heat, likelihood, mirror, inside, matteError, parts, surface, depth,
            (distance * seen).sum() / (seen.sum() + 1e-6f), Overlap(matte, batch.Matte), right, millimetres, depth * 1000]);
        return (loss, figures.detach());
    }

    /// <summary>[B, K] −log(1 − heat at the counterpart), less the nearer the two are; nothing for points of the middle.</summary>
    private Tensor Mirror(HeatMaps maps, Tensor x, Tensor y)
    {
        Tensor mx = x.index_select(1, _mirror), my = y.index_select(1, _mirror);
        Tensor apart = 1 - exp(((mx - x).pow(2) + (my - y).pow(2)) * (-0.5f / (Apart * Apart)));
        return -log(1 - (maps.Near(mx, my, MirrorDeviation) * 0.999f)) * apart;
    }

    /// <summary>Mean absolute difference between neighbours.</summary>
    private static Tensor Slopes(Tensor maps)
        => (maps.slice(3, 1, maps.shape[3], 1) - maps.slice(3, 0, maps.shape[3] - 1, 1)).abs().mean()
            + (maps.slice(2, 1, maps.shape[2], 1) - maps.slice(2, 0, maps.shape[2] - 1, 1)).abs().mean();

    /// <summary>Mean over pictures of intersection over union at one half.</summary>
    public static Tensor Overlap(Tensor matte, Tensor truth)
    {
        Tensor a = (matte > 0.5).to_type(ScalarType.Float32), b = (truth > 0.5).to_type(ScalarType.Float32);
        return ((a * b).sum([1L, 2, 3]) / maximum(a, b).sum([1L, 2, 3]).clamp_min(1)).mean();
    }
}
