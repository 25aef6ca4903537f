using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Networks;
using Impersonator.Torch;
using Impersonator.Training.Augmentations;
using Impersonator.Training.Synthesis;
using Impersonator.Training.Trainers;
using static TorchSharp.torch;

namespace Impersonator.Tests.Training;

public sealed class PoseTargetsTests : TorchTests
{
    private const int Size = 96, Count = 6;

    private static PersonBatch Batch(bool moved)
    {
        StoredSamples samples = TrainingSamples.Painted(Count, Size);
        var augmentation = new PersonAugmentation(CPU, Size, PersonNet.Mirror, AugmentationOptions.None with { Moves = moved }, seed: 4);
        return augmentation.Make(samples);
    }

    /// <summary>Whatever a view turns, mirrors and stretches: the true body, seen by the view's camera, lies where the picture's keypoints are.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_AnyView_ProjectsTheBodyOntoItsKeypoints(bool moved)
    {
        using var scope = NewDisposeScope();
        PersonBatch batch = Batch(moved);
        (ViewWarp view, Tensor bodies) = batch.From!.Value;
        PoseTargets targets = PoseTargets.Of(view, new StoredBodies(bodies));
        var body = new PoseBody(BodyModel.Default, CPU);
        (_, Tensor points) = body.Place(targets.Local, targets.Shape);
        Tensor seen = targets.Camera.Project(points.narrow(1, 0, PersonNet.KeypointCount), targets.Place), truth = (batch.Place * (2f / Size)) - 1;
        Tensor apart = (seen - truth).pow(2).sum(-1).sqrt() * batch.Inside * body.Projected;
        // The mirrored body is not quite the body's mirror image: components of the shape are not all symmetric.
        Assert.InRange(TorchEngine.Floats(apart).Max(), 0, 0.03f);
        if (!moved) return;
        Assert.Contains(TorchEngine.Floats(view.Mirror), m => m < 0);
        Assert.Contains(TorchEngine.Floats(view.Mirror), m => m > 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Place_TruePoseAndShape_GivesThePaintersJoints(bool dressed)
    {
        using var scope = NewDisposeScope();
        var sample = new Sample(Size);
        IPainter painter = dressed ? new PersonPainter(PeoplePack.CreateProcedural()) : new NakedPainter();
        painter.Paint(5, sample);
        var row = new float[StoredBodies.Numbers];
        StoredBodies.Store(sample, row);
        var bodies = new StoredBodies(tensor(row, [1, StoredBodies.Numbers]));
        (Tensor joints, _) = new PoseBody(BodyModel.Default, CPU).Place(Rotations.OfQuaternions(bodies.Rotations), bodies.Shape);
        float[] found = TorchEngine.Floats(joints + bodies.Pelvis.unsqueeze(1));
        Assert.All(found.Zip(sample.Joints3D), j => Assert.Equal(j.Second, j.First, 5e-3f));
    }

    [Fact]
    public void Log_OfRotations_IsTheirVector()
    {
        using var scope = NewDisposeScope();
        Vector3 vector = new(0.3f, -1.1f, 2);
        Quaternion q = Quaternion.CreateFromAxisAngle(Vector3.Normalize(vector), vector.Length());
        float[] found = TorchEngine.Floats(Rotations.Log(Rotations.OfQuaternions(tensor(new[] { q.X, q.Y, q.Z, q.W }, [1, 4]))));
        Assert.Equal([vector.X, vector.Y, vector.Z], found, (a, b) => MathF.Abs(a - b) < 1e-4f);
    }

    [Fact]
    public void Aligned_TurnedScaledAndMoved_LiesOnTheTruth()
    {
        using var scope = NewDisposeScope();
        Tensor truth = randn(2, 22, 3);
        Tensor turn = Rotations.OfSix(tensor(new[] { 0.3f, -0.5f, 0.8f, 0.1f, 0.9f, -0.2f }, [1, 6]));
        Tensor moved = (truth.matmul(turn) * 1.7f) + 3;
        Assert.InRange(TorchEngine.Floats((PoseScores.Aligned(moved, truth) - truth).abs().max())[0], 0, 1e-4f);
    }
}
