using Impersonator.Torch;
using Impersonator.Training.Curves;
using Impersonator.Training.Synthesis;

namespace Impersonator.Training.Trainers;

/// <summary>Trains PoseNet: what a finished PersonNet says of painted pictures to the bodies in them.</summary>
internal static class PoseTrainer
{
    /// <summary>The file that receives the weights.</summary>
    public const string WeightsName = "pose-net.safetensors";

    /// <inheritdoc cref="NetworkTrainer.Run"/>
    public static TrainingCurve Run(PoseTrainerOptions options, Func<IPainter> painter, TorchDevice device, Action<string> log, CancellationToken token)
    {
        using var lesson = new PoseLesson(options, device);
        return NetworkTrainer.Run(options, lesson, painter, device, log, token);
    }
}
