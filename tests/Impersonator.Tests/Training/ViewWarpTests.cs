using Impersonator.Training.Augmentations;
using Impersonator.Training.Synthesis;
using static TorchSharp.torch;

namespace Impersonator.Tests.Training;

public sealed class ViewWarpTests : TorchTests
{
    private const int Size = 64;

    private static PersonAugmentation Untreated(int outputSize = Size) => new(CPU, outputSize, Keypoints33.Mirror, AugmentationOptions.None, seed: 1);

    private static ViewWarp Warp(float x, float y, float side, float turn = 0, float mirror = 1, float stretch = 1)
    {
        static Tensor One(float value) => tensor(new[] { value });
        return new ViewWarp(Size, One(x), One(y), One(side), One(turn), One(mirror), One(stretch));
    }

    private static float LargestDifference(Tensor a, Tensor b) => (a.to_type(ScalarType.Float32) - b.to_type(ScalarType.Float32)).abs().max().item<float>();

    [Fact]
    public void Make_IdentityView_LeavesTheSample()
    {
        StoredSamples samples = TrainingSamples.Painted(2, Size);
        PersonBatch batch = Untreated().Make(samples, ViewWarp.Identity(2, Size, CPU));
        Tensor rgba = samples.Pictures.permute(0, 3, 1, 2).to_type(ScalarType.Float32) / 255;
        Assert.True(LargestDifference(batch.Picture + PersonAugmentation.Mean, rgba.narrow(1, 0, 3)) < 1e-4);
        Assert.True(LargestDifference(batch.Matte, nn.functional.avg_pool2d(rgba.narrow(1, 3, 1), [2, 2])) < 1e-4);
        Assert.True(LargestDifference(batch.Place, samples.Points.narrow(2, 0, 2)) < 1e-3);
        Assert.True(LargestDifference(batch.Weight, (samples.Points.select(2, 2) > 1.5).to_type(ScalarType.Float32) + (0.35f * (samples.Points.select(2, 2) == 1).to_type(ScalarType.Float32))) < 1e-6);
        Assert.True((batch.Parts > 0).sum().item<long>() > 20);
    }

    [Fact]
    public void Make_MirroredTwice_LeavesTheSample()
    {
        StoredSamples samples = TrainingSamples.Painted(1, Size);
        PersonBatch plain = Untreated().Make(samples, ViewWarp.Identity(1, Size, CPU)), mirrored = Untreated().Make(samples, Warp(32, 32, 64, mirror: -1));
        Assert.True(LargestDifference(mirrored.Picture.flip(3), plain.Picture) < 1e-4);
        Tensor swap = tensor(Keypoints33.Mirror.Select(i => (long)i).ToArray());
        Tensor back = mirrored.Place.index_select(1, swap);
        Assert.True(LargestDifference(Size - back.select(2, 0), plain.Place.select(2, 0)) < 1e-3);
        Assert.True(LargestDifference(back.select(2, 1), plain.Place.select(2, 1)) < 1e-3);
        // Parts change sides (nearest samples may fall on the other side of an edge), and surface points cross the middle.
        Tensor body = logical_and(mirrored.Parts.flip(2) > 0, plain.Parts > 0);
        Tensor middle = logical_and(body, plain.Parts < 3), paired = logical_and(body, plain.Parts >= 3);
        Assert.Equal(1, (mirrored.Parts.flip(2) == plain.Parts).to_type(ScalarType.Float32).masked_select(middle).mean().item<float>(), 0.1f);
        Assert.Equal(1, (mirrored.Parts.flip(2) - plain.Parts).abs().to_type(ScalarType.Float32).masked_select(paired).mean().item<float>(), 0.15f);
        Tensor sum = (mirrored.Surface.flip(3) + plain.Surface).select(1, 0).masked_select(body);
        Assert.Equal(1, sum.mean().item<float>(), 0.02f);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.4f, 1)]
    [InlineData(3.0f, -1)]
    [InlineData(-1.2f, -1)]
    public void Make_TurnedScaledMirroredView_KeepsDotsAtTheirKeypoints(float turn, float mirror)
    {
        int left = Keypoints33.Names.IndexOf("left_wrist"), right = Keypoints33.Names.IndexOf("right_wrist");
        StoredSamples samples = TrainingSamples.Dots(Size, (left, 20, 25), (right, 40, 44));
        const int Output = 128;
        PersonBatch batch = Untreated(Output).Make(samples, Warp(33, 31, 60, turn, mirror, 1.1f));
        foreach ((int keypoint, int source) in new[] { (mirror > 0 ? left : right, left), (mirror > 0 ? right : left, right) })
        {
            (float x, float y) = (batch.Place[0][keypoint][0].item<float>(), batch.Place[0][keypoint][1].item<float>());
            // The centre of what shines within ten pixels is where the keypoint is.
            Tensor shine = (batch.Picture[0][0] + PersonAugmentation.Mean).clamp_min(0);
            Tensor columns = arange(Output, ScalarType.Float32) + 0.5f;
            Tensor near = ((columns.view(1, -1) - x).abs() < 10).to_type(ScalarType.Float32) * ((columns.view(-1, 1) - y).abs() < 10).to_type(ScalarType.Float32);
            shine *= near;
            float sum = shine.sum().item<float>();
            Assert.True(sum > 5, $"nothing shines at {Keypoints33.Names[source]}");
            Assert.Equal(x, (shine * columns.view(1, -1)).sum().item<float>() / sum, 0.25f);
            Assert.Equal(y, (shine * columns.view(-1, 1)).sum().item<float>() / sum, 0.25f);
        }
    }

    [Fact]
    public void Make_ViewBeyondTheSample_KnowsThatPointsAreOutside()
    {
        StoredSamples samples = TrainingSamples.Dots(Size, (0, 5, 5), (1, 50, 50));
        PersonBatch batch = Untreated().Make(samples, Warp(50, 50, 32));
        Assert.Equal(0, batch.Inside[0][0].item<float>());
        Assert.Equal(0, batch.Weight[0][0].item<float>());
        Assert.Equal(1, batch.Inside[0][1].item<float>());
        Assert.Equal(0, batch.Inside[0][2].item<float>());
    }
}
