using Impersonator.Files;
using Impersonator.Networks;
using Impersonator.Tests.Networks;
using Impersonator.Torch;
using Impersonator.Training.Curves;
using Impersonator.Training.Synthesis;
using Impersonator.Training.Trainers;

namespace Impersonator.Tests.Training;

[Collection(TorchTests.Random)]
public sealed class PersonTrainerTests
{
    private static PersonTrainerOptions Options(string folder) => ToyTraining.Of(new PersonTrainerOptions { Output = folder, Minutes = 10, Network = PersonNetTests.Toy });

    private static TrainingCurve Run(PersonTrainerOptions options) => PersonTrainer.Run(options, () => new NakedPainter(), TorchDevice.Choose("cpu"), _ => { }, CancellationToken.None);

    [Fact]
    public void Run_ToyNetwork_LearnsAndWritesItsFiles()
    {
        using var folder = new TemporaryFolder();
        TrainingCurve curve = Run(Options(folder.Path));
        ToyTraining.AssertLearned(curve, 0.85, "held_out_pck05", folder.Path);

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
