using System.Numerics;
using System.Text;
using System.Text.Json;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Networks;
using Impersonator.Recovery;
using Impersonator.Tests.Networks;
using Impersonator.Training.Evaluation;

namespace Impersonator.Tests.Training;

public sealed class BodyScoresTests
{
    /// <summary>Seen: nose at (100, 50), neck at (100, 100), right ankle at (120, 250); guessed: left ankle at (150, 250). Height 200.</summary>
    private static PhotoLabel Label()
    {
        var label = new PhotoLabel(new Vector2[17], new int[17]);
        foreach ((int k, float x, float y, int state) in new[] { (0, 100f, 50f, 2), (2, 100f, 100f, 2), (11, 120f, 250f, 2), (14, 150f, 250f, 1) })
            (label.Places[k], label.States[k]) = (new Vector2(x, y), state);
        return label;
    }

    [Fact]
    public void Add_KnownErrors_GivesTheirSharesOfHeightForSeenPointsOnly()
    {
        var scores = new BodyScores();
        PhotoLabel label = Label();
        // Off by 0, 8 (4 % of 200) and 16 (8 %); the guessed one by far.
        double mean = scores.Add("a.jpg", label, k => label.Places[k] + new Vector2(k == 2 ? 8 : 0, k == 11 ? 16 : k == 14 ? 999 : 0));
        Assert.Equal(0.04, mean, 1e-6);
        Assert.Equal(3, scores.Count);
        Assert.Equal(2.0 / 3, scores.Within(0.05), 1e-6);
        Assert.Equal(1, scores.Within(0.1), 1e-6);
        Assert.Equal(0.04, scores.Median, 1e-6);
        string[] lines = scores.ToTable().Split('\n');
        Assert.Contains(lines, l => l.StartsWith("right_ankle", StringComparison.Ordinal) && l.Contains("8.00"));
        Assert.Contains(lines, l => l.StartsWith("all", StringComparison.Ordinal) && l.Contains("4.00") && l.Contains("66.7") && l.Contains("100.0"));
    }

    [Fact]
    public void WriteJson_SaysTheSameAsTheTable()
    {
        var scores = new BodyScores();
        scores.Add("a.jpg", Label(), k => Label().Places[k] + new Vector2(2, 0));
        scores.AddMatte("a.jpg", 0.9, 0.95);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream)) scores.WriteJson(writer);
        using var json = JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray()));
        Assert.Equal(0.01, json.RootElement.GetProperty("mean_error").GetDouble(), 1e-6);
        Assert.Equal(0.01, json.RootElement.GetProperty("keypoints").GetProperty("nose").GetProperty("mean_error").GetDouble(), 1e-6);
        Assert.Equal(0.9, json.RootElement.GetProperty("matte_iou").GetProperty("a.jpg").GetDouble(), 1e-6);
        Assert.Equal(0.95, json.RootElement.GetProperty("refined_matte_iou").GetProperty("a.jpg").GetDouble(), 1e-6);
        Assert.Contains("refined matte IoU mean 0.950", scores.ToTable());
    }

    [Fact]
    public void Overlap_KnownSquares_IsSharedOverEither()
        => Assert.Equal(1.0 / 3, BodyScores.Overlap([1, 0.9f, 0, 0.2f], [1, 0, 0.8f, 0.4f]), 1e-9);

    [Fact]
    public void Read_LabelsFile_TakesStatesAndRefusesWhatItDoesNotKnow()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "labels.json");
        File.WriteAllText(path, """{"a.jpg": {"width": 10, "height": 10, "keypoints": {"nose": [1.5, 2, 2], "left_toe": [3, 4, 1]}}}""");
        PhotoLabel label = PhotoLabel.Read(path)["a.jpg"];
        Assert.Equal((new Vector2(1.5f, 2), 2, 1, 0), (label.Places[0], label.States[0], label.States[16], label.States[1]));
        Assert.Equal(2, label.Height);
        File.WriteAllText(path, """{"a.jpg": {"keypoints": {"tail": [1, 2, 2]}}}""");
        Assert.Contains("tail", Assert.Throws<InputException>(() => PhotoLabel.Read(path)).Message);
        File.WriteAllText(path, "[1]");
        Assert.Contains("not a file of labels", Assert.Throws<InputException>(() => PhotoLabel.Read(path)).Message);
    }

    [Fact]
    public void Run_FolderWithPhotoMatteAndLabel_CountsThemAndWritesASheet()
    {
        using var folder = new TemporaryFolder();
        var frame = new Frame(60, 80);
        Array.Fill(frame.Rgba, (byte)200);
        for (int i = 3; i < frame.Rgba.Length; i += 4) frame.Rgba[i] = 255;
        ImageWriter.Write(Path.Combine(folder.Path, "a.jpg"), frame);
        ImageWriter.Write(Path.Combine(folder.Path, "a_alpha.png"), new Matte(60, 80));
        Graph graph = PersonNet.Build(PersonNetTests.Toy);
        using var finder = new PersonFinder(Weights.Initialise(graph, 1), null, PersonNetTests.Toy);
        string sheets = Path.Combine(folder.Path, "sheets");
        BodyScores scores = BodyEvaluation.Run(finder, folder.Path, new Dictionary<string, PhotoLabel> { ["a.jpg"] = Label() }, sheets, null, null, CancellationToken.None);
        Assert.Equal(3, scores.Count);
        Assert.InRange(scores.MatteOverlap, 0, 1);
        Assert.Equal((6 * EvaluationTile.Width, 2 * EvaluationTile.Height), PhotoReader.Read(Path.Combine(sheets, "body-0.jpg")) is var sheet ? (sheet.Width, sheet.Height) : default);
        string none = Directory.CreateDirectory(Path.Combine(folder.Path, "none")).FullName;
        Assert.Contains("no photo", Assert.Throws<InputException>(() => BodyEvaluation.Run(finder, none, new Dictionary<string, PhotoLabel>(), null, null, null, CancellationToken.None)).Message);
    }
}
