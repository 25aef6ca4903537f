using System.CommandLine;
using Impersonator.Bodies;
using Impersonator.Bodies.Learning;

namespace Impersonator.Cli.Commands;

/// <summary><c>impersonator body</c>: learns the body model and makes bodies of it.</summary>
internal static class BodyCommand
{
    public static Command Create()
    {
        var makeHuman = new Option<string>("--makehuman") { Description = "MakeHuman's data folder (with 3dobjs, targets, rigs).", Required = true };
        var output = new Option<string>("-o") { Description = "The model file to write.", Required = true };
        var bodies = new Option<int>("--bodies") { Description = "Bodies to learn from.", DefaultValueFactory = _ => new BodyLearnerOptions().Bodies };
        var seed = new Option<int>("--seed") { Description = "Seed of all random draws.", DefaultValueFactory = _ => 1 };
        var learn = new Command("learn", "Learns the body model from MakeHuman's CC0 data.") { makeHuman, output, bodies, seed };
        learn.SetAction((parsed, token) =>
        {
            var options = new BodyLearnerOptions { Bodies = parsed.GetValue(bodies), Seed = parsed.GetValue(seed) };
            BodyModel model = BodyLearner.Learn(parsed.GetValue(makeHuman)!, options, Console.Error.WriteLine, token);
            using FileStream stream = File.Create(parsed.GetValue(output)!);
            model.Save(stream);
            Console.Error.WriteLine($"{parsed.GetValue(output)}: {model.Template.VertexCount} vertices, {model.Template.TriangleCount} triangles, {stream.Length / 1024.0:F0} KiB");
            return Task.FromResult(0);
        });
        return new Command("body", "The body model.") { learn, BodyLearnPriorCommand.Create(), BodyMakeCommand.Create() };
    }
}
