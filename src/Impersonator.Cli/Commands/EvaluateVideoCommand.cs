using System.CommandLine;
using Impersonator.Files;
using Impersonator.Networks;
using Impersonator.Recovery;
using Impersonator.Recovery.Capture;
using Impersonator.Training.Evaluation;
using Impersonator.Training.Evaluation.Pictures;

namespace Impersonator.Cli.Commands;

/// <summary><c>impersonator evaluate video</c>: re-enacts a video from one of its frames.</summary>
internal static class EvaluateVideoCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("video") { Description = "A video of one person before a camera that stays in its place, or a folder of frames." };
        var source = new Option<int>("--source-frame") { Description = "The frame that all others are drawn from, numbered from 0.", Required = true };
        var every = new Option<int>("--every") { Description = "Compare one frame of so many, each with the one after it.", DefaultValueFactory = _ => 10 };
        var from = new Option<double>("--from") { Description = "Start of the part that is watched, seconds.", DefaultValueFactory = _ => 0 };
        var to = new Option<double?>("--to") { Description = "Its end, seconds. Default: the video's." };
        var person = new Option<int?>("--person") { Description = "Which of several people, from 0, largest first." };
        var generators = new GeneratorArguments();
        var sheets = new Option<string?>("--sheets") { Description = "Folder for sheets of the true frames beside those that were drawn." };
        var json = new Option<bool>("--json") { Description = "Print JSON instead of a table." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "No progress." };
        var command = new Command("video", "Draws a video's frames from one of them by the motion taken from it, and compares with the true ones.") { file, source, every, from, to, person, sheets, json, quiet };
        generators.AddTo(command);
        command.SetAction((parsed, token) =>
        {
            int step = parsed.GetValue(every);
            if (step < 2) throw new InputException($"--every {step}: 2 or more.");
            using GivenMethods methods = generators.Methods(parsed);
            using var network = new PerceptualNetwork(Weights.ReadShipped(PersonRecovery.Network));
            var evaluation = new VideoEvaluation(Studio.Open(), methods.All, network);
            var options = new CaptureOptions { From = parsed.GetValue(from), To = parsed.GetValue(to), Person = parsed.GetValue(person) };
            PictureScores scores = ConsoleProgress.Run(parsed.GetValue(quiet), progress => evaluation.Run(parsed.GetValue(file)!, parsed.GetValue(source), step, options, progress, token));
            if (parsed.GetValue(sheets) is { } folder) PictureSheet.Write(folder, "video", evaluation.Titles, evaluation.Rows);
            Console.Write(parsed.GetValue(json) ? ScoresJson.Of(scores) : scores.ToMarkdown());
            return Task.FromResult(0);
        });
        return command;
    }
}
