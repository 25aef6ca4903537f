using System.Collections.Immutable;
using Impersonator.Bodies;
using Impersonator.Torch;
using static TorchSharp.torch;

namespace Impersonator.Training.Trainers;

/// <summary>What PoseNet reaches on held-out samples, behind a PersonNet as it is.</summary>
/// <param name="body">The body.</param>
/// <param name="look">What PersonNet says of a batch.</param>
internal sealed class PoseScores(PoseBody body, Func<Augmentations.PersonBatch, (PoseInput Input, PoseTargets Targets)> look)
{
    /// <summary>Names of the figures: millimetres and degrees, the last as a share of the window's half side.</summary>
    public static ImmutableArray<string> Figures { get; } = ["mpjpe_mm", "pa_mpjpe_mm", "points_mm", "degrees", "root_degrees", "shape", "projection"];

    /// <summary>The <see cref="Figures"/> of a network, then [22] mean degrees of each joint.</summary>
    public double[] Measure(TorchEngine engine, Tensor? parameters, HeldOut heldOut)
    {
        using var quiet = no_grad();
        using var outer = NewDisposeScope();
        var sums = new double[Figures.Length + Joint.BodyCount];
        for (long first = 0; first < heldOut.Count; first += heldOut.BatchSize)
        {
            using var scope = NewDisposeScope();
            Augmentations.PersonBatch batch = heldOut.Batch(first, heldOut.BatchSize);
            (PoseInput input, PoseTargets targets) = look(batch);
            PoseOutput output = PoseOutput.Of(engine, input, training: false, parameters);
            float[] row = TorchEngine.Floats(Row(output, targets, batch));
            for (int i = 0; i < sums.Length; i++) sums[i] += row[i] * batch.Place.shape[0] / heldOut.Count;
        }
        return sums;
    }

    private Tensor Row(PoseOutput output, PoseTargets targets, Augmentations.PersonBatch batch)
    {
        (Tensor joints, Tensor points) = body.Place(output.Local, output.Shape);
        (Tensor trueJoints, Tensor truePoints) = body.Place(targets.Local, targets.Shape);
        Tensor degrees = Rotations.Log(output.Local.transpose(2, 3).matmul(targets.Local)).pow(2).sum(-1).sqrt() * (180 / MathF.PI);
        Tensor seen = targets.Camera.Project(points.narrow(1, 0, batch.Place.shape[1]), output.Place), weight = batch.Inside * body.Projected;
        Tensor projection = (Length(seen - ((batch.Place * (2f / batch.Picture.shape[3])) - 1)) * weight).sum() / (weight.sum() + 1e-6f);
        Tensor head = stack([1000 * Length(joints - trueJoints).mean(), 1000 * Length(Aligned(joints, trueJoints) - trueJoints).mean(), 1000 * Length(points - truePoints).mean(),
            degrees.narrow(1, 1, Joint.BodyCount - 1).mean(), degrees.select(1, 0).mean(), (output.Shape - targets.Shape.narrow(1, 0, output.Shape.shape[1])).pow(2).mean().sqrt(), projection]);
        return cat([head, degrees.mean([0L])], 0);
    }

    /// <summary>Turned, scaled and moved to lie as near to the truth as may be (Procrustes; Umeyama, 1991).</summary>
    /// <param name="from">[B, J, 3].</param>
    /// <param name="to">[B, J, 3].</param>
    internal static Tensor Aligned(Tensor from, Tensor to)
    {
        Tensor fromMiddle = from.mean([1L], keepdim: true), toMiddle = to.mean([1L], keepdim: true);
        Tensor x = (from - fromMiddle).to_type(ScalarType.Float64).cpu(), y = (to - toMiddle).to_type(ScalarType.Float64).cpu();
        (Tensor u, Tensor s, Tensor v) = linalg.svd(x.transpose(1, 2).matmul(y));
        Tensor sign = linalg.det(u.matmul(v)).sign();
        Tensor signs = stack([ones_like(sign), ones_like(sign), sign], 1);
        Tensor turn = (u * signs.unsqueeze(1)).matmul(v), scale = (s * signs).sum(1) / x.pow(2).sum([1L, 2L]).clamp_min(1e-12);
        return (x.matmul(turn) * scale.view(-1, 1, 1)).to_type(ScalarType.Float32).to(from.device) + toMiddle;
    }

    private static Tensor Length(Tensor x) => x.pow(2).sum(-1).sqrt();
}
