using System.CommandLine;
using Impersonator.Networks;
using Impersonator.Recovery;
using Impersonator.Torch;
using Impersonator.Training.Synthesis;
using Impersonator.Training.Trainers;

namespace Impersonator.Cli.Commands;

/// <summary><c>impersonator train</c>: trains the networks on painted people.</summary>
internal static class TrainCommand
{
    public static Command Create() => new("train", "Trains the networks on painted people, for those who build their own.") { Person(), Pose() };

    private static Command Person()
    {
        var common = new TrainingOptions(new PersonTrainerOptions { Output = "", Minutes = 1 });
        var command = new Command("person", "Trains PersonNet: picture to matte, parts, surface, depth and keypoints.");
        common.AddTo(command);
        command.SetAction((parsed, token) =>
        {
            (Func<IPainter> painter, TorchDevice device) = common.Begin(parsed);
            var options = new PersonTrainerOptions { Output = "", Minutes = 1 };
            PersonTrainer.Run(common.Fill(parsed, options), painter, device, Console.WriteLine, token);
            return Task.FromResult(0);
        });
        return command;
    }

    private static Command Pose()
    {
        var defaults = new PoseTrainerOptions { Output = "", Minutes = 1, Person = new Weights() };
        var common = new TrainingOptions(defaults);
        var person = new Option<string?>("--person") { Description = "Weights of PersonNet, from whose answers it learns. Default: those inside the program." };
        var command = new Command("pose", "Trains PoseNet: what PersonNet says to pose, shape and place of the body.") { person };
        common.AddTo(command);
        command.SetAction((parsed, token) =>
        {
            Weights answers = parsed.GetValue(person) is { } file ? Weights.Read(file) : Weights.ReadShipped(PersonRecovery.Network);
            (Func<IPainter> painter, TorchDevice device) = common.Begin(parsed);
            PoseTrainer.Run(common.Fill(parsed, defaults with { Person = answers }), painter, device, Console.WriteLine, token);
            return Task.FromResult(0);
        });
        return command;
    }
}
