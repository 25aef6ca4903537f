using Impersonator.Torch;
using Impersonator.Training.Curves;
using Impersonator.Training.Samples;

namespace Impersonator.Training.Trainers;

/// <summary>Trains a generator: painted people in two poses each to pictures.</summary>
internal static class GeneratorTrainer
{
    /// <summary>Trains, and writes weights, curve and pictures into the output folder; see <see cref="NetworkTrainer.Run"/>.</summary>
    /// <param name="options">How.</param>
    /// <param name="painter">Makes a painter for a thread.</param>
    /// <param name="device">Where the network lives.</param>
    /// <param name="log">Told what happens, a line each.</param>
    /// <param name="token">Stops without files.</param>
    public static TrainingCurve Run(GeneratorTrainerOptions options, Func<IBlockPainter<PairBlock>> painter, TorchDevice device, Action<string> log, CancellationToken token)
    {
        using var lesson = new GeneratorLesson(options, painter, device);
        return NetworkTrainer.Run(options, lesson, device, log, token);
    }
}
