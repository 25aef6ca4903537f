using Impersonator.Networks;
using Impersonator.Tests.Networks;
using Impersonator.Torch;
using Impersonator.Training.Curves;
using Impersonator.Training.Synthesis;
using Impersonator.Training.Trainers;

namespace Impersonator.Tests.Training;

[Collection(TorchTests.Random)]
public sealed class PoseTrainerTests
{
    [Fact]
    public void Run_ToyNetworks_LearnsAndWritesItsFiles()
    {
        using var folder = new TemporaryFolder();
        PoseTrainerOptions options = ToyTraining.Of(new PoseTrainerOptions
        {
            Output = folder.Path,
            Minutes = 10,
            Person = Weights.Initialise(PersonNet.Build(PersonNetTests.Toy), seed: 1),
            PersonNetwork = PersonNetTests.Toy,
            Network = PoseNetTests.Toy,
            Doubted = 0.75,
        });
        TrainingCurve curve = PoseTrainer.Run(options, () => new NakedPainter(), TorchDevice.Choose("cpu"), _ => { }, CancellationToken.None);
        ToyTraining.AssertLearned(curve, 0.8, "held_out_mpjpe_mm", folder.Path);
        Assert.Contains("MPJPE", Weights.Read(Path.Combine(folder.Path, PoseTrainer.WeightsName)).Words["held_out"]);
    }
}
