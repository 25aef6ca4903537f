using Impersonator.Files;
using Impersonator.Networks;
using Impersonator.Networks.LiquidWarping;
using Impersonator.Tests.Networks;
using Impersonator.Torch;
using Impersonator.Training.Curves;
using Impersonator.Training.Trainers;

namespace Impersonator.Tests.Training;

[Collection(TorchTests.Random)]
public sealed class GeneratorTrainerTests : TorchTests
{
    private const int Side = 32, Targets = 4;

    // So small a network is faster on one thread, and steadily so on a busy machine.
    public GeneratorTrainerTests() => TorchSharp.torch.set_num_threads(1);

    private static GeneratorTrainerOptions Options(string folder) => ToyTraining.Of(new GeneratorTrainerOptions
    {
        Output = folder,
        Minutes = 10,
        Person = Weights.Initialise(PersonNet.Build(PersonNetTests.Toy), seed: 1),
        PersonNetwork = PersonNetTests.Toy,
        Network = GeneratorNet.Build(GeneratorNetTests.Toy(FeatureMixing.Sum) with { Half = 16 }),
        Targets = Targets,
        AdversaryFrom = 1,
        AdversaryWidth = 4,
    }) with
    { SampleSize = Side, HeldOut = 16, Batch = 16, Pool = 512, First = 256, Rate = 5e-3 };

    private static (TrainingCurve Curve, List<string> Told) Run(GeneratorTrainerOptions options)
    {
        var told = new List<string>();
        return (GeneratorTrainer.Run(options, () => new BlobPainter(Side, Targets), TorchDevice.Choose("cpu"), told.Add, CancellationToken.None), told);
    }

    private static double[] Column(TrainingCurve curve, string name) => [.. curve.Rows.Select(row => row[curve.Columns.IndexOf(name)]).Where(double.IsFinite)];

    [Fact]
    public void Run_ColoursThatOnlyTheFlowTells_AreLearned()
    {
        using var folder = new TemporaryFolder();
        (TrainingCurve curve, List<string> told) = Run(Options(folder.Path) with { MostSteps = 70 });
        double[] colours = Column(curve, "colour"), features = Column(curve, "held_out_features");
        double before = colours.Take(8).Average(), after = colours.TakeLast(8).Average();
        Assert.True(after < 0.8 * before, $"{before} → {after}");
        Assert.Contains(told, line => line.StartsWith("held out, the mesh alone: PSNR", StringComparison.Ordinal));
        Assert.InRange(features[^1], 0, 10);
        foreach (string name in (string[])["curve.csv", "samples.png", "held-out.png", "generator-net.safetensors"]) Assert.True(new FileInfo(Path.Combine(folder.Path, name)).Length > 100);
    }

    [Fact]
    public void Run_FromState_TheDiscriminatorGoesOnToo()
    {
        using var folder = new TemporaryFolder();
        string state = Path.Combine(folder.Path, "state");
        GeneratorTrainerOptions options = Options(Path.Combine(folder.Path, "a")) with { MostSteps = 3, Batch = 4, AdversaryFrom = 0, State = state };
        (TrainingCurve first, _) = Run(options);
        Assert.All(Column(first, "judge"), loss => Assert.True(loss > 0.5));
        Safetensors written = Safetensors.Read(state);
        Assert.Equal("3", written.Metadata["discriminator.steps"]);
        Assert.Contains(written.Get<float>("discriminator.first"), v => v != 0);

        Run(options with { Output = Path.Combine(folder.Path, "b"), Resume = state, MostSteps = 2 });
        Assert.Equal("5", Safetensors.Read(state).Metadata["discriminator.steps"]);
    }

    [Theory]
    [InlineData(LiquidWarpingKind.Features)]
    [InlineData(LiquidWarpingKind.Texture)]
    [InlineData(LiquidWarpingKind.Concatenation)]
    public void Run_GeneratorOf2019_IsTaughtTheSame(LiquidWarpingKind kind)
    {
        using var folder = new TemporaryFolder();
        Graph graph = new LiquidWarpingGan2019(new LiquidWarpingSize { Picture = Side, Width = 4, Blocks = 1 }, alignCorners: false).Pairs(kind);
        (TrainingCurve curve, _) = Run(Options(folder.Path) with { Network = graph, WeightsName = "2019-net.safetensors", MostSteps = 16, Batch = 4 });
        double[] losses = Column(curve, "loss");
        Assert.True(losses.TakeLast(4).Average() < 0.9 * losses.Take(4).Average(), string.Join(", ", losses));
        Assert.Contains("16 steps of 4", Weights.Read(Path.Combine(folder.Path, "2019-net.safetensors")).Words["trained"]);
    }
}
