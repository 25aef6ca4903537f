using System.CommandLine;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Recovery;

namespace Impersonator.Cli.Commands;

/// <summary><c>impersonator recover</c>: what is found in a photo.</summary>
internal static class RecoverCommand
{
    public static Command Create()
    {
        var photoPath = new Argument<string>("photo") { Description = "JPEG, PNG or WebP of one person." };
        var joints = new Option<string?>("--joints") { Description = "JSON with the person's keypoints (ours, COCO or OpenPose). Default: the photo's name with .json." };
        var number = new Option<int?>("--person") { Description = "Which person of a joints file with several, from 0. Default: the tallest." };
        var sheet = new Option<string?>("--overlay") { Description = "Picture to write: the body over the photo and from both sides." };
        var cutOut = new Option<string?>("--cutout") { Description = "Picture to write: the person alone, transparent around (.png or .webp)." };
        var output = new Option<string>("--output", "-o") { Description = "The JSON file to write: camera, shape and pose.", Required = true };
        var command = new Command("recover", "Finds the body and the camera in a photo.") { photoPath, joints, number, sheet, cutOut, output };
        command.SetAction((parsed, token) =>
        {
            Photo photo = PhotoReader.Read(parsed.GetValue(photoPath)!);
            string target = parsed.GetValue(output)!;
            string? file = parsed.GetValue(joints) ?? PhotoArguments.Beside(parsed.GetValue(photoPath)!);
            if (file is not null && Path.GetFullPath(target) == Path.GetFullPath(file))
                throw new InputException($"{target}: is the joints file, which would be overwritten; choose another name for -o.");
            if (parsed.GetValue(cutOut) is { } wanted && Path.GetExtension(wanted).ToLowerInvariant() is not (".png" or ".webp"))
                throw new InputException($"{wanted}: a cut-out is transparent around the person; write it as .png or .webp.");
            Studio studio = Studio.Open();
            FitResult result = PhotoArguments.Recover(studio, photo, file, parsed.GetValue(number), token);
            if (parsed.GetValue(sheet) is { } picture) ImageWriter.Write(picture, FitSheet.Draw(studio.Model, photo, result.Person));
            if (parsed.GetValue(cutOut) is { } alone) ImageWriter.Write(alone, studio.CutOut(photo, result.Person, token));
            using OutputFile person = OutputFile.Create(target);
            PersonFile.Write(person.Stream, result);
            person.Complete();
            Console.Error.WriteLine($"{photo.Name}: keypoints met to {100 * result.ReprojectionError:F2} % of the person's height in {result.Iterations} steps");
            return Task.FromResult(0);
        });
        return command;
    }
}
