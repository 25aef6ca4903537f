using System.CommandLine;
using Impersonator.Imaging;
using Impersonator.Networks;
using Impersonator.Subjects;
using Impersonator.Synthesis;

namespace Impersonator.Cli.Commands;

/// <summary><c>impersonator turn</c>: the person from all sides.</summary>
internal static class TurnCommand
{
    public static Command Create()
    {
        var photo = new PhotoArguments();
        var views = new Option<int>("--views") { Description = "Pictures, evenly around the person; the first is the photo's own view.", DefaultValueFactory = _ => 8 };
        var command = new Command("turn", "Draws the person in a photo from other sides, as one sheet.") { views };
        photo.AddTo(command);
        command.SetAction((parsed, token) => Task.FromResult(ConsoleProgress.Run(parsed.GetValue(photo.Quiet), progress =>
        {
            (Subject subject, Weights? generator) = photo.Drawn(Studio.Open(), parsed, progress, token);
            ImageWriter.Write(parsed.GetValue(photo.Output)!, Views.Sheet(Views.Around(subject, parsed.GetValue(photo.Size), parsed.GetValue(views), generator)));
            return 0;
        })));
        return command;
    }
}
