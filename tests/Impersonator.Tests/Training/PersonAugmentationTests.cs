using Impersonator.Training.Augmentations;
using Impersonator.Training.Synthesis;
using static TorchSharp.torch;

namespace Impersonator.Tests.Training;

[Collection(TorchTests.Random)]
public sealed class PersonAugmentationTests : TorchTests
{
    private const int Size = 64;

    [Fact]
    public void Draw_EverythingOn_StaysInRangeAndKeepsShapes()
    {
        StoredSamples samples = TrainingSamples.Painted(4, Size);
        var augmentation = new PersonAugmentation(CPU, Size, Keypoints33.Mirror, new AugmentationOptions { Clutter = 0.5, Transplants = 0.5, Occluders = 2 }, seed: 3);
        PersonBatch batch = augmentation.Draw(samples, 4, 16);
        Assert.Equal([16, 3, Size, Size], batch.Picture.shape);
        Assert.Equal([16, 1, Size / 2, Size / 2], batch.Matte.shape);
        Assert.Equal([16, Size / 4, Size / 4], batch.Parts.shape);
        Assert.Equal([16, 3, Size / 4, Size / 4], batch.Surface.shape);
        Tensor picture = batch.Picture + PersonAugmentation.Mean;
        Assert.True(picture.min().item<float>() >= -1e-5 && picture.max().item<float>() <= 1 + 1e-5);
        Assert.True(batch.Matte.min().item<float>() >= 0 && batch.Matte.max().item<float>() <= 1 + 1e-5);
        Assert.True(batch.Parts.min().item<long>() >= 0 && batch.Parts.max().item<long>() <= 14);
        Tensor surface = batch.Surface.masked_select((batch.Parts > 0).unsqueeze(1));
        Assert.True(surface.min().item<float>() >= 0 && surface.max().item<float>() <= 1);
    }

    [Fact]
    public void Draw_SameSeed_GivesTheSameBatch()
    {
        StoredSamples samples = TrainingSamples.Painted(2, Size);
        Tensor Picture(int seed) => new PersonAugmentation(CPU, Size, Keypoints33.Mirror, new AugmentationOptions(), seed).Draw(samples, 2, 4).Picture;
        Assert.True(Picture(5).equal(Picture(5)).all().item<bool>());
        Assert.False(Picture(5).equal(Picture(6)).all().item<bool>());
    }

    [Fact]
    public void Put_ThingBeforeAKeypoint_HidesItAndItsMatte()
    {
        const int Count = 64;
        var chance = new Chance(CPU, 4);
        Tensor Map(int channels, int side) => ones([Count, channels, side, side], ScalarType.Float32);
        Tensor unit = ((arange(8, ScalarType.Float32) + 0.5f) * 0.25f) - 1;
        Tensor x = unit.repeat(8).view(1, 64).expand(Count, 64), y = unit.repeat_interleave(8).view(1, 64).expand(Count, 64);
        var scene = new Occluders.Scene(Map(3, 32) * 0.5f, Map(1, 32), ones([Count, 1, 8, 8], ScalarType.Int64), x, y, full([Count, 64], 2f));
        new Occluders(chance, ScalarType.Float32).Put(scene, 2);
        // Points lie in the cells of the coarse map: what hides one hides the other, but for cells that an edge cuts.
        Tensor hidden = (scene.State == 1).view(Count, 1, 8, 8), gone = scene.Parts == 0;
        Assert.True(hidden.sum().item<long>() > 50);
        Assert.True((hidden == gone).to_type(ScalarType.Float32).mean().item<float>() > 0.97);
        Assert.Equal(1, scene.State.min().item<float>());
        Assert.Equal(hidden.to_type(ScalarType.Float32).mean().item<float>(), 1 - scene.Alpha.mean().item<float>(), 0.02f);
    }

    [Fact]
    public void Put_SeenFaces_HidesThemAndNothingElse()
    {
        const int Count = 8, Side = 64;
        manual_seed(2);
        Tensor before = rand([Count, 3, Side, Side]), rgb = before.clone();
        // Everyone's head is in the middle of the upper half; every other face is turned away.
        (Tensor x, Tensor y) = (zeros([Count, Keypoints33.Count]), full([Count, Keypoints33.Count], -0.5f));
        y.select(1, Keypoints33.Names.IndexOf("head_top")).fill_(-0.7f);
        y.select(1, Keypoints33.Names.IndexOf("neck")).fill_(-0.3f);
        Tensor state = ones([Count, Keypoints33.Count]) + (arange(Count) % 2).to_type(ScalarType.Float32).view(Count, 1);
        new HiddenFaces(new Chance(CPU, 4), ScalarType.Float32).Put(rgb, x, y, state, 1);
        Tensor changed = (rgb != before).any(1);
        for (int i = 0; i < Count; i++)
        {
            Assert.Equal(i % 2 == 1, changed[i, 15, Side / 2].item<bool>());
            Assert.False(changed[i].narrow(0, Side / 2, Side / 2).any().item<bool>());
        }
    }

    [Fact]
    public void Apply_FineSteps_LeavesThePicture()
    {
        var jpeg = new JpegTreatment(CPU, ScalarType.Float32);
        manual_seed(1);
        // Smooth, as colour differences lose half of their resolution.
        Tensor smooth = nn.functional.interpolate(rand([1, 3, 2, 2]), size: [32, 32], mode: InterpolationMode.Bilinear, align_corners: true);
        Tensor fine = jpeg.Apply(smooth, full([1, 1, 1, 1], 0.01f)), coarse = jpeg.Apply(smooth, full([1, 1, 1, 1], 3f));
        Assert.True((fine - smooth).abs().max().item<float>() < 0.03f);
        Assert.True((coarse - smooth).abs().mean().item<float>() > (fine - smooth).abs().mean().item<float>());
    }
}
