using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Impersonator.Recovery;

namespace Impersonator.Training.Evaluation;

/// <summary>Errors of keypoints and mattes over labelled photos, as table and JSON.</summary>
/// <remarks>An error is a distance in shares of the labelled person's height (<see cref="PhotoLabel.Height"/>); only seen keypoints count.</remarks>
internal sealed class BodyScores
{
    private readonly List<(string Photo, int Keypoint, double Error)> _errors = [];
    private readonly List<(string Photo, double Overlap, double? Refined)> _mattes = [];

    private BodyScores? _mesh;

    /// <summary>The same of the fitted bodies' keypoints; empty where none was fitted.</summary>
    public BodyScores Mesh => _mesh ??= new BodyScores();

    /// <summary>Why photos got no body.</summary>
    public List<string> Refusals { get; } = [];

    /// <summary>Keypoints counted.</summary>
    public int Count => _errors.Count;

    /// <summary>Mean error, share of height.</summary>
    public double Mean => Average(_errors.Select(e => e.Error));

    /// <summary>Median error, share of height.</summary>
    public double Median => _errors.Count == 0 ? double.NaN : _errors.Select(e => e.Error).Order().ElementAt(_errors.Count / 2);

    /// <summary>Mean intersection over union of mattes.</summary>
    public double MatteOverlap => Average(_mattes.Select(m => m.Overlap));

    /// <summary>Share of keypoints whose error is below a limit.</summary>
    public double Within(double limit) => Average(_errors.Select(e => e.Error < limit ? 1.0 : 0));

    /// <summary>Counts a photo's keypoints.</summary>
    /// <returns>The photo's mean error; not a number if no keypoint of it is seen.</returns>
    public double Add(string photo, PhotoLabel label, Func<int, Vector2> found)
    {
        int before = _errors.Count;
        float height = label.Height;
        for (int k = 0; k < label.Places.Length; k++)
            if (label.States[k] == 2 && height > 0) _errors.Add((photo, k, Vector2.Distance(found(k), label.Places[k]) / height));
        return Average(_errors.Skip(before).Select(e => e.Error));
    }

    /// <summary>The same of the mattes that users get; not a number where none was made.</summary>
    public double RefinedOverlap => Average(_mattes.Where(m => m.Refined is not null).Select(m => m.Refined!.Value));

    /// <summary>Counts a photo's matte.</summary>
    /// <param name="photo">Its name.</param>
    /// <param name="overlap">Of the network's own matte.</param>
    /// <param name="refined">Of the matte that users get; null where none was made.</param>
    public void AddMatte(string photo, double overlap, double? refined = null) => _mattes.Add((photo, overlap, refined));

    /// <summary>Both pictures over one half, over either.</summary>
    public static double Overlap(ReadOnlySpan<float> matte, ReadOnlySpan<float> truth)
    {
        (int both, int either) = (0, 0);
        for (int i = 0; i < truth.Length; i++)
        {
            (bool a, bool b) = (matte[i] > 0.5f, truth[i] > 0.5f);
            both += a && b ? 1 : 0;
            either += a || b ? 1 : 0;
        }
        return either == 0 ? 1 : (double)both / either;
    }

