using Impersonator.Torch;
using Impersonator.Training.Curves;
using Impersonator.Training.Synthesis;

namespace Impersonator.Training.Trainers;

/// <summary>Trains PersonNet: painted pictures to all that is known of them.</summary>
internal static class PersonTrainer
{
    /// <summary>The file that receives the weights.</summary>
    public const string WeightsName = "person-net.safetensors";

    /// <inheritdoc cref="NetworkTrainer.Run"/>
    public static TrainingCurve Run(PersonTrainerOptions options, Func<IPainter> painter, TorchDevice device, Action<string> log, CancellationToken token)
        => NetworkTrainer.Run(options, new PersonLesson(options, device), painter, device, log, token);
}
