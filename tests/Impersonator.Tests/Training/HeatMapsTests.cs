using Impersonator.Training.Trainers;
using static TorchSharp.torch;

namespace Impersonator.Tests.Training;

public sealed class HeatMapsTests : TorchTests
{
    [Fact]
    public void CrossEntropy_OfAGaussian_IsWhatLayingItOutGives()
    {
        manual_seed(2);
        Tensor logits = randn(2, 3, 8, 8), x = rand(2, 3) * 8, y = rand(2, 3) * 8;
        Tensor centres = arange(8, ScalarType.Float32) + 0.5f;
        Tensor Bell(Tensor at) => nn.functional.softmax((centres.view(1, 1, -1) - at.unsqueeze(2)).pow(2) * -0.5f, -1);
        Tensor target = Bell(y).unsqueeze(3) * Bell(x).unsqueeze(2);
        Tensor expected = -(target.flatten(2) * nn.functional.log_softmax(logits.flatten(2), -1)).sum(-1);
        Assert.True((new HeatMaps(logits).CrossEntropy(x, y, 1) - expected).abs().max().item<float>() < 1e-4);
    }

    [Fact]
    public void Peaks_TwoGuesses_TakesTheStrongerOne()
    {
        Tensor logits = zeros(1, 1, 16, 16);
        logits[0][0][3][4].fill_(20);
        logits[0][0][3][5].fill_(20);
        logits[0][0][12][12].fill_(20.3);
        var maps = new HeatMaps(logits);
        (Tensor x, Tensor y, _) = maps.Peaks(radius: 3);
        Assert.Equal(5, x.item<float>(), 0.01f);
        Assert.Equal(3.5f, y.item<float>(), 0.01f);
        Assert.True(maps.X.item<float>() > 6);
    }
}
