using System.CommandLine;
using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Recovery;
using Impersonator.Recovery.Learning;

namespace Impersonator.Cli.Commands;

/// <summary><c>impersonator body learn-prior</c>: learns how people hold themselves.</summary>
internal static class BodyLearnPriorCommand
{
    public static Command Create()
    {
        var motions = new Option<string[]>("--motions") { Description = "A folder with motion files; may be given again.", Required = true };
        var except = new Option<string[]>("--except") { Description = "Beginning of file names to leave out; may be given again.", DefaultValueFactory = _ => [] };
        var output = new Option<string>("-o") { Description = "The file to write.", Required = true };
        var command = new Command("learn-prior", "Learns the pose prior of the fit from motions, the built-in ones included.") { motions, except, output };
        command.SetAction((parsed, token) =>
        {
            IReadOnlyList<Pose>[] poses = [.. MotionCollection.Read(parsed.GetValue(motions)!, Console.Error.WriteLine, parsed.GetValue(except), token).Select(PosePriorLearner.Thin).Where(p => p.Count > 0)];
            PosePrior prior = PosePriorLearner.Learn(poses, new PosePriorOptions());
            string path = parsed.GetValue(output)!;
            using OutputFile file = OutputFile.Create(path);
            prior.Save(file.Stream);
            long length = file.Stream.Length;
            file.Complete();
            Console.Error.WriteLine($"{path}: {poses.Length} motions, {poses.Sum(p => p.Count)} poses, {length / 1024.0:F0} KiB");
            return Task.FromResult(0);
        });
        return command;
    }
}
