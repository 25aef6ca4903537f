using System.Collections.Immutable;
using Impersonator.Networks;
using Impersonator.Training.Augmentations;
using static TorchSharp.torch;

namespace Impersonator.Training.Trainers;

/// <summary>How far PoseNet's answers are from the truth.</summary>
/// <remarks>
/// Distances, not their squares: rare poses must not rule. The uncertainties are fitted by Laplace likelihoods to errors that they do not change
/// (no gradient reaches the pose through them).
/// </remarks>
internal sealed class PoseLoss(PoseBody body)
{
    private const float RotationWeight = 1, JointWeight = 6, PointWeight = 6, ProjectionWeight = 2, ShapeWeight = 0.05f, PlaceWeight = 1, UncertaintyWeight = 0.05f;

    /// <summary>Names of the figures that <see cref="Compute"/> gives.</summary>
    public static ImmutableArray<string> Figures { get; } = ["loss", "rotation", "joints", "points", "projection", "shape", "place", "spread", "error", "joint_mm", "degrees"];

    /// <summary>The loss with its gradient, and [F] the <see cref="Figures"/> without.</summary>
    /// <param name="output">What was said.</param>
    /// <param name="targets">The truth.</param>
    /// <param name="batch">The windows.</param>
    public (Tensor Loss, Tensor Figures) Compute(PoseOutput output, PoseTargets targets, PersonBatch batch)
    {
        Tensor trueJoints, truePoints;
        using (no_grad()) (trueJoints, truePoints) = body.Place(targets.Local, targets.Shape);
        (Tensor joints, Tensor points) = body.Place(output.Local, output.Shape);
        Tensor rotation = Length((output.Local - targets.Local).flatten(2)).mean();
        Tensor jointError = Length(joints - trueJoints), jointLoss = jointError.mean(), pointLoss = Length(points - truePoints).mean();

        Tensor seen = targets.Camera.Project(points.narrow(1, 0, PersonNet.KeypointCount), output.Place);
        Tensor truth = (batch.Place * (2f / batch.Picture.shape[3])) - 1, weight = batch.Inside * body.Projected;
        Tensor projection = (Length(seen - truth).clamp_max(1) * weight).sum() / (weight.sum() + 1e-6f);
        Tensor shape = (output.Shape - targets.Shape.narrow(1, 0, PoseNet.ShapeCount)).pow(2).mean();
        Tensor place = (output.Place - targets.Place).abs().mean();

        Tensor turned = Rotations.Log(output.Local.detach().transpose(2, 3).matmul(targets.Local));
        Tensor spread = Likelihood(turned.abs(), output.Spread), error = Likelihood(jointError.detach(), output.Error);
        Tensor loss = (RotationWeight * rotation) + (JointWeight * jointLoss) + (PointWeight * pointLoss) + (ProjectionWeight * projection) + (ShapeWeight * shape)
            + (PlaceWeight * place) + (UncertaintyWeight * (spread + error));
        using var quiet = no_grad();
        Tensor degrees = turned.pow(2).sum(-1).sqrt().mean() * (180 / MathF.PI);
        return (loss, stack([loss, rotation, jointLoss, pointLoss, projection, shape, place, spread, error, jointError.mean() * 1000, degrees]).detach());
    }

    /// <summary>−log of a Laplace density, without its constant.</summary>
    private static Tensor Likelihood(Tensor error, Tensor logScale) => ((error * exp(-logScale)) + logScale).mean();

    private static Tensor Length(Tensor x) => (x.pow(2).sum(-1) + 1e-8f).sqrt();
}
