using System.CommandLine;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Networks;
using Impersonator.Subjects;
using Impersonator.Synthesis;

namespace Impersonator.Cli.Commands;

/// <summary><c>impersonator dress</c>: the person in the clothes of another photo.</summary>
internal static class DressCommand
{
    public static Command Create()
    {
        var photo = new PhotoArguments();
        var command = new Command("dress", "Draws the person in a photo in the clothes that somebody wears in another (--wear).");
        photo.AddTo(command);
        command.SetAction((parsed, token) => Task.FromResult(ConsoleProgress.Run(parsed.GetValue(photo.Quiet), progress =>
        {
            if (parsed.GetValue(photo.Wear) is null) throw new InputException("Whose clothes? Give --wear OTHER[:upper|lower|all].");
            (Subject subject, Weights? generator) = photo.Drawn(Studio.Open(), parsed, progress, token);
            ImageWriter.Write(parsed.GetValue(photo.Output)!, Views.Portrait(subject, parsed.GetValue(photo.Size), generator));
            return 0;
        })));
        return command;
    }
}
