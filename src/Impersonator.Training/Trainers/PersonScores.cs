using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Networks;
using Impersonator.Torch;
using Impersonator.Training.Augmentations;
using static TorchSharp.torch;

namespace Impersonator.Training.Trainers;

/// <summary>What PersonNet reaches on held-out samples.</summary>
internal sealed class PersonScores
{
    private readonly Tensor _box, _mirror;

    public PersonScores(Device device)
    {
        Vector3 box = CanonicalBox.Max - CanonicalBox.Min;
        _box = tensor(new[] { box.X, box.Y, box.Z }, [1, 3, 1, 1]).to(device);
        _mirror = tensor(PersonNet.Mirror.Select(k => (long)k).ToArray(), device: device);
    }

    /// <summary>Names of the figures.</summary>
    public static ImmutableArray<string> Figures { get; } = ["pck05", "pck10", "mean_error", "swapped", "matte_iou", "part_accuracy", "surface_cm", "depth_cm"];

    /// <summary>
    /// The <see cref="Figures"/> of a network: shares of seen keypoints within 5 and 10 % of the person's height (longer side of the
    /// keypoints' box), their mean error, how many lie nearer to the other side's counterpart, the matte's intersection over union,
    /// right parts and errors of surface and depth on the body.
    /// </summary>
    public double[] Measure(TorchEngine engine, Tensor? parameters, HeldOut heldOut)
    {
        using var quiet = no_grad();
        Tensor? sums = null;
        using var outer = NewDisposeScope();
        for (long first = 0; first < heldOut.Count; first += heldOut.BatchSize)
        {
            using var scope = NewDisposeScope();
            PersonBatch batch = heldOut.Batch(first, heldOut.BatchSize);
            Tensor row = Sums(PersonOutput.Of(engine, batch, training: false, parameters), batch);
            sums = (sums is null ? row : sums + row).MoveToOuterDisposeScope();
        }
        float[] s = TorchEngine.Floats(sums!);
        double points = Math.Max(1, s[0]), pixels = Math.Max(1, s[5]);
        return [s[1] / points, s[2] / points, s[3] / points, s[4] / points, s[9] / Math.Max(1, s[10]), s[6] / pixels, 100 * s[7] / pixels, 100 * s[8] / pixels];
    }

    /// <summary>[11] seen points, within 5 %, within 10 %, error, swapped; body pixels, right parts, surface and depth in metres; overlap, pictures.</summary>
    private Tensor Sums(PersonOutput output, PersonBatch batch)
    {
        Tensor Flag(Tensor condition) => condition.to_type(ScalarType.Float32);
        Tensor x = batch.Place.select(2, 0) / PersonBatch.Stride, y = batch.Place.select(2, 1) / PersonBatch.Stride;
        (Tensor px, Tensor py, _) = new HeatMaps(output.Heat).Peaks(radius: 3);
        Tensor known = batch.Weight > 0, seen = Flag(batch.Weight > 0.9);
        Tensor Extent(Tensor at) => where(known, at, full_like(at, -1e6)).amax([1L]) - where(known, at, full_like(at, 1e6)).amin([1L]);
        Tensor height = maximum(Extent(x), Extent(y)).clamp_min(1).unsqueeze(1);
        Tensor error = ((px - x).pow(2) + (py - y).pow(2)).sqrt();
        Tensor mx = x.index_select(1, _mirror), my = y.index_select(1, _mirror);
        Tensor other = ((px - mx).pow(2) + (py - my).pow(2)).sqrt();
        Tensor swapped = Flag(logical_and(other < error * 0.5, known.index_select(1, _mirror))) * Flag(error > 0.05 * height);
        error /= height;

        Tensor body = Flag(batch.Parts > 0).unsqueeze(1);
        Tensor right = Flag(output.Parts.argmax(1) == batch.Parts) * body.squeeze(1);
        Tensor surface = (((output.Surface - batch.Surface) * _box).pow(2).sum(1, keepdim: true).sqrt() * body).sum();
        Tensor depth = ((output.Depth - batch.Depth).abs() * body).sum();
        Tensor overlap = PersonLoss.Overlap(sigmoid(output.Matte), batch.Matte) * batch.Matte.shape[0];
        Tensor pictures = full([1], batch.Matte.shape[0], ScalarType.Float32, output.Heat.device).squeeze(0);
        return stack([seen.sum(), (Flag(error < 0.05) * seen).sum(), (Flag(error < 0.1) * seen).sum(), (error * seen).sum(), (swapped * seen).sum(),
            body.sum(), right.sum(), surface, depth, overlap, pictures]);
    }
}
