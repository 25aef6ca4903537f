using System.CommandLine;
using Impersonator.Training.Synthesis.Packing;

namespace Impersonator.Cli.Commands;

/// <summary><c>impersonator synth pack</c>: gathers shapes, clothes, pictures and poses into one file.</summary>
internal static class SynthPackCommand
{
    public static Command Create()
    {
        var makeHuman = new Option<string>("--makehuman") { Description = "MakeHuman's data folder (with 3dobjs, targets, rigs).", Required = true };
        var assets = new Option<string>("--assets") { Description = "Folders, ':' between, in any nesting: .mhclo garments, skins, pictures below 'backgrounds', 'panoramas' and 'textures', motions.", DefaultValueFactory = _ => "" };
        var output = new Option<string>("-o") { Description = "The pack to write.", Required = true };
        var people = new Option<int>("--people") { Description = "Bodies to draw.", DefaultValueFactory = _ => 1500 };
        var command = new Command("pack", "Gathers what synthetic people are painted from into one file.") { makeHuman, assets, output, people };
        command.SetAction((parsed, token) =>
        {
            Packer.Pack(parsed.GetValue(makeHuman)!, parsed.GetValue(assets)!.Split(':', StringSplitOptions.RemoveEmptyEntries), parsed.GetValue(output)!, parsed.GetValue(people), Console.Error.WriteLine, token);
            return Task.FromResult(0);
        });
        return command;
    }
}
