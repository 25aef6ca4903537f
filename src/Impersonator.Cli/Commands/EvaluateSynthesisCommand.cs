using System.CommandLine;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Networks;
using Impersonator.Recovery;
using Impersonator.Training.Evaluation.Benchmark;
using Impersonator.Training.Evaluation.Pictures;
using Impersonator.Training.Synthesis;

namespace Impersonator.Cli.Commands;

/// <summary><c>impersonator evaluate synthesis</c>: painted people whom no training saw, drawn in other poses, clothes and views.</summary>
internal static class EvaluateSynthesisCommand
{
    private const int MostPeople = 4096;

    public static Command Create()
    {
        var people = new Option<int>("--people") { Description = "How many.", DefaultValueFactory = _ => 64 };
        var pack = new Option<string?>("--pack") { Description = "What they are painted from ('synth pack'); without one, plain people before noise." };
        var bodies = new Option<string>("--bodies") { Description = "Whether bodies and mattes are the true ones or found in the photo: true, estimated or both.", DefaultValueFactory = _ => "both" };
        var generators = new GeneratorArguments();
        var sheets = new Option<string?>("--sheets") { Description = "Folder for sheets of the worst cases of the last method." };
        var json = new Option<bool>("--json") { Description = "Print JSON instead of tables." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "No progress." };
        bodies.AcceptOnlyFromAmong("true", "estimated", "both");
        var command = new Command("synthesis", "Draws painted people in other poses, clothes and views, and compares with how they really look.") { people, pack, bodies, sheets, json, quiet };
        generators.AddTo(command);
        command.SetAction((parsed, token) =>
        {
            int count = parsed.GetValue(people);
            if (count is < 1 or > MostPeople) throw new InputException($"--people {count}: 1 to {MostPeople}.");
            using GivenMethods methods = generators.Methods(parsed);
            var shipped = Weights.ReadShipped(PersonRecovery.Network);
            using var network = new PerceptualNetwork(shipped);
            PeoplePack from = parsed.GetValue(pack) is { } path ? PeoplePack.Load(path) : PeoplePack.CreateProcedural();
            Studio studio = Studio.Open(weights: shipped);
            var all = new PictureScores();
            foreach ((string name, BodyEstimate? estimate) in ((string, BodyEstimate?)[])[("true bodies", null), ("estimated bodies", photo => Estimate(studio, photo, token))])
            {
                if (parsed.GetValue(bodies) is var wanted && wanted != "both" && !name.StartsWith(wanted!, StringComparison.Ordinal)) continue;
                var benchmark = new SynthesisBenchmark(() => new BenchmarkPainter(from, estimate), methods.All, network);
                PictureScores scores = ConsoleProgress.Run(parsed.GetValue(quiet), progress => benchmark.Run(count, name, progress, token));
                if (parsed.GetValue(sheets) is { } folder) benchmark.WriteWorst(folder, scores);
                all.Add(scores);
            }
            Console.Write(parsed.GetValue(json) ? ScoresJson.Of(all) : all.ToMarkdown());
            return Task.FromResult(0);
        });
        return command;
    }

    private static (Person, Matte) Estimate(Studio studio, Photo photo, CancellationToken token)
    {
        Person person = studio.Recover(photo, cancellationToken: token).Person;
        return (person, studio.FindMatte(photo, person, token));
    }
}
