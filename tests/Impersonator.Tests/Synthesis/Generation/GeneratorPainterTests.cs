using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Motions;
using Impersonator.Networks;
using Impersonator.Synthesis;

namespace Impersonator.Tests.Synthesis.Generation;

public sealed class GeneratorPainterTests
{
    [Theory]
    [InlineData(256)]
    [InlineData(640)]
    public void Portrait_GeneratorThatPaintsTheMesh_LooksLikeTheMeshEngine(int size)
    {
        Frame mesh = Views.Portrait(GenerationSubject.Made, size), drawn = Views.Portrait(GenerationSubject.Made, size, GeneratorWeights.Neutral);
        int[] differences = [.. mesh.Rgba.Zip(drawn.Rgba, (a, b) => Math.Abs(a - b)).Order()];
        Assert.True(differences.Average() < 0.3, $"{differences.Average()}");
        Assert.True(differences[differences.Length * 995 / 1000] <= 12, $"{differences[differences.Length * 995 / 1000]}");
    }

    [Fact]
    public void RenderAll_Generator_GivesTheFramesOfRenderInOrder()
    {
        using var shot = new Shot(GenerationSubject.Made, MotionLibrary.Create("bow"), new ShotOptions { Size = 96, Seconds = 0.1f, Generator = GeneratorWeights.Neutral });
        Frame[] all = [.. shot.RenderAll(TestContext.Current.CancellationToken)];
        Assert.Equal(3, all.Length);
        for (int k = 0; k < all.Length; k++) Assert.Equal(shot.Render(k).Rgba, all[k].Rgba);
    }

    [Fact]
    public void Portrait_WeightsOfAnyMixing_AreDrawnWith()
    {
        foreach (FeatureMixing mixing in Enum.GetValues<FeatureMixing>())
            Assert.Equal(64, Views.Portrait(GenerationSubject.Made, 64, Weights.Initialise(GeneratorNet.Build(new GeneratorNetSize { Mixing = mixing }), seed: 1)).Height);
    }

    [Fact]
    public void Portrait_WeightsOfAnotherNetwork_AreRefusedInOneLine()
        => Assert.DoesNotContain('\n', Assert.Throws<InputException>(() => Views.Portrait(GenerationSubject.Made, 64, new Weights())).Message);

    [Fact]
    public void Shot_SubjectWithoutSource_SaysWhatToDo()
        => Assert.Contains("mesh", Assert.Throws<InputException>(() => new Shot(NakedSubject.Create(), MotionLibrary.Create("bow"), new ShotOptions { Generator = GeneratorWeights.Neutral })).Message, StringComparison.Ordinal);
}
