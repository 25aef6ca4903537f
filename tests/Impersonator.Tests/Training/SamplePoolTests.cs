using Impersonator.Training.Augmentations;
using Impersonator.Training.Samples;
using Impersonator.Training.Synthesis;
using static TorchSharp.torch;

namespace Impersonator.Tests.Training;

public sealed class SamplePoolTests : TorchTests
{
    private const int Size = 32;

    [Fact]
    public void Store_Sample_KeepsPictureBoxAndLabels()
    {
        const int Size = 96;
        var sample = new Sample(Size);
        new NakedPainter().Paint(2, sample);
        var block = new SampleBlock(1, Size);
        Assert.True(block.Store(sample, 0));
        int row = Array.FindIndex(sample.Alpha, a => a >= 128) / Size;
        Assert.Equal(row, block.Boxes[1]);
        for (int i = 0; i < Size * Size; i++) Assert.Equal(sample.Alpha[i], block.Pictures[(4 * i) + 3]);
        // A coarse cell whose four pixels show one part holds that part and the mean of their depths.
        const int Coarse = Size / 2;
        int checkedCells = 0;
        for (int y = 0; y < Coarse; y++)
        {
            for (int x = 0; x < Coarse; x++)
            {
                int at = (2 * y * Size) + (2 * x);
                int[] four = [at, at + 1, at + Size, at + Size + 1];
                if (sample.Parts[at] == 0 || four.Any(i => sample.Parts[i] != sample.Parts[at])) continue;
                checkedCells++;
                Assert.Equal(sample.Parts[at], block.Labels[(StoredSamples.Part * Coarse * Coarse) + (y * Coarse) + x]);
                Assert.Equal(four.Average(i => sample.Depth[i]), block.Labels[(StoredSamples.Depth * Coarse * Coarse) + (y * Coarse) + x], 1.0);
                Assert.Equal(four.Average(i => sample.Surface[i]), block.Labels[(y * Coarse) + x] + 32768, 1.0);
            }
        }
        Assert.True(checkedCells > 5);
    }

    [Fact]
    public void Store_NobodyThere_IsRefused() => Assert.False(new SampleBlock(1, Size).Store(new Sample(Size), 0));

    [Fact]
    public void WaitFor_PaintersAtWork_FillsAndThenReplacesTheOldest()
    {
        using BlockPainters<SampleBlock> painters = SamplePainter.Start(() => new NakedPainter(), Size, 2, firstSeed: 1, _ => { });
        var pool = new SamplePool(2 * SamplePainter.BlockSize, Size, CPU);
        pool.WaitFor(32, painters, CancellationToken.None);
        Assert.Equal(32, pool.Filled);
        Tensor before = pool.Samples.Pictures.clone();
        while (pool.Painted < 48) pool.TakeReady(painters, 1);
        Assert.Equal(32, pool.Filled);
        Assert.False(before.narrow(0, 0, 16).equal(pool.Samples.Pictures.narrow(0, 0, 16)).all().item<bool>());
        Assert.True(before.narrow(0, 16, 16).equal(pool.Samples.Pictures.narrow(0, 16, 16)).all().item<bool>());
    }

    [Fact]
    public void WaitFor_OneSeedThatCannotBePainted_IsToldAndLeftOut()
    {
        var told = new List<string>();
        using BlockPainters<SampleBlock> painters = SamplePainter.Start(() => new FailingPainter(seed => seed == 7), Size, 1, firstSeed: 1, told.Add);
        var pool = new SamplePool(16, Size, CPU);
        pool.WaitFor(16, painters, CancellationToken.None);
        Assert.Equal(1, painters.Failures);
        Assert.Contains("seed 7 cannot be painted", Assert.Single(told));
    }

    [Fact]
    public void WaitFor_AllSeedsFail_Throws()
    {
        using BlockPainters<SampleBlock> painters = SamplePainter.Start(() => new FailingPainter(_ => true), Size, 2, firstSeed: 1, _ => { });
        var pool = new SamplePool(16, Size, CPU);
        Assert.Contains("could not be painted", Assert.Throws<InvalidOperationException>(() => pool.WaitFor(16, painters, CancellationToken.None)).Message);
    }

    private sealed class FailingPainter(Func<long, bool> fails) : IPainter
    {
        private readonly NakedPainter _painter = new();

        public void Paint(long seed, Sample into)
        {
            if (fails(seed)) throw new InvalidOperationException("no such person");
            _painter.Paint(seed, into);
        }
    }
}
