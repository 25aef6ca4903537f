using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Impersonator.Training.Evaluation.Pictures;

/// <summary>Figures of many pictures by task, group and method, as tables of Markdown and as JSON.</summary>
internal sealed class PictureScores
{
    private readonly List<PictureEntry> _entries = [];

    /// <summary>All pictures in the order in which they were counted.</summary>
    public IReadOnlyList<PictureEntry> Entries => _entries;

    /// <summary>What could not be measured, and why.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>Counts a picture.</summary>
    public void Add(PictureEntry entry) => _entries.Add(entry);

    /// <summary>Counts all that others have counted.</summary>
    public void Add(PictureScores others)
    {
        _entries.AddRange(others._entries);
        Failures.AddRange(others.Failures);
    }

    /// <summary>One table for each task; a figure is the mean, in brackets the mean of the worst tenth.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        foreach (IGrouping<string, PictureEntry> task in _entries.GroupBy(e => e.Task))
        {
            bool flickers = task.Any(e => e.Score.Flicker is not null);
            text.AppendLine(CultureInfo.InvariantCulture, $"### {task.Key}\n");
            text.AppendLine($"| | method | pictures | PSNR dB | SSIM | MS-SSIM | perceptual | Fréchet | matte IoU | sharpness |{(flickers ? " flicker |" : "")}");
            text.AppendLine($"|---|---|---|---|---|---|---|---|---|---|{(flickers ? "---|" : "")}");
            foreach (IGrouping<string, PictureEntry> group in Grouped(task))
                foreach (IGrouping<string, PictureEntry> method in group.GroupBy(e => e.Method))
                {
                    string Cell(PictureFigure figure, string format)
                    {
                        PictureSummary summary = PictureSummary.Of(method.Select(e => figure.Of(e.Score)), figure.MoreIsBetter);
                        return double.IsFinite(summary.Mean) ? $"{summary.Mean.ToString(format, CultureInfo.InvariantCulture)} ({summary.WorstTenth.ToString(format, CultureInfo.InvariantCulture)})" : "–";
                    }
                    text.Append(CultureInfo.InvariantCulture, $"| {group.Key} | {method.Key} | {method.Count()} | {Cell(PictureFigure.Psnr, "F2")} | {Cell(PictureFigure.Ssim, "F3")} | {Cell(PictureFigure.MultiScaleSsim, "F3")} | {Cell(PictureFigure.Perceptual, "F3")} | {Frechet(method):F3} | {Cell(PictureFigure.MatteOverlap, "F3")} | {Cell(PictureFigure.Sharpness, "F2")} |");
                    text.AppendLine(flickers ? $" {Cell(PictureFigure.Flicker, "F2")} |" : "");
                }
            text.AppendLine();
        }
        foreach (string failure in Failures) text.AppendLine(CultureInfo.InvariantCulture, $"Not measured: {failure}");
        return text.ToString();
    }

    /// <summary>The same for machines; figures that do not exist are left out.</summary>
    public void WriteJson(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartArray();
        foreach (IGrouping<string, PictureEntry> task in _entries.GroupBy(e => e.Task))
            foreach (IGrouping<string, PictureEntry> group in Grouped(task))
                foreach (IGrouping<string, PictureEntry> method in group.GroupBy(e => e.Method))
                {
                    json.WriteStartObject();
                    json.WriteString("task", task.Key);
                    json.WriteString("group", group.Key);
                    json.WriteString("method", method.Key);
                    json.WriteNumber("pictures", method.Count());
                    foreach (PictureFigure figure in PictureFigure.All)
                    {
                        PictureSummary summary = PictureSummary.Of(method.Select(e => figure.Of(e.Score)), figure.MoreIsBetter);
                        if (!double.IsFinite(summary.Mean)) continue;
                        json.WriteNumber(figure.Name, Math.Round(summary.Mean, 5));
                        json.WriteNumber(figure.Name + "_worst_tenth", Math.Round(summary.WorstTenth, 5));
                    }
                    if (Frechet(method) is var frechet && double.IsFinite(frechet)) json.WriteNumber("frechet", Math.Round(frechet, 5));
                    json.WriteEndObject();
                }
        json.WriteEndArray();
    }

    /// <summary>The groups of a task, shorter names first (0–60° before 60–120°), and all of it at the end if they are several.</summary>
    private static IEnumerable<IGrouping<string, PictureEntry>> Grouped(IEnumerable<PictureEntry> task)
    {
        IGrouping<string, PictureEntry>[] groups = [.. task.GroupBy(e => e.Group).OrderBy(g => g.Key.Length).ThenBy(g => g.Key, StringComparer.Ordinal)];
        return groups.Length == 1 ? groups : [.. groups, task.GroupBy(_ => "all").Single()];
    }

    private static double Frechet(IEnumerable<PictureEntry> entries)
    {
        (float[] Made, float[] Truth)[] features = [.. entries.Select(e => e.Score.Features)];
        return FrechetDistance.Of([.. features.Select(f => f.Made)], [.. features.Select(f => f.Truth)]);
    }
}
