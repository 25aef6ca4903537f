using System.CommandLine;
using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Bodies.Gltf;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Recovery;

namespace Impersonator.Cli.Commands;

/// <summary><c>impersonator recover</c>: what is found in a photo.</summary>
internal static class RecoverCommand
{
    public static Command Create()
    {
        var photoPath = new Argument<string>("photo") { Description = "JPEG, PNG or WebP of a person." };
        var joints = new Option<string?>("--joints") { Description = "JSON with the person's keypoints (ours, COCO or OpenPose). Default: the photo's name with .json if there is one, else found in the photo." };
        var number = new Option<int?>("--person") { Description = "Which of several people, from 0, largest first. Default: the largest." };
        var sheet = new Option<string?>("--overlay") { Description = "Picture to write: the body over the photo and from both sides." };
        var cutOut = new Option<string?>("--cutout") { Description = "Picture to write: the person alone, transparent around (.png or .webp)." };
        var output = new Option<string>("--output", "-o") { Description = "The folder to write: person.json, matte.png, overlay.jpg, body.glb; or the .json file alone.", Required = true };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Say nothing of who was found and how well." };
        var command = new Command("recover", "Finds the body and the camera in a photo.") { photoPath, joints, number, sheet, cutOut, quiet, output };
        command.SetAction((parsed, token) =>
        {
            Photo photo = PhotoReader.Read(parsed.GetValue(photoPath)!);
            string target = parsed.GetValue(output)!;
            string? file = parsed.GetValue(joints) ?? PhotoArguments.Beside(parsed.GetValue(photoPath)!);
            if (file is not null && Path.GetFullPath(target) == Path.GetFullPath(file))
                throw new InputException($"{target}: is the joints file, which would be overwritten; choose another name for -o.");
            if (parsed.GetValue(cutOut) is { } wanted && Path.GetExtension(wanted).ToLowerInvariant() is not (".png" or ".webp"))
                throw new InputException($"{wanted}: a cut-out is transparent around the person; write it as .png or .webp.");
            bool alone = Path.GetExtension(target).Equals(".json", StringComparison.OrdinalIgnoreCase);
            // Found out now, not after the work: a folder that may not be replaced.
            using OutputFolder? folder = alone ? null : OutputFolder.Create(target, "person.json", "matte.png", "overlay.jpg", "body.glb");
            Studio studio = Studio.Open();
            TextWriter says = parsed.GetValue(quiet) ? TextWriter.Null : Console.Error;
            FitResult result = Recovered(studio, photo, file, parsed.GetValue(number), says, token);
            if (parsed.GetValue(sheet) is { } picture) ImageWriter.Write(picture, FitSheet.Draw(studio.Model, photo, result.Person));
            if (parsed.GetValue(cutOut) is { } cut) ImageWriter.Write(cut, studio.CutOut(photo, result.Person, token));
            WritePerson(folder is null ? target : Path.Combine(folder.TemporaryPath, "person.json"), result, studio.Model);
            if (folder is not null)
            {
                ImageWriter.Write(Path.Combine(folder.TemporaryPath, "matte.png"), studio.FindMatte(photo, result.Person, token));
                ImageWriter.Write(Path.Combine(folder.TemporaryPath, "overlay.jpg"), FitSheet.Draw(studio.Model, photo, result.Person));
                Body body = studio.Model.Create(result.Person.Shape);
                GltfExport.Write(Path.Combine(folder.TemporaryPath, "body.glb"), studio.Model.Skeleton, body.RestJoints, [new GltfLayer("body", body.Mesh)], new GltfAnimation("photo", 30, [result.Person.Pose]), token);
                folder.Complete();
            }
            says.WriteLine($"{photo.Name}: keypoints met to {100 * result.ReprojectionError:F2} % of the person's height");
            return Task.FromResult(0);
        });
        return command;
    }

    /// <summary>From joints where they are given; else from the photo alone, and everybody in it is listed.</summary>
    private static FitResult Recovered(Studio studio, Photo photo, string? joints, int? number, TextWriter says, CancellationToken token)
    {
        if (joints is not null) return studio.Recover(photo, JointsFile.Read(joints, photo, number), token);
        IReadOnlyList<PersonLook> people = studio.FindPeople(photo, token);
        for (int i = 0; i < people.Count && people.Count > 1; i++)
        {
            (Vector2 low, Vector2 high) = people[i].Box;
            says.WriteLine($"person {i}: {high.X - low.X:F0}x{high.Y - low.Y:F0} pixels at ({low.X:F0}, {low.Y:F0}), {100 * people[i].Score:F0} % sure{(i == (number ?? 0) ? ", taken" : "")}");
        }
        return studio.Recover(photo, PersonRecovery.Chosen(photo, people, number), token);
    }

    private static void WritePerson(string path, FitResult result, BodyModel model)
    {
        using OutputFile file = OutputFile.Create(path);
        PersonFile.Write(file.Stream, result, model);
        file.Complete();
    }
}
