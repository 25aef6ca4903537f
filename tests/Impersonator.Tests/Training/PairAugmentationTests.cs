using Impersonator.Training.Augmentations;
using Impersonator.Training.Samples;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Impersonator.Tests.Training;

[Collection(TorchTests.Random)]
public sealed class PairAugmentationTests : TorchTests
{
    private const int Side = 32, Targets = 3, Subjects = 4;

    private static PairPool Pool()
    {
        var painter = new BlobPainter(Side, Targets);
        var block = new PairBlock(Subjects, Targets, Side);
        for (int i = 0; i < Subjects; i++) painter.Paint(i, block, i);
        var pool = new PairPool(Subjects * Targets, Subjects, Targets, Side, CPU);
        pool.Add(block);
        return pool;
    }

    private static PairBatch All(PairPool pool) => PairBatch.Of(pool.Pairs.Select(arange(pool.Filled, ScalarType.Int64)));

    /// <summary>What the photo shows where the flow points is what the frame should show there, far from edges; and the mesh covers it.</summary>
    private static void AssertFlowFindsTruth(PairBatch batch)
    {
        Tensor looked = F.grid_sample(batch.Photo, batch.Flow, GridSampleMode.Bilinear, GridSamplePaddingMode.Zeros, false);
        Tensor truth = F.avg_pool2d(batch.Truth, [2, 2]), alpha = F.avg_pool2d(batch.Alpha, [2, 2]);
        Tensor inside = alpha > 0.99;
        Tensor error = (looked.narrow(1, 0, 3) - truth).abs().amax([1L], keepdim: true).masked_select(inside);
        Assert.InRange(error.median().item<float>(), 0, 0.02f);
        Assert.InRange((error > 0.1).to_type(ScalarType.Float32).mean().item<float>(), 0, 0.25f);
        Assert.True(batch.Alpha.equal(batch.Coverage).all().item<bool>());
    }

    [Fact]
    public void Of_StoredPairs_EachPairHasItsOwnPhotoAndItsFlowFindsTheTruth()
    {
        PairBatch batch = All(Pool());
        Assert.Equal([Subjects * Targets, 7, Side, Side], batch.Photo.shape);
        Assert.Equal([Subjects * Targets, Side / 2, Side / 2, 2], batch.Flow.shape);
        AssertFlowFindsTruth(batch);
    }

    [Fact]
    public void Mirrored_Pairs_StillFindTheTruthAndTwiceIsNothing()
    {
        PairBatch batch = All(Pool()), mirrored = PairAugmentation.Mirrored(batch), twice = PairAugmentation.Mirrored(mirrored);
        AssertFlowFindsTruth(mirrored);
        Assert.True(mirrored.Truth.flip(3).equal(batch.Truth).all().item<bool>());
        // The surface's x names the other side, y and z stay.
        Tensor there = batch.Photo.narrow(1, 3, 1) > 0.5;
        Assert.Equal(1 - (128 / 255f), mirrored.Photo.flip(3).narrow(1, 4, 1).masked_select(there).mean().item<float>(), 1e-4f);
        Assert.Equal(128 / 255f, mirrored.Photo.flip(3).narrow(1, 5, 1).masked_select(there).mean().item<float>(), 1e-4f);
        foreach ((Tensor once, Tensor again) in new[] { (batch.Photo, twice.Photo), (batch.Frame, twice.Frame), (batch.Flow, twice.Flow), (batch.Head, twice.Head) })
            Assert.InRange((once - again).abs().max().item<float>(), 0, 1e-5f);
    }

    [Fact]
    public void Draw_Anything_TreatsPhotoMeshAndTruthAlikeAndStaysInRange()
    {
        PairPool pool = Pool();
        PairBatch batch = new PairAugmentation(CPU, 3).Draw(pool.Pairs, pool.Filled, 64);
        foreach (Tensor maps in (Tensor[])[batch.Photo, batch.Frame, batch.Truth, batch.Background])
            Assert.True(maps.min().item<float>() >= -1e-5 && maps.max().item<float>() <= 1.005);
        // Colour times alpha is never above alpha.
        Assert.True((batch.Photo.narrow(1, 0, 3) - batch.Photo.narrow(1, 3, 1)).max().item<float>() <= 1e-5);
        AssertFlowFindsTruth(batch);
    }
}
