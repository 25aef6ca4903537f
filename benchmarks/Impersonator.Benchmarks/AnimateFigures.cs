using System.Globalization;
using System.Numerics;
using System.Text;
using Impersonator.Imaging;
using Impersonator.Motions;
using Impersonator.Recovery;
using Impersonator.Subjects;
using Impersonator.Synthesis;

namespace Impersonator.Benchmarks;

/// <summary>The way from a photo to a video, end to end, on the shipped sample: the limits are 5 s to personalize and 15 frames a second.</summary>
internal static class AnimateFigures
{
    private const int Frames = 90;

    public static void Run(string path)
    {
        Photo photo = PhotoReader.Read("samples/ada.jpg");
        Keypoints keypoints = JointsFile.Read("samples/ada.json", photo);
        Studio studio = Studio.Open();
        Person person = studio.Recover(photo, keypoints);
        Subject subject = studio.Personalize(photo, person);
        var table = new StringBuilder();
        table.AppendLine("# From a photo to a video").AppendLine();
        table.AppendLine(CultureInfo.InvariantCulture, $"{Stopwatches.Machine()}. Middle (fastest) of several runs on all cores. `samples/ada.jpg`, {photo.Width}×{photo.Height}.");
        table.AppendLine().AppendLine("`dotnet run -c Release --project benchmarks/Impersonator.Benchmarks -- animate`").AppendLine();
        table.AppendLine("| what | measured | limit |").AppendLine("|---|---|---|");
        void Seconds(string what, Action action, string limit)
        {
            (double median, double least) = Stopwatches.Measure(action, warmUp: 1, runs: 5);
            table.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {median / 1000:0.00} ({least / 1000:0.00}) s | {limit} |");
        }
        Seconds("Recover", () => studio.Recover(photo, keypoints), "");
        Seconds("Personalize", () => studio.Personalize(photo, person), "5 s");

        // A square photo, so that 512 means 512 by 512.
        Subject square = Squared(subject);
        string folder = Directory.CreateTempSubdirectory().FullName;
        foreach ((string name, string ending, CameraPath camera) in (ReadOnlySpan<(string, string, CameraPath)>)[
            ("WebM, still camera", "webm", CameraPath.Still), ("WebM, orbit", "webm", new CameraPath(360)), ("GIF, still camera", "gif", CameraPath.Still)])
        {
            var options = new ShotOptions { Size = 512, Seconds = Frames / 30f, Camera = camera };
            (double median, double least) = Stopwatches.Measure(() => studio.Animate(square, MotionLibrary.Create("dance-groove"), Path.Combine(folder, "film." + ending), options), warmUp: 1, runs: 3);
            table.AppendLine(CultureInfo.InvariantCulture, $"| animate 512×512, {name}, {Frames} frames, encoding included | {Frames * 1000 / median:0} ({Frames * 1000 / least:0}) frames/s | 15 |");
        }
        Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, table.ToString());
        Console.Write(table);
    }

    /// <summary>The same subject before a camera and a background as wide as they are high.</summary>
    private static Subject Squared(Subject subject)
    {
        int side = Math.Max(subject.Background.Width, subject.Background.Height);
        var camera = subject.Person.Camera with { Width = side, Height = side, PrincipalPoint = new Vector2(side / 2f) };
        return subject with { Person = subject.Person with { Camera = camera }, Background = subject.Background.Resize(side, side) };
    }
}
