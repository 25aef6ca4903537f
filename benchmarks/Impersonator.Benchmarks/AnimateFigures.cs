using System.Globalization;
using System.Numerics;
using System.Text;
using Impersonator.Imaging;
using Impersonator.Motions;
using Impersonator.Networks;
using Impersonator.Recovery;
using Impersonator.Rendering;
using Impersonator.Subjects;
using Impersonator.Synthesis;
using Impersonator.Synthesis.Generation;

namespace Impersonator.Benchmarks;

/// <summary>The way from a photo to a video, end to end, on the shipped sample: the limits are 5 s to personalize and 15 frames a second.</summary>
internal static class AnimateFigures
{
    private const int Frames = 90, GeneratorFrames = 45;

    public static void Run(string path)
    {
        Photo photo = PhotoReader.Read("samples/ada.jpg");
        Keypoints keypoints = JointsFile.Read("samples/ada.joints.json", photo);
        Studio studio = Studio.Open();
        Person person = studio.Recover(photo, keypoints).Person;
        Subject subject = studio.Personalize(photo, person);
        string load = Stopwatches.Load();
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

        string folder = Directory.CreateTempSubdirectory().FullName;
        Subject square = Cropped(subject);
        foreach ((string name, Subject who, string ending, CameraPath camera) in (ReadOnlySpan<(string, Subject, string, CameraPath)>)[
            ("512×512 (the photo cropped to a square), WebM, still camera", square, "webm", CameraPath.Still), ("512×512, WebM, orbit", square, "webm", new CameraPath(360)),
            ("512×512, GIF, still camera", square, "gif", CameraPath.Still), ("whole photo, 512 the longer side, WebM, still camera", subject, "webm", CameraPath.Still)])
        {
            var options = new ShotOptions { Size = 512, Seconds = Frames / 30f, Camera = camera };
            (double median, double least) = Stopwatches.Measure(() => studio.Animate(who, MotionLibrary.Create("dance-groove"), Path.Combine(folder, "film." + ending), options), warmUp: 1, runs: 3);
            table.AppendLine(CultureInfo.InvariantCulture, $"| animate {name}, {Frames} frames, encoding included | {Frames * 1000 / median:0} ({Frames * 1000 / least:0}) frames/s | 15 |");
        }
        // What weights say does not change how long they take.
        bool shipped = Weights.Shipped.Contains(GeneratorSubject.Network);
        Weights weights = shipped ? Weights.ReadShipped(GeneratorSubject.Network) : Weights.Initialise(GeneratorNet.Build(), seed: 1);
        foreach ((int size, int limit) in (ReadOnlySpan<(int, int)>)[(256, 8), (512, 3), (1024, 2)])
        {
            var options = new ShotOptions { Size = size, Seconds = GeneratorFrames / 30f, Generator = weights };
            (double median, double least) = Stopwatches.Measure(() => studio.Animate(subject, MotionLibrary.Create("dance-groove"), Path.Combine(folder, "film.webm"), options), warmUp: 1, runs: 3);
            table.AppendLine(CultureInfo.InvariantCulture, $"| animate by the generator{(shipped ? "" : " (untrained)")}, whole photo, {size} the longer side, WebM, {GeneratorFrames} frames, preparation and encoding included | {GeneratorFrames * 1000 / median:0.0} ({GeneratorFrames * 1000 / least:0.0}) frames/s | {limit} |");
        }
        table.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Processes that wanted to run, on average over a minute: {load} at the start, {Stopwatches.Load()} at the end (this one included).");
        Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, table.ToString());
        Console.Write(table);
    }

    /// <summary>The same subject in the middle square of its photo.</summary>
    private static Subject Cropped(Subject subject)
    {
        Image photo = subject.Background;
        int side = Math.Min(photo.Width, photo.Height), left = (photo.Width - side) / 2, top = (photo.Height - side) / 2;
        Camera camera = subject.Person.Camera;
        camera = camera with { Width = side, Height = side, PrincipalPoint = camera.PrincipalPoint - new Vector2(left, top) };
        return subject with { Person = subject.Person with { Camera = camera }, Background = photo.Crop(left, top, side, side) };
    }
}
