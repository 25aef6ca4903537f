using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Rendering;
using Impersonator.Subjects;
using Impersonator.Subjects.Matting;
using Impersonator.Synthesis;

namespace Impersonator.Benchmarks;

/// <summary>How far the drawn subject's outline lies from the matte's, on photos of one's own; the limit is 2 pixels of 512 on the mean.</summary>
/// <remarks>
/// Both are pictures whose longer side is 512. The outline is the outermost one, of all layers together; distances are taken both ways
/// (see <see cref="Outline"/>). What a person holds is in the matte and counts against the subject.
/// </remarks>
internal static class SilhouetteFigures
{
    private const int Side = 512;

    /// <param name="args">
    /// --photos: a folder; --labels: a joints file with keypoints per photo's name; --output: a file for the table, which is printed anyway; --sheets: a folder
    /// for pictures to look at (outlines over the photo, four views); --only: photos whose name contains it.
    /// </param>
    public static void Run(string[] args)
    {
        if (args.ValueOf("--photos") is not { } photos || args.ValueOf("--labels") is not { } labels)
        {
            Console.Error.WriteLine("silhouette --photos DIR --labels FILE [--output FILE.md] [--sheets DIR] [--only NAME]");
            return;
        }
        (string? path, string? sheets, string? only) = (args.ValueOf("--output"), args.ValueOf("--sheets"), args.ValueOf("--only"));
        Studio studio = Studio.Open();
        var table = new StringBuilder();
        table.AppendLine("# Silhouettes").AppendLine();
        table.AppendLine(CultureInfo.InvariantCulture, $"{Stopwatches.Machine()}. Mean distance between the outlines of the drawn subject and of the matte, both ways, in pixels of a picture whose longer side is {Side}; the limit is 2. With holes: those within the figure count too. ‰: thousandths of the person's height, whatever its share of the picture. IoU: overlap of both areas. Seconds: Personalize without the matte.");
        table.AppendLine().AppendLine("`dotnet run -c Release --project benchmarks/Impersonator.Benchmarks -- silhouette --photos DIR --labels FILE`").AppendLine();
        table.AppendLine("| photo | distance | with holes | ‰ of the height | IoU | seconds |").AppendLine("|---|---|---|---|---|---|");
        var rows = new List<Row>();
        foreach (string name in Labelled(labels).Where(n => File.Exists(Path.Combine(photos, n)) && (only is null || n.Contains(only, StringComparison.Ordinal))))
        {
            try
            {
                rows.Add(Measure(studio, Path.Combine(photos, name), labels, sheets));
                table.AppendLine(rows[^1].Line(name));
                Console.WriteLine(rows[^1].Line(name));
            }
            catch (Files.InputException e)
            {
                Console.WriteLine($"{name} left out: {e.Message}");
            }
        }
        if (rows.Count == 0) return;
        string mean = new Row(rows.Average(r => r.Distance), rows.Average(r => r.WithHoles), rows.Average(r => r.Heights), rows.Average(r => r.Overlap), rows.Average(r => r.Seconds)).Line($"mean of {rows.Count}");
        table.AppendLine(mean);
        Console.WriteLine(mean);
        if (path is null) return;
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        File.WriteAllText(path, table.ToString());
    }

    /// <summary>One photo's figures: pixels, pixels, shares of the height, [0, 1], seconds.</summary>
    private readonly record struct Row(float Distance, float WithHoles, float Heights, float Overlap, double Seconds)
    {
        public string Line(string name) => string.Create(CultureInfo.InvariantCulture, $"| {name} | {Distance:0.00} | {WithHoles:0.00} | {1000 * Heights:0.0} | {Overlap:0.000} | {Seconds:0.0} |");
    }

