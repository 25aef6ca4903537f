using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Impersonator.Files;

namespace Impersonator.Training.Curves;

/// <summary>Figures over the time of a training run: one row per report, one column per figure.</summary>
/// <remarks>Figures that were not measured at a row are not a number and stay empty in the file.</remarks>
internal sealed class TrainingCurve(ImmutableArray<string> columns)
{
    private readonly List<double[]> _rows = [];

    /// <summary>Names; the first is what the rows run over.</summary>
    public ImmutableArray<string> Columns { get; } = columns;

    /// <summary>Rows so far, each as long as <see cref="Columns"/>.</summary>
    public IReadOnlyList<double[]> Rows => _rows;

    /// <summary>Adds a row.</summary>
    /// <exception cref="ArgumentException">Its length is not that of the columns.</exception>
    public void Add(params ReadOnlySpan<double> values)
    {
        if (values.Length != Columns.Length) throw new ArgumentException($"{values.Length} values for {Columns.Length} columns.", nameof(values));
        _rows.Add(values.ToArray());
    }

    /// <summary>Writes comma-separated values with a line of names.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public void Write(string path)
    {
        var text = new StringBuilder().AppendJoin(',', Columns).Append('\n');
        foreach (double[] row in _rows) text.AppendJoin(',', row.Select(v => double.IsNaN(v) ? "" : v.ToString("G6", CultureInfo.InvariantCulture))).Append('\n');
        using OutputFile file = OutputFile.Create(path);
        file.Stream.Write(Encoding.UTF8.GetBytes(text.ToString()));
        file.Complete();
    }
}
