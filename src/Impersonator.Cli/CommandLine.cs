using System.CommandLine;
using Impersonator.Cli.Commands;
using Impersonator.Files;

namespace Impersonator.Cli;

/// <summary>The tool: verbs over the library, one line per error, exit 0 only when the output is whole.</summary>
internal static class CommandLine
{
    public const int BadInput = 1, BadUsage = 2, Cancelled = 130;

    /// <summary>Every verb. A verb lives in a file of its own under <c>Commands</c>.</summary>
    private static RootCommand Create() => new("From one photo of a person: pictures and videos of that person in motion, in other clothes, from other sides.")
    {
        AnimateCommand.Create(),
        DressCommand.Create(),
        TurnCommand.Create(),
        RecoverCommand.Create(),
        MotionCommand.Create(),
        ExportCommand.Create(),
        MotionsCommand.Create(),
        BodyCommand.Create(),
        TrainCommand.Create(),
        ImportCommand.Create(),
        DoctorCommand.Create(),
        SynthCommand.Create(),
        EvaluateCommand.Create(),
    };

    public static async Task<int> RunAsync(string[] args)
    {
        ParseResult parsed = Create().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            Console.Error.WriteLine(parsed.Errors[0].Message);
            return BadUsage;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (InputException bad)
        {
            Console.Error.WriteLine(bad.Message);
            return BadInput;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Cancelled; nothing was written.");
            return Cancelled;
        }
    }
}
