using Impersonator.Torch;
using Impersonator.Training.Curves;
using Impersonator.Training.Synthesis;

namespace Impersonator.Training.Trainers;

/// <summary>Trains PersonNet: painted pictures to all that is known of them.</summary>
internal static class PersonTrainer
{
    /// <summary>The file that receives the weights.</summary>
    public const string WeightsName = "person-net.safetensors";

    /// <summary>Trains, and writes weights, curve and pictures into the output folder; see <see cref="NetworkTrainer.Run"/>.</summary>
    /// <param name="options">How.</param>
    /// <param name="painter">Makes a painter for a thread.</param>
    /// <param name="device">Where the network lives.</param>
    /// <param name="log">Told what happens, a line each.</param>
    /// <param name="token">Stops without files.</param>
    public static TrainingCurve Run(PersonTrainerOptions options, Func<IPainter> painter, TorchDevice device, Action<string> log, CancellationToken token)
        => NetworkTrainer.Run(options, new PersonLesson(options, painter, device), device, log, token);
}
