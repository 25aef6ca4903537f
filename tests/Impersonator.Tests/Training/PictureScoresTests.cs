using System.Text.Json;
using Impersonator.Training.Evaluation.Pictures;

namespace Impersonator.Tests.Training;

public sealed class PictureScoresTests
{
    private static PictureEntry Entry(string group, string method, double psnr, double? flicker = null)
        => new("Task", group, method, 1, 0, new PictureScore(psnr, 0.9, 0.8, 100 - psnr, 0.95, 1, ([(float)psnr], [20])) { Flicker = flicker });

    [Fact]
    public void ToMarkdown_TenPictures_GivesMeanAndTheWorstTenth()
    {
        var scores = new PictureScores();
        for (int i = 0; i < 10; i++) scores.Add(Entry("0–60°", "mesh only", 20 + i));
        string row = scores.ToMarkdown().Split('\n').Single(l => l.StartsWith("| 0–60° | mesh only | 10 |", StringComparison.Ordinal));
        // PSNR's worst is the least, the perceptual distance's the most.
        Assert.Contains("| 24.50 (20.00) |", row);
        Assert.Contains("| 75.500 (80.000) |", row);
    }

    [Fact]
    public void ToMarkdown_SeveralGroups_AreInOrderAndThenTogether()
    {
        var scores = new PictureScores();
        foreach (string group in (string[])["120–180°", "0–60°", "60–120°"]) scores.Add(Entry(group, "mesh only", 20));
        string[] first = [.. scores.ToMarkdown().Split('\n').Where(l => l.Contains("mesh only")).Select(l => l.Split('|')[1].Trim())];
        Assert.Equal(["0–60°", "60–120°", "120–180°", "all"], first);
        Assert.DoesNotContain("flicker", scores.ToMarkdown());
    }

    [Fact]
    public void WriteJson_FlickerOfOnePicture_IsOnlyThatPictures()
    {
        var scores = new PictureScores();
        scores.Add(Entry("all", "mesh only", 20, flicker: 4));
        scores.Add(Entry("all", "mesh only", 30));
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream)) scores.WriteJson(writer);
        JsonElement only = JsonDocument.Parse(stream.ToArray()).RootElement.EnumerateArray().Single();
        Assert.Equal((4, 25, 20), (only.GetProperty("flicker").GetDouble(), only.GetProperty("psnr_db").GetDouble(), only.GetProperty("psnr_db_worst_tenth").GetDouble()));
        // Features 20 and 30 against 20 and 20: means 5 apart, variances 50 and 0.
        Assert.Equal(75, only.GetProperty("frechet").GetDouble(), 1e-3);
    }
}
