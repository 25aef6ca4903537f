using Impersonator.Files;
using Impersonator.Networks;
using Impersonator.Tests.Networks;
using Impersonator.Torch;
using Impersonator.Training.Augmentations;
using Impersonator.Training.Curves;
using Impersonator.Training.Synthesis;
using Impersonator.Training.Trainers;

namespace Impersonator.Tests.Training;

public sealed class PersonTrainerTests
{
    private static PersonTrainerOptions Options(string folder) => new()
    {
        Output = folder,
        Minutes = 10,
        Network = PersonNetTests.Toy,
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
    };

    private static TrainingCurve Run(PersonTrainerOptions options) => PersonTrainer.Run(options, () => new NakedPainter(), TorchDevice.Choose("cpu"), _ => { }, CancellationToken.None);

    [Fact]
    public void Run_ToyNetwork_LearnsAndWritesItsFiles()
    {
        using var folder = new TemporaryFolder();
        TrainingCurve curve = Run(Options(folder.Path));
        int loss = curve.Columns.IndexOf("loss");
        double[] losses = [.. curve.Rows.Select(r => r[loss]).Where(double.IsFinite)];
        Assert.Equal(40, losses.Length);
        double start = losses.Take(4).Average(), end = losses.TakeLast(4).Average();
        Assert.True(end < 0.85 * start, $"{start} → {end}");
        Assert.All(curve.Rows[^1].Skip(curve.Columns.IndexOf("held_out_pck05")), v => Assert.True(double.IsFinite(v)));
        Assert.All((string[])["curve.csv", "curve.png", "samples.png", "held-out.png"], name => Assert.True(new FileInfo(Path.Combine(folder.Path, name)).Length > 100));

        // The weights run in the other engine.
        Graph graph = PersonNet.Build(PersonNetTests.Toy);
        Weights weights = Weights.Read(Path.Combine(folder.Path, PersonTrainer.WeightsName));
        using var engine = new OnnxEngine(graph, weights);
        Assert.Contains("40 steps of 8", weights.Words["trained"]);
        Assert.All(engine.Run(new NetworkArray(new float[3 * 64 * 64], 1, 3, 64, 64)).Values, o => Assert.All(o.Values, v => Assert.True(float.IsFinite(v))));
    }

    [Fact]
    public void Run_FromState_GoesOnCountingAndFromWeights_StartsAtTheirFigures()
    {
        using var folder = new TemporaryFolder();
        string state = Path.Combine(folder.Path, "state");
        PersonTrainerOptions options = Options(Path.Combine(folder.Path, "a")) with { MostSteps = 6, State = state };
        TrainingCurve first = Run(options);
        TrainingCurve second = Run(options with { Output = Path.Combine(folder.Path, "b"), Resume = state, State = null, MostSteps = 2 });
        Assert.Equal([7, 8], second.Rows.Take(2).Select(r => r[1]));

        // Nothing is trained from the written weights: held-out figures stay what they were but for half precision.
        TrainingCurve third = Run(options with { Output = Path.Combine(folder.Path, "c"), Resume = Path.Combine(options.Output, PersonTrainer.WeightsName), State = null, MostSteps = 0 });
        int mean = first.Columns.IndexOf("held_out_matte_iou");
        Assert.Equal(first.Rows[^1][mean], third.Rows[^1][mean], 0.02);
    }

    [Fact]
    public void Run_FromAnotherNetworksState_IsRefused()
    {
        using var folder = new TemporaryFolder();
        string state = Path.Combine(folder.Path, "state");
        PersonTrainerOptions options = Options(folder.Path) with { MostSteps = 1, State = state };
        Run(options);
        Assert.Contains("another network", Assert.Throws<InputException>(() => Run(options with { Resume = state, Network = PersonNetTests.Toy with { Half = 16 } })).Message);
    }
}
