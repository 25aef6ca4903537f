using Impersonator.Networks;
using Impersonator.Tests.Networks;
using Impersonator.Torch;
using Impersonator.Training.Augmentations;
using Impersonator.Training.Curves;
using Impersonator.Training.Synthesis;
using Impersonator.Training.Trainers;

namespace Impersonator.Tests.Training;

public sealed class PoseTrainerTests
{
    [Fact]
    public void Run_ToyNetworks_LearnsAndWritesItsFiles()
    {
        using var folder = new TemporaryFolder();
        var options = new PoseTrainerOptions
        {
            Output = folder.Path,
            Minutes = 10,
            Person = Weights.Initialise(PersonNet.Build(PersonNetTests.Toy), seed: 1),
            PersonNetwork = PersonNetTests.Toy,
            Network = PoseNetTests.Toy,
            SampleSize = 64,
            Batch = 8,
            Pool = 32,
            First = 32,
            HeldOut = 4,
            Threads = 1,
            MostSteps = 40,
            WarmUp = 5,
            Rate = 4e-3,
            LogSeconds = 0,
            HeldOutSeconds = 1e9,
            Augmentation = AugmentationOptions.None,
            Doubted = 0.75,
        };
        TrainingCurve curve = PoseTrainer.Run(options, () => new NakedPainter(), TorchDevice.Choose("cpu"), _ => { }, CancellationToken.None);
        int loss = curve.Columns.IndexOf("loss");
        double[] losses = [.. curve.Rows.Select(r => r[loss]).Where(double.IsFinite)];
        Assert.Equal(40, losses.Length);
        double start = losses.Take(4).Average(), end = losses.TakeLast(4).Average();
        Assert.True(end < 0.8 * start, $"{start} → {end}");
        Assert.All(curve.Rows[^1].Skip(curve.Columns.IndexOf("held_out_mpjpe_mm")), v => Assert.True(double.IsFinite(v)));
        Assert.All((string[])["curve.csv", "curve.png", "samples.png", "held-out.png"], name => Assert.True(new FileInfo(Path.Combine(folder.Path, name)).Length > 100));
        Assert.Contains("MPJPE", Weights.Read(Path.Combine(folder.Path, PoseTrainer.WeightsName)).Words["held_out"]);
    }
}
