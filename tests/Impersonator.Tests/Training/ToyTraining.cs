using Impersonator.Training.Augmentations;
using Impersonator.Training.Curves;
using Impersonator.Training.Trainers;

namespace Impersonator.Tests.Training;

/// <summary>Training that a test can wait for.</summary>
internal static class ToyTraining
{
    /// <summary>Steps of such a training.</summary>
    public const int Steps = 40;

    /// <summary>The same options for forty small steps on small pictures.</summary>
    public static T Of<T>(T options) where T : TrainerOptions => options with
    {
        SampleSize = 64,
        Batch = 8,
        Pool = 32,
        First = 32,
        HeldOut = 4,
        Threads = 1,
        MostSteps = Steps,
        WarmUp = 5,
        Rate = 4e-3,
        LogSeconds = 0,
        HeldOutSeconds = 1e9,
        Augmentation = AugmentationOptions.None,
    };

    /// <summary>The loss fell below a share of what it began with, figures on held-out people are there, and so are the files.</summary>
    /// <param name="curve">What the training returned.</param>
    /// <param name="share">Of the first four steps' loss.</param>
    /// <param name="firstHeldOut">The first column of held-out figures.</param>
    /// <param name="folder">Where it wrote.</param>
    public static void AssertLearned(TrainingCurve curve, double share, string firstHeldOut, string folder)
    {
        int loss = curve.Columns.IndexOf("loss");
        double[] losses = [.. curve.Rows.Select(r => r[loss]).Where(double.IsFinite)];
        Assert.Equal(Steps, losses.Length);
        double start = losses.Take(4).Average(), end = losses.TakeLast(4).Average();
        Assert.True(end < share * start, $"{start} → {end}");
        Assert.All(curve.Rows[^1].Skip(curve.Columns.IndexOf(firstHeldOut)), v => Assert.True(double.IsFinite(v)));
        Assert.All((string[])["curve.csv", "curve.png", "samples.png", "held-out.png"], name => Assert.True(new FileInfo(Path.Combine(folder, name)).Length > 100));
    }
}