    private static Row Measure(Studio studio, string file, string labels, string? sheets)
    {
        Photo photo = PhotoReader.Read(file);
        Person person = studio.Recover(photo, JointsFile.Read(labels, photo)).Person;
        Matte matte = photo.HasAlpha ? MatteReader.OfAlpha(photo.Image) : new BodySeededMatting().Segment(photo, () => BodyCoverage.Of(studio.Model, person), person.Keypoints);
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        Subject subject = studio.Personalize(photo, person, new PersonalizeOptions { Matte = matte });
        double seconds = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;

        float scale = (float)Side / Math.Max(photo.Width, photo.Height);
        (int width, int height) = ((int)MathF.Round(photo.Width * scale), (int)MathF.Round(photo.Height * scale));
        Matte drawn = Drawn(subject, width, height), wanted = matte.Resize(width, height);
        if (sheets is not null) Picture(subject, photo.Image.Resize(width, height), drawn, wanted, Path.Combine(sheets, Path.ChangeExtension(photo.Name, "png")));
        float distance = Outline.Distance(Outline.Of(drawn), Outline.Of(wanted));
        float withHoles = Outline.Distance(Outline.Of(drawn, holes: true), Outline.Of(wanted, holes: true));
        return new Row(distance, withHoles, distance / (person.Keypoints.PersonHeight * scale), Overlap(drawn, wanted), seconds);
    }

    private static Matte Drawn(Subject subject, int width, int height)
    {
        var frame = new Frame(width, height);
        new SubjectPainter(subject, SubjectPainter.Textures(subject)).Draw(frame, subject.Person.Camera.Scaled(width, height), subject.Person.Pose, shadow: false);
        var alpha = new Matte(width, height);
        for (int i = 0; i < alpha.Values.Length; i++) alpha.Values[i] = frame.Rgba[(4 * i) + 3] / 255f;
        return alpha;
    }

    private static float Overlap(Matte a, Matte b)
    {
        (int both, int any) = (0, 0);
        for (int i = 0; i < a.Values.Length; i++)
        {
            bool inA = a.Values[i] >= 0.5f, inB = b.Values[i] >= 0.5f;
            if (inA && inB) both++;
            if (inA || inB) any++;
        }
        return (float)both / any;
    }

    /// <summary>The outlines over the paled photo (matte's green, subject's red, both yellow), then the subject from four sides.</summary>
    private static void Picture(Subject subject, Image photo, Matte drawn, Matte wanted, string path)
    {
        (bool[] red, bool[] green) = (Outline.Of(drawn).Mask, Outline.Of(wanted).Mask);
        var over = new Frame(photo.Width, photo.Height);
        for (int i = 0; i < photo.Pixels.Length; i++)
        {
            Vector4 pale = Vector4.Lerp(photo.Pixels[i], Vector4.One, 0.25f);
            if (red[i] || green[i]) pale = new Vector4(red[i] ? 1 : 0, green[i] ? 0.8f : 0, 0, 1);
            Frames.ToBytes(new ReadOnlySpan<Vector4>(in pale), over.Rgba.AsSpan(4 * i, 4));
        }
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        ImageWriter.Write(path, over);
        ImageWriter.Write(Path.ChangeExtension(path, "views.png"), Views.Sheet([.. Views.Around(subject, Side, 4), .. Clay(subject)]));
    }

    /// <summary>The shape alone, from the same four sides.</summary>
    private static IEnumerable<Frame> Clay(Subject subject)
    {
        (int width, int height) = Canvas.FrameSize(subject.Person.Camera.Width, subject.Person.Camera.Height, Side);
        Camera photo = subject.Person.Camera.Scaled(width, height);
        for (int k = 0; k < 4; k++)
        {
            var frame = new Frame(width, height);
            frame.Rgba.AsSpan().Fill(60);
            foreach (SubjectLayer layer in subject.Layers)
            {
                Vector3[] posed = new PosedBody(layer.Mesh, subject.Body, subject.Person).Positions;
                MeshPreview.Draw(frame, k == 0 ? photo : CameraPath.Orbit(photo, subject.Person.Pose.Root, k * MathF.PI / 2), posed, layer.Mesh.Triangles);
            }
            yield return frame;
        }
    }

    private static List<string> Labelled(string labels)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(labels));
        return [.. json.RootElement.EnumerateObject().Select(p => p.Name)];
    }
}
