using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Impersonator.Training.Evaluation;

/// <summary>Errors over painted people, as table and JSON: millimetres, intersections over unions, keypoints as in <see cref="BodyScores"/>.</summary>
internal sealed class SyntheticScores
{
    private const double Tenth = 0.1;
    private readonly List<(long Seed, bool Whole, SyntheticScore Score)> _bodies = [];
    private readonly List<(long Seed, bool Whole, double Refined, double Raw)> _mattes = [];
    private readonly List<(long Seed, string Why)> _failures = [];

    /// <summary>Keypoints of the network and of the fitted bodies.</summary>
    public BodyScores Keypoints { get; } = new();

    /// <summary>People of whom a body was recovered.</summary>
    public int Count => _bodies.Count;

    /// <summary>People of whom none was.</summary>
    public int Failures => _failures.Count;

    /// <summary>People who are not the largest in their picture, as recovery sees it.</summary>
    public int NotFirst { get; set; }

    /// <summary>Mean joint error after moving the pelvis onto the true one, millimetres.</summary>
    public double Mpjpe => Average(Millimetres(s => s.Joints));

    /// <summary>Mean joint error after Procrustes' alignment, millimetres.</summary>
    public double PaMpjpe => Average(Millimetres(s => s.Aligned.Average()));

    /// <summary>Counts a recovered body.</summary>
    /// <param name="seed">Of the picture.</param>
    /// <param name="whole">All 17 keypoints lie in the picture.</param>
    /// <param name="score">Its errors.</param>
    public void Add(long seed, bool whole, SyntheticScore score) => _bodies.Add((seed, whole, score));

    /// <summary>Counts a matte: overlaps of the refined one and of the network's own.</summary>
    public void AddMatte(long seed, bool whole, double refined, double raw) => _mattes.Add((seed, whole, refined, raw));

    /// <summary>Counts somebody who was not recovered.</summary>
    public void AddFailure(long seed, string why) => _failures.Add((seed, why));

    /// <summary>Figures by whole and cut people, then by joint and direction, then the worst.</summary>
    public string ToTable()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{_bodies.Count} of {_bodies.Count + _failures.Count} people recovered; {NotFirst} were not taken for the largest");
        text.AppendLine("mm                        n    mean  median  worst tenth");
        foreach ((string group, bool? whole) in ((string, bool?)[])[("all", null), ("whole", true), ("cut off", false)])
        {
            Row($"MPJPE, {group}", Millimetres(s => s.Joints, whole));
            Row($"PA-MPJPE, {group}", Millimetres(s => s.Aligned.Average(), whole));
            Row($"vertices, {group}", Millimetres(s => s.Vertices, whole));
        }
        Row("along the view", Millimetres(s => s.Offsets.Average(o => MathF.Abs(o.Z))));
        Row("across the view", Millimetres(s => s.Offsets.Average(o => new Vector2(o.X, o.Y).Length())));
        foreach ((string group, bool? whole) in ((string, bool?)[])[("all", null), ("whole", true), ("cut off", false)])
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"matte IoU, {group,-8} {Average(Overlaps(m => m.Refined, whole)):F3} refined, {Average(Overlaps(m => m.Raw, whole)):F3} raw, least {Overlaps(m => m.Refined, whole).DefaultIfEmpty(double.NaN).Min():F3}, {Overlaps(m => m.Raw, whole).Count()} people");
        }
        text.AppendLine("joint               error  aligned  across  along, mm");
        for (int j = 0; j < PlacedBody.JointNames.Length; j++)
            text.AppendLine(CultureInfo.InvariantCulture, $"{PlacedBody.JointNames[j],-18}{Average(Millimetres(s => s.Offsets[j].Length())),7:F0}{Average(Millimetres(s => s.Aligned[j])),9:F0}{Average(Millimetres(s => new Vector2(s.Offsets[j].X, s.Offsets[j].Y).Length())),8:F0}{Average(Millimetres(s => MathF.Abs(s.Offsets[j].Z))),7:F0}");
        text.AppendLine("worst people: seed, PA-MPJPE, MPJPE, vertices");
        foreach (var (seed, whole, score) in _bodies.OrderByDescending(b => b.Score.Aligned.Average()).Take(8))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {seed,-20}{1000 * score.Aligned.Average(),6:F0}{1000 * score.Joints,6:F0}{1000 * score.Vertices,6:F0}{(whole ? "" : "  cut off")}");
        foreach (var (seed, _, refined, raw) in _mattes.OrderBy(m => m.Refined).Take(5)) text.AppendLine(CultureInfo.InvariantCulture, $"  {seed,-20}matte {refined:F3}, raw {raw:F3}");
        foreach ((long seed, string why) in _failures) text.AppendLine(CultureInfo.InvariantCulture, $"no body: seed {seed}: {why}");
        return text.Append(Keypoints.ToTable()).ToString();

        void Row(string name, IEnumerable<double> values)
        {
            double[] sorted = [.. values.Order()];
            text.AppendLine(CultureInfo.InvariantCulture, $"{name,-22}{sorted.Length,5}{Average(sorted),8:F1}{Median(sorted),8:F1}{WorstTenth(sorted),13:F1}");
        }
    }

    /// <summary>The same for machines.</summary>
    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("recovered", _bodies.Count);
        json.WriteNumber("not_recovered", _failures.Count);
        json.WriteNumber("not_first", NotFirst);
        foreach ((string group, bool? whole) in ((string, bool?)[])[("all", null), ("whole", true), ("cut_off", false)])
        {
            json.WriteStartObject(group);
            Row("mpjpe_mm", Millimetres(s => s.Joints, whole));
            Row("pa_mpjpe_mm", Millimetres(s => s.Aligned.Average(), whole));
            Row("vertices_mm", Millimetres(s => s.Vertices, whole));
            Row("matte_iou", Overlaps(m => m.Refined, whole), worstIsLeast: true);
            Row("raw_matte_iou", Overlaps(m => m.Raw, whole), worstIsLeast: true);
            json.WriteEndObject();
        }
        json.WritePropertyName("keypoints");
        Keypoints.WriteJson(json);
        json.WriteEndObject();

        void Row(string name, IEnumerable<double> values, bool worstIsLeast = false)
        {
            double[] sorted = [.. worstIsLeast ? values.OrderDescending() : values.Order()];
            json.WriteStartObject(name);
            json.WriteNumber("count", sorted.Length);
            foreach ((string figure, double value) in ((string, double)[])[("mean", Average(sorted)), ("median", Median(sorted)), ("worst_tenth", WorstTenth(sorted))])
                json.WriteNumber(figure, double.IsFinite(value) ? Math.Round(value, 4) : -1);
            json.WriteEndObject();
        }
    }

    /// <summary>The mean of the last tenth, at least of one.</summary>
    internal static double WorstTenth(double[] sorted) => Average(sorted.TakeLast(Math.Max(1, (int)Math.Round(Tenth * sorted.Length))));

    private static double Median(double[] sorted) => sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    private static double Average(IEnumerable<double> values) => values.DefaultIfEmpty(double.NaN).Average();

    private IEnumerable<double> Millimetres(Func<SyntheticScore, float> of, bool? whole = null) => _bodies.Where(b => whole is null || b.Whole == whole).Select(b => 1000.0 * of(b.Score));

    private IEnumerable<double> Overlaps(Func<(long Seed, bool Whole, double Refined, double Raw), double> of, bool? whole) => _mattes.Where(m => whole is null || m.Whole == whole).Select(of);
}
