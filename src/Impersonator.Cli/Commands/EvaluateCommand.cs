using System.CommandLine;
using System.Text;
using System.Text.Json;
using Impersonator.Bodies;
using Impersonator.Networks;
using Impersonator.Recovery;
using Impersonator.Training.Evaluation;

namespace Impersonator.Cli.Commands;

/// <summary><c>impersonator evaluate</c>: measures the networks on labelled photos.</summary>
internal static class EvaluateCommand
{
    public static Command Create() => new("evaluate", "Measures the networks on labelled photos.") { Body() };

    private static Command Body()
    {
        var photos = new Option<string>("--photos") { Description = "Folder of photos; NAME_alpha.png beside NAME.jpg is its true matte.", Required = true };
        var labels = new Option<string?>("--labels") { Description = "JSON: photo → keypoints → [x, y, state]. Default: labels.json in the folder." };
        var weights = new Option<string?>("--weights") { Description = "Weights of PersonNet. Default: those inside the program." };
        var sheets = new Option<string?>("--sheets") { Description = "Folder for sheets of overlays." };
        var json = new Option<bool>("--json") { Description = "Print JSON instead of a table." };
        var noSearch = new Option<bool>("--no-search") { Description = "Only one look at the whole photo before the close one." };
        var looks = new Option<int>("--close-looks") { Description = "Close looks, each around what the one before found.", DefaultValueFactory = _ => 1 };
        var noFit = new Option<bool>("--no-fit") { Description = "Measure the network only, no bodies." };
        var command = new Command("body", "Prints errors of keypoints in shares of the person's height, and the overlap of mattes.") { photos, labels, weights, sheets, json, noSearch, looks, noFit };
        command.SetAction((parsed, token) =>
        {
            string folder = parsed.GetValue(photos)!, file = parsed.GetValue(labels) ?? Path.Combine(folder, "labels.json");
            SortedDictionary<string, PhotoLabel> known = PhotoLabel.Read(file);
            var options = new PersonFinderOptions { Search = !parsed.GetValue(noSearch), CloseLooks = Math.Clamp(parsed.GetValue(looks), 0, 8) };
            Weights network = parsed.GetValue(weights) is { } given ? Weights.Read(given) : Weights.ReadShipped(PersonRecovery.Network);
            using var recovery = new PersonRecovery(BodyModel.Default, network, options);
            BodyScores scores = BodyEvaluation.Run(recovery.Finder, folder, known, parsed.GetValue(sheets), parsed.GetValue(noFit) ? null : (photo, look) => recovery.Fit(photo, look, token), token);
            Console.Write(parsed.GetValue(json) ? Json(scores) : scores.ToTable());
            return Task.FromResult(0);
        });
        return command;
    }

    private static string Json(BodyScores scores)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true })) scores.WriteJson(writer);
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}
