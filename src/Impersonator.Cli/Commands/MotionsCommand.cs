using System.CommandLine;
using System.Globalization;
using Impersonator.Motions;

namespace Impersonator.Cli.Commands;

/// <summary><c>impersonator motions</c>: lists the built-in library.</summary>
internal static class MotionsCommand
{
    public static Command Create()
    {
        var command = new Command("motions", "Lists the built-in motions.");
        command.SetAction(_ =>
        {
            foreach (string name in MotionLibrary.Names)
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-14} {MotionLibrary.Create(name).Duration,5:F1} s  {MotionLibrary.Describe(name)}"));
            return 0;
        });
        return command;
    }
}
