using Impersonator.Subjects;
using Impersonator.Training.Evaluation;
using Impersonator.Training.Evaluation.Benchmark;
using Impersonator.Training.Evaluation.Methods;
using Impersonator.Training.Synthesis;

namespace Impersonator.Tests.Training;

public sealed class SynthesisBenchmarkTests
{
    private static readonly PeoplePack Pack = PeoplePack.CreateProcedural();

    private static BenchmarkPainter Painter() => new(Pack, null) { Fineness = new PersonalizerOptions { TextureSide = 256, SkirtTextureSide = 128 }, Views = 2 };

    [Fact]
    public void Tasks_TrueBody_StandsInTheTruthsPlaceWhateverWasReadBefore()
    {
        BenchmarkPainter painter = Painter();
        var names = new List<string>();
        (long all, long only) = (0, 0);
        foreach (BenchmarkTask task in painter.Tasks(SynthesisBenchmark.FirstSeed))
        {
            names.Add(task.Name);
            if (task.Name == BenchmarkPainter.SelfImitation) continue;
            foreach (BenchmarkFrame frame in task.Frames)
            {
                // Cloth, hair and shoes are not where the mesh is, bodies are.
                Assert.InRange(BodyScores.Overlap(MeshMethod.Of(frame.Frame).Alpha, frame.Truth.Alpha), 0.45, 1);
                if (task.Name == BenchmarkPainter.NovelView) all = Sum(all, frame);
            }
        }
        foreach (BenchmarkTask task in painter.Tasks(SynthesisBenchmark.FirstSeed))
        {
            if (task.Name != BenchmarkPainter.NovelView) continue;
            foreach (BenchmarkFrame frame in task.Frames) only = Sum(only, frame);
            break;
        }
        Assert.Equal([BenchmarkPainter.SelfImitation, BenchmarkPainter.CrossImitation, BenchmarkPainter.NovelView, BenchmarkPainter.AppearanceTransfer], names);
        Assert.NotEqual(0, all);
        Assert.Equal(all, only);
    }

    [Fact]
    public void PutOnClothesOf_Another_KeepsBodySkinAndHair()
    {
        var dice = new Dice(3);
        (Figure wearer, Figure giver) = (new Figure(Pack, dice), new Figure(Pack, dice));
        wearer.Dress(Owner.Person);
        giver.Dress(Owner.Person);
        float[] shape = [.. wearer.Shape];
        Material skin = wearer.Meshes[0].Material;
        Material[] before = [.. wearer.Meshes.Skip(1).Select(m => m.Material)], theirs = [.. giver.Meshes.Skip(1).Select(m => m.Material)];
        wearer.PutOnClothesOf(giver);
        Material[] after = [.. wearer.Meshes.Skip(1).Select(m => m.Material)];
        Assert.Equal(shape, wearer.Shape);
        Assert.Same(skin, wearer.Meshes[0].Material);
        Assert.All(after, m => Assert.True(theirs.Contains(m) || (before.Contains(m) && m.Look != Material.Kind.Cloth)));
        Assert.Contains(after, m => theirs.Contains(m) && m.Look == Material.Kind.Cloth);
    }

    private static long Sum(long sum, BenchmarkFrame frame)
    {
        foreach (byte b in frame.Frame) sum = unchecked((sum * 31) + b);
        foreach (float v in frame.Truth.Rgb) sum = unchecked((sum * 31) + BitConverter.SingleToInt32Bits(v));
        return sum;
    }
}
