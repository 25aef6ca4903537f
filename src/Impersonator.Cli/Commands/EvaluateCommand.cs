using System.CommandLine;
using System.Text;
using System.Text.Json;
using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Networks;
using Impersonator.Recovery;
using Impersonator.Training.Evaluation;
using Impersonator.Training.Synthesis;

namespace Impersonator.Cli.Commands;

/// <summary><c>impersonator evaluate</c>: measures the networks on labelled photos, on painted people and on videos.</summary>
internal static class EvaluateCommand
{
    private const int MostPeople = 4096;

    public static Command Create() => new("evaluate", "Measures the networks on labelled photos, on painted people and on videos.") { Body(), EvaluateSynthesisCommand.Create(), EvaluateVideoCommand.Create() };

    private static Command Body()
    {
        var photos = new Option<string?>("--photos") { Description = "Folder of photos; NAME_alpha.png beside NAME.jpg is its true matte." };
        var labels = new Option<string?>("--labels") { Description = "JSON: photo → keypoints → [x, y, state]. Default: labels.json in the folder." };
        var people = new Option<int?>("--people") { Description = "Painted people to recover, whom no training saw: errors in space and of the matte. Default: 64, none beside --photos." };
        var pack = new Option<string?>("--pack") { Description = "What they are painted from ('synth pack'); without one, plain people before noise." };
        var size = new Option<int>("--size") { Description = "Pixels a side of their pictures.", DefaultValueFactory = _ => 768 };
        var weights = new Option<string?>("--weights") { Description = "Weights of PersonNet. Default: those inside the program." };
        var sheets = new Option<string?>("--sheets") { Description = "Folder for sheets of overlays." };
        var json = new Option<bool>("--json") { Description = "Print JSON instead of a table." };
        var noSearch = new Option<bool>("--no-search") { Description = "Only one look at the whole photo before the close one." };
        var looks = new Option<int>("--close-looks") { Description = "Close looks, each around what the one before found.", DefaultValueFactory = _ => new PersonFinderOptions().CloseLooks };
        var noFit = new Option<bool>("--no-fit") { Description = "Measure the network only on photos, no bodies." };
        var noMatte = new Option<bool>("--no-matte") { Description = "No refined mattes, which take long." };
        var command = new Command("body", "Prints errors of keypoints in shares of the person's height, of bodies in millimetres, and the overlap of mattes.") { photos, labels, people, pack, size, weights, sheets, json, noSearch, looks, noFit, noMatte };
        command.SetAction((parsed, token) =>
        {
            int count = parsed.GetValue(people) ?? (parsed.GetValue(photos) is null ? 64 : 0), side = parsed.GetValue(size);
            if (count is < 0 or > MostPeople) throw new InputException($"--people {count}: 0 to {MostPeople}.");
            if (side is < 128 or > 2048) throw new InputException($"--size {side}: 128 to 2048 pixels.");
            var options = new PersonFinderOptions { Search = !parsed.GetValue(noSearch), CloseLooks = Math.Clamp(parsed.GetValue(looks), 0, 8) };
            Weights network = parsed.GetValue(weights) is { } given ? Weights.Read(given) : Weights.ReadShipped(PersonRecovery.Network);
            using var recovery = new PersonRecovery(BodyModel.Default, network, options);
            Func<Photo, Person, Matte>? matting = parsed.GetValue(noMatte) ? null : Matting(Studio.Open(weights: network), token);
            BodyScores? scores = null;
            if (parsed.GetValue(photos) is { } folder)
            {
                SortedDictionary<string, PhotoLabel> known = PhotoLabel.Read(parsed.GetValue(labels) ?? Path.Combine(folder, "labels.json"));
                scores = BodyEvaluation.Run(recovery.Finder, folder, known, parsed.GetValue(sheets), parsed.GetValue(noFit) ? null : (photo, look) => recovery.Fit(photo, look, token), matting, token);
            }
            SyntheticScores? painted = null;
            if (count > 0)
            {
                PeoplePack from = parsed.GetValue(pack) is { } path ? PeoplePack.Load(path) : PeoplePack.CreateProcedural();
                painted = SyntheticEvaluation.Run(() => new PersonPainter(from) { Centred = true }, count, side, recovery, matting, parsed.GetValue(sheets), token);
            }
            Console.Write(parsed.GetValue(json) ? Json(scores, painted) : Table(scores, painted));
            return Task.FromResult(0);
        });
        return command;
    }

    private static Func<Photo, Person, Matte> Matting(Studio studio, CancellationToken token) => (photo, person) => studio.FindMatte(photo, person, token);

    private static string Table(BodyScores? photos, SyntheticScores? painted)
        => (photos is null ? "" : $"Photos\n{photos.ToTable()}") + (photos is null || painted is null ? "" : "\n") + (painted is null ? "" : $"Painted people\n{painted.ToTable()}");

    private static string Json(BodyScores? photos, SyntheticScores? painted)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            // Of photos alone the figures stand at the top, of painted people under their name.
            if (painted is null) photos!.WriteJson(writer);
            else
            {
                writer.WriteStartObject();
                if (photos is not null)
                {
                    writer.WritePropertyName("photos");
                    photos.WriteJson(writer);
                }
                writer.WritePropertyName("painted");
                painted.WriteJson(writer);
                writer.WriteEndObject();
            }
        }
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}
