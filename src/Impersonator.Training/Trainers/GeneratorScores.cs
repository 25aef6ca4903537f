using System.Collections.Immutable;
using Impersonator.Torch;
using Impersonator.Training.Augmentations;
using static TorchSharp.torch;

namespace Impersonator.Training.Trainers;

/// <summary>What drawn people reach on held-out pairs, before an even grey.</summary>
/// <param name="features">Distance of pictures, [B].</param>
internal sealed class GeneratorScores(Func<Tensor, Tensor, Tensor> features)
{
    private static readonly float[] Thirds = [0, 60, 120, 181];

    /// <summary>Names of the figures: dB in the person's box and the matte's intersection over union, by degrees between the views; gradient energy as a share of the truth's; distance of PersonNet's features.</summary>
    public static ImmutableArray<string> Figures { get; } = ["psnr_60", "psnr_120", "psnr_180", "iou_60", "iou_120", "iou_180", "sharpness", "features"];

    /// <summary>Figures for readers.</summary>
    public static string Line(double[] held) => FormattableString.Invariant(
        $"PSNR {held[0]:F2} / {held[1]:F2} / {held[2]:F2} dB, matte IoU {held[3]:F3} / {held[4]:F3} / {held[5]:F3} (0–60, –120, –180°), sharpness {held[6]:F2}, features {held[7]:F4}");

    /// <summary>The <see cref="Figures"/> of whoever draws; of a third with nobody in it they are not numbers.</summary>
    public double[] Measure(PairHeldOut heldOut, Func<PairBatch, GeneratorOutput> draw)
    {
        using var quiet = no_grad();
        using var outer = NewDisposeScope();
        Tensor? sums = null;
        for (long first = 0; first < heldOut.Count; first += heldOut.BatchSize)
        {
            using var scope = NewDisposeScope();
            PairBatch batch = heldOut.Batch(first, heldOut.BatchSize);
            Tensor row = Sums(draw(batch), batch);
            sums = (sums is null ? row : sums + row).MoveToOuterDisposeScope();
        }
        float[] s = TorchEngine.Floats(sums!);
        double Of(int figure, int third) => s[(3 * figure) + third] / s[third];
        return [Of(1, 0), Of(1, 1), Of(1, 2), Of(2, 0), Of(2, 1), Of(2, 2), s[9] / s[10], s[11] / s[12]];
    }

    /// <summary>[13]: of each third how many, their dB, their overlap; gradient energy, the truth's; distances, how many.</summary>
    private Tensor Sums(GeneratorOutput output, PairBatch batch)
    {
        Tensor picture = batch.Over(output.Colour.clamp(0, 1), output.Alpha), truth = batch.Picture;
        Tensor box = Box(batch.Alpha);
        Tensor error = ((picture - truth).square() * box).sum([1, 2, 3]) / (3 * box.sum([1, 2, 3])).clamp_min(1);
        Tensor decibels = error.clamp_min(1e-7).log10() * -10, overlap = GeneratorLoss.Overlap(output.Alpha, batch.Alpha);
        Tensor[] thirds = [.. Enumerable.Range(0, 3).Select(t => logical_and(batch.Yaw >= Thirds[t], batch.Yaw < Thirds[t + 1]).to_type(ScalarType.Float32))];
        Tensor person = (batch.Alpha > 0.5).to_type(ScalarType.Float32), distance = features(picture, truth);
        return stack([.. thirds.Select(t => t.sum()), .. thirds.Select(t => (t * decibels).sum()), .. thirds.Select(t => (t * overlap).sum()),
            Energy(picture, person), Energy(truth, person), distance.sum(), ones_like(distance).sum()]);
    }

    /// <summary>[B, 1, S, S] 1 in the smallest box around a matte.</summary>
    private static Tensor Box(Tensor alpha)
    {
        static Tensor Between(Tensor any)
        {
            Tensor Begun(Tensor x) => x.to_type(ScalarType.Float32).cumsum(1) > 0;
            return logical_and(Begun(any), Begun(any.flip(1)).flip(1)).to_type(ScalarType.Float32);
        }
        Tensor there = alpha.squeeze(1) > 0.1;
        return (Between(there.any(2)).unsqueeze(2) * Between(there.any(1)).unsqueeze(1)).unsqueeze(1);
    }

    /// <summary>Squared differences of neighbours inside.</summary>
    private static Tensor Energy(Tensor picture, Tensor inside)
    {
        Tensor Along(int axis)
        {
            long n = picture.shape[axis] - 1;
            Tensor both = inside.narrow(axis, 0, n) * inside.narrow(axis, 1, n);
            return ((picture.narrow(axis, 1, n) - picture.narrow(axis, 0, n)).square() * both).sum();
        }
        return Along(2) + Along(3);
    }
}