    /// <summary>One line per keypoint, one for all, then the worst photos and the mattes.</summary>
    public string ToTable()
    {
        var text = new StringBuilder();
        bool fitted = Mesh.Count > 0;
        text.AppendLine("keypoint            n   mean %  PCK@0.05  PCK@0.1" + (fitted ? "   mesh: n   mean %  PCK@0.05  PCK@0.1" : ""));
        static string Figures(IReadOnlyCollection<double> errors) => string.Create(CultureInfo.InvariantCulture,
            $"{errors.Count,5}{100 * Average(errors),9:F2}{100 * Average(errors.Select(e => e < 0.05 ? 1.0 : 0)),10:F1}{100 * Average(errors.Select(e => e < 0.1 ? 1.0 : 0)),9:F1}");
        void Row(string name, Func<BodyScores, IEnumerable<double>> of) => text.AppendLine(CultureInfo.InvariantCulture, $"{name,-16}{Figures([.. of(this)])}{(fitted ? "      " + Figures([.. of(Mesh)]) : "")}");
        foreach (int k in _errors.Select(e => e.Keypoint).Distinct().Order()) Row(JointsFile.Names[k], scores => scores._errors.Where(e => e.Keypoint == k).Select(e => e.Error));
        Row("all", scores => scores._errors.Select(e => e.Error));
        text.AppendLine(CultureInfo.InvariantCulture, $"median {100 * Median:F2} %{(fitted ? string.Create(CultureInfo.InvariantCulture, $", mesh {100 * Mesh.Median:F2} %") : "")}, {_errors.Select(e => e.Photo).Distinct().Count()} photos");
        foreach ((string photo, double mean) in Photos().OrderByDescending(p => p.Mean).Take(8)) text.AppendLine(CultureInfo.InvariantCulture, $"  {photo,-44}{100 * mean,7:F2} %");
        if (fitted) text.AppendLine("worst meshes");
        foreach ((string photo, double mean) in Mesh.Photos().OrderByDescending(p => p.Mean).Take(8)) text.AppendLine(CultureInfo.InvariantCulture, $"  {photo,-44}{100 * mean,7:F2} %");
        foreach (string refusal in Refusals) text.AppendLine("no body: " + refusal);
        if (_mattes.Count > 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"matte IoU mean {MatteOverlap:F3}, least {_mattes.Min(m => m.Overlap):F3}, {_mattes.Count} photos");
            if (double.IsFinite(RefinedOverlap)) text.AppendLine(CultureInfo.InvariantCulture, $"refined matte IoU mean {RefinedOverlap:F3}, least {_mattes.Min(m => m.Refined):F3}, {_mattes.Count(m => m.Refined is not null)} photos");
            foreach ((string photo, double overlap, double? refined) in _mattes.OrderBy(m => m.Refined ?? m.Overlap)) text.AppendLine(CultureInfo.InvariantCulture, $"  {photo,-44}{overlap,7:F3}{refined,8:F3}");
        }
        return text.ToString();
    }

    /// <summary>The same for machines.</summary>
    public void WriteJson(Utf8JsonWriter json)
    {
        void Number(string name, double value) => json.WriteNumber(name, double.IsFinite(value) ? Math.Round(value, 5) : -1);
        void Figures(IReadOnlyCollection<double> errors)
        {
            json.WriteNumber("count", errors.Count);
            Number("mean_error", Average(errors));
            Number("pck_0.05", Average(errors.Select(e => e < 0.05 ? 1.0 : 0)));
            Number("pck_0.1", Average(errors.Select(e => e < 0.1 ? 1.0 : 0)));
        }
        json.WriteStartObject();
        Figures([.. _errors.Select(e => e.Error)]);
        Number("median_error", Median);
        json.WriteStartObject("keypoints");
        foreach (var group in _errors.GroupBy(e => e.Keypoint).OrderBy(g => g.Key))
        {
            json.WriteStartObject(JointsFile.Names[group.Key]);
            Figures([.. group.Select(e => e.Error)]);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteStartObject("photos");
        foreach ((string photo, double mean) in Photos()) Number(photo, mean);
        json.WriteEndObject();
        if (Mesh.Count > 0)
        {
            json.WritePropertyName("mesh");
            Mesh.WriteJson(json);
        }
        json.WriteStartObject("matte_iou");
        foreach ((string photo, double overlap, _) in _mattes) Number(photo, overlap);
        json.WriteEndObject();
        json.WriteStartObject("refined_matte_iou");
        foreach ((string photo, _, double? refined) in _mattes)
            if (refined is { } value) Number(photo, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private IEnumerable<(string Photo, double Mean)> Photos() => _errors.GroupBy(e => e.Photo).Select(g => (g.Key, g.Average(e => e.Error)));

    private static double Average(IEnumerable<double> values) => values.DefaultIfEmpty(double.NaN).Average();
}
