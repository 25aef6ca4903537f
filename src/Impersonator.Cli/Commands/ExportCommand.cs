using System.CommandLine;
using Impersonator.Files;
using Impersonator.Motions;
using Impersonator.Subjects;
using Impersonator.Synthesis;

namespace Impersonator.Cli.Commands;

/// <summary><c>impersonator export</c>: the subject as a file for other programs, or to be used again.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var photo = new PhotoArguments();
        var motion = new MotionArguments(required: false);
        var command = new Command("export", "Saves the person in a photo as .glb (textured, skinned, moving) or .safetensors (to animate again without the photo).");
        motion.AddTo(command);
        photo.AddTo(command);
        command.SetAction((parsed, token) => Task.FromResult(ConsoleProgress.Run(parsed.GetValue(photo.Quiet), progress =>
        {
            string path = parsed.GetValue(photo.Output)!, ending = Path.GetExtension(path).ToLowerInvariant();
            if (ending is not (".glb" or SubjectFile.Ending)) throw new InputException($"{path}: a subject is saved as .glb or {SubjectFile.Ending}; choose one of these endings.");
            Studio studio = Studio.Open();
            Motion? performed = motion.Read(studio, parsed, progress, parsed.GetValue(photo.Quiet), token);
            Subject subject = photo.Subject(studio, parsed, progress, token);
            if (ending == ".glb") SubjectExport.Write(path, subject, performed, token);
            else SubjectFile.Write(path, subject);
            return 0;
        })));
        return command;
    }
}
