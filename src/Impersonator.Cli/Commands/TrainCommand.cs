using System.CommandLine;
using Impersonator.Files;
using Impersonator.Networks;
using Impersonator.Networks.LiquidWarping;
using Impersonator.Recovery;
using Impersonator.Torch;
using Impersonator.Training.Samples;
using Impersonator.Training.Synthesis;
using Impersonator.Training.Trainers;

namespace Impersonator.Cli.Commands;

/// <summary><c>impersonator train</c>: trains the networks on painted people.</summary>
internal static class TrainCommand
{
    public static Command Create() => new("train", "Trains the networks on painted people, for those who build their own.") { Person(), Pose(), Generator() };

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

    private static Command Generator()
    {
        var defaults = new GeneratorTrainerOptions { Output = "", Minutes = 1, Person = new Weights(), Network = GeneratorNet.Build() };
        var common = new TrainingOptions(defaults, size: 1.17);
        var person = new Option<string?>("--person") { Description = "Weights of PersonNet, by whose features pictures are compared. Default: those inside the program." };
        var network = new Option<string>("--network") { Description = "ours, or one to compare with: 2019, 2019-concat, 2019-texture.", DefaultValueFactory = _ => "ours" };
        var mixing = new Option<string>("--mixing") { Description = "How ours takes in the photo's features: sum, attention or none.", DefaultValueFactory = _ => "sum" };
        var adversary = new Option<double>("--adversary-from") { Description = "Share of the schedule after which the discriminator joins; 1 = never.", DefaultValueFactory = _ => defaults.AdversaryFrom };
        var command = new Command("generator", "Trains the generator: the mesh in a pose and the photo to what a camera would see.") { person, network, mixing, adversary };
        common.AddTo(command);
        command.SetAction((parsed, token) =>
        {
            Weights features = parsed.GetValue(person) is { } file ? Weights.Read(file) : Weights.ReadShipped(PersonRecovery.Network);
            GeneratorTrainerOptions options = common.Fill(parsed, Taught(parsed.GetValue(network)!, parsed.GetValue(mixing)!, defaults) with { Person = features, AdversaryFrom = parsed.GetValue(adversary) });
            (PeoplePack? given, TorchDevice device) = common.BeginPainting(parsed);
            PeoplePack people = given ?? ProceduralPack.Create();
            GeneratorTrainer.Run(options, () => new PairBlockPainter(people, PairSupply.SubjectsPerBlock, options.Targets), device, Console.WriteLine, token);
            return Task.FromResult(0);
        });
        return command;
    }

    private static GeneratorTrainerOptions Taught(string network, string mixing, GeneratorTrainerOptions defaults)
    {
        GeneratorTrainerOptions Of2019(LiquidWarpingKind kind) => defaults with { Network = new LiquidWarpingGan2019(alignCorners: false).Pairs(kind), WeightsName = network + "-net.safetensors" };
        return network switch
        {
            "ours" => defaults with { Network = GeneratorNet.Build(new GeneratorNetSize { Mixing = Mixing(mixing) }) },
            "2019" => Of2019(LiquidWarpingKind.Features),
            "2019-concat" => Of2019(LiquidWarpingKind.Concatenation),
            "2019-texture" => Of2019(LiquidWarpingKind.Texture),
            _ => throw new InputException($"Network \"{network}\" is unknown; use ours, 2019, 2019-concat or 2019-texture."),
        };
    }

    private static FeatureMixing Mixing(string name) => name switch
    {
        "sum" => FeatureMixing.Sum,
        "attention" => FeatureMixing.Attention,
        "none" => FeatureMixing.None,
        _ => throw new InputException($"Mixing \"{name}\" is unknown; use sum, attention or none."),
    };
}
