using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Rendering;
using Impersonator.Subjects.Backgrounds;
using Impersonator.Subjects.Matting;
using Impersonator.Videos;

namespace Impersonator.Benchmarks;

/// <summary>What pictures and videos cost: conversions, every video writer, cutting a person out and filling the hole.</summary>
internal static class ImagingFigures
{
    private const int Side = 512, PhotoSide = 1024, Films = 60;
    private static readonly StringBuilder Table = new();

    public static void Run(string path)
    {
        Table.AppendLine("# Pictures and videos").AppendLine();
        Table.AppendLine(CultureInfo.InvariantCulture, $"{Stopwatches.Machine()}. Middle (fastest) of several runs on all cores; the fastest is nearer to what a quiet machine gives.");
        Table.AppendLine().AppendLine("`dotnet run -c Release --project benchmarks/Impersonator.Benchmarks -- imaging`").AppendLine();
        Table.AppendLine("| what | ms |").AppendLine("|---|---|");
        Image picture = Scene(Side, 0);
        Frame frame = picture.ToFrame();
        Row("512² linear to sRGB bytes", () => picture.CopyTo(frame), 101);
        Row("512² sRGB bytes to linear", () => frame.ToImage(), 101);
        Row("512² to 1024²", () => picture.Resize(1024, 1024), 11);
        Row("1024² to 512²", Shrinking(), 11);

        (Photo photo, Person person) = Standing();
        Matte body = BodyCoverage.Of(BodyModel.Default, person);
        Matte matte = new BodySeededMatting().Segment(photo, () => body, person.Keypoints);
        Row("1024² person cut out", () => new BodySeededMatting().Segment(photo, () => body, person.Keypoints), 5);
        Row("1024² background completed", () => BackgroundFill.Fill(photo.Image, matte, 1), 5);

        Table.AppendLine().AppendLine("| video of 512², 60 frames | frames/s |").AppendLine("|---|---|");
        Frame[] film = [.. Enumerable.Range(0, Films).Select(i => Scene(Side, i).ToFrame())];
        string folder = Directory.CreateTempSubdirectory().FullName;
        foreach (string name in (string[])["film.webm", "film.webp", "film.gif", "frames/", .. VideoFormats.HasFfmpeg ? ["film.mp4"] : Array.Empty<string>()])
        {
            (double median, double least) = Stopwatches.Measure(() => Write(Path.Combine(folder, name), film), warmUp: 1, runs: 3);
            Table.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {Films * 1000 / median:0} ({Films * 1000 / least:0}) |");
        }
        Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, Table.ToString());
        Console.Write(Table);
    }

    private static void Row(string what, Action action, int runs)
    {
        (double median, double least) = Stopwatches.Measure(action, warmUp: Math.Max(2, runs / 3), runs);
        Table.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {median:0.0} ({least:0.0}) |");
    }

    private static Action Shrinking()
    {
        Image large = Scene(2 * Side, 0);
        return () => large.Resize(Side, Side);
    }

    private static void Write(string path, Frame[] film)
    {
        using VideoWriter writer = VideoWriter.Create(path, Side, Side, 30);
        foreach (Frame frame in film) writer.Write(frame);
        writer.Complete();
    }

    // A wall with bricks and grain, and a disc that moves: as hard to encode as a photo.
    private static Image Scene(int side, int time)
    {
        var image = new Image(side, side);
        Parallel.For(0, side, y =>
        {
            var random = new Random((y * 1000) + time);
            for (int x = 0; x < side; x++)
            {
                bool mortar = y % 24 < 3 || (x + (y / 24 % 2 * 32)) % 64 < 3;
                float light = (0.6f + (0.4f * MathF.Sin(x * 3f / side))) * (0.95f + (0.1f * random.NextSingle()));
                bool disc = Vector2.Distance(new Vector2(x, y), new Vector2(side * (0.3f + (0.005f * time)), side / 2f)) < side / 6f;
                Vector3 colour = disc ? new Vector3(0.7f, 0.4f, 0.3f) : mortar ? new Vector3(0.5f, 0.48f, 0.45f) : new Vector3(0.35f, 0.14f, 0.1f);
                image[x, y] = new Vector4(colour * light, 1);
            }
        });
        return image;
    }

    private static (Photo Photo, Person Person) Standing()
    {
        BodyModel model = BodyModel.Default;
        Body body = model.Create(Shape.Average);
        Camera camera = Camera.Front(PhotoSide, PhotoSide, PhotoSide * 1.5f, 3) with { Translation = new Vector3(0, 0.85f, 3) };
        ImmutableArray<KeypointObservation> seen = [.. model.Keypoints.Select(k => new KeypointObservation(camera.Project(k.Rest.Of(body.Mesh.RestPositions)), 1))];
        var person = new Person(new Keypoints(seen), Shape.Average, Pose.Rest(model.Skeleton, body.RestJoints[0]), camera);
        Matte cover = BodyCoverage.Of(model, person);
        Image image = Scene(PhotoSide, 0);
        for (int i = 0; i < image.Pixels.Length; i++) image.Pixels[i] = Vector4.Lerp(image.Pixels[i], new Vector4(0.1f, 0.2f, 0.5f, 1), cover.Values[i]);
        return (new Photo("standing", image), person);
    }
}
