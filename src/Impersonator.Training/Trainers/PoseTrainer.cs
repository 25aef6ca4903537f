using Impersonator.Torch;
using Impersonator.Training.Curves;
using Impersonator.Training.Synthesis;

namespace Impersonator.Training.Trainers;

/// <summary>Trains PoseNet: what a finished PersonNet says of painted pictures to the bodies in them.</summary>
internal static class PoseTrainer
{
    /// <summary>The file that receives the weights.</summary>
    public const string WeightsName = "pose-net.safetensors";

    /// <summary>Trains, and writes weights, curve and pictures into the output folder; see <see cref="NetworkTrainer.Run"/>.</summary>
    /// <param name="options">How.</param>
    /// <param name="painter">Makes a painter for a thread.</param>
    /// <param name="device">Where the network lives.</param>
    /// <param name="log">Told what happens, a line each.</param>
    /// <param name="token">Stops without files.</param>
    public static TrainingCurve Run(PoseTrainerOptions options, Func<IPainter> painter, TorchDevice device, Action<string> log, CancellationToken token)
    {
        using var lesson = new PoseLesson(options, painter, device);
        return NetworkTrainer.Run(options, lesson, device, log, token);
    }
}
