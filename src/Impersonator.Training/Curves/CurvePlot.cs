using System.Globalization;
using Impersonator.Imaging;

namespace Impersonator.Training.Curves;

/// <summary>Draws a training curve: a small panel per figure, each over the first column, scaled to its own range.</summary>
internal static class CurvePlot
{
    private const int PanelWidth = 320, PanelHeight = 180, Border = 26, Across = 4;
    private static readonly (byte, byte, byte) Paper = (255, 255, 255), Axis = (190, 190, 190), Ink = (40, 40, 40), Line = (200, 60, 30);

    /// <summary>Draws all columns but the first.</summary>
    public static Frame Draw(TrainingCurve curve)
    {
        int panels = curve.Columns.Length - 1;
        var frame = new Frame(Math.Min(Across, panels) * PanelWidth, (panels + Across - 1) / Across * PanelHeight);
        SmallLetters.Fill(frame, 0, 0, frame.Width, frame.Height, Paper);
        for (int p = 0; p < panels; p++) Panel(frame, curve, p + 1, p % Across * PanelWidth, p / Across * PanelHeight);
        return frame;
    }

    private static void Panel(Frame frame, TrainingCurve curve, int column, int left, int top)
    {
        (double X, double Y)[] points = [.. curve.Rows.Where(r => double.IsFinite(r[column])).Select(r => (r[0], r[column]))];
        SmallLetters.Draw(frame, curve.Columns[column], left + Border, top + 6, Ink);
        (int x0, int y0, int width, int height) = (left + Border, top + Border, PanelWidth - (2 * Border), PanelHeight - (2 * Border));
        SmallLetters.Fill(frame, x0, y0 + height, width, 1, Axis);
        SmallLetters.Fill(frame, x0, y0, 1, height, Axis);
        if (points.Length == 0) return;
        string last = points[^1].Y.ToString("G4", CultureInfo.InvariantCulture);
        SmallLetters.Draw(frame, last, left + PanelWidth - Border - SmallLetters.Width(last), top + 6, Line);
        // The first reports are far off: what matters is the range after them.
        IEnumerable<double> settled = points.Skip(points.Length / 10).Select(p => p.Y);
        (double low, double high) = (settled.Min(), settled.Max());
        (double from, double to) = (points[0].X, points[^1].X);
        SmallLetters.Draw(frame, high.ToString("G3", CultureInfo.InvariantCulture), x0 + 4, y0 - 2, Axis, 1);
        SmallLetters.Draw(frame, low.ToString("G3", CultureInfo.InvariantCulture), x0 + 4, y0 + height - 8, Axis, 1);
        (int X, int Y) At((double X, double Y) p) => (
            x0 + (int)((p.X - from) / Math.Max(1e-9, to - from) * (width - 1)),
            y0 + height - 1 - (int)((Math.Clamp(p.Y, low, high) - low) / Math.Max(1e-12, high - low) * (height - 1)));
        for (int i = 0; i + 1 < points.Length; i++) Stroke(frame, At(points[i]), At(points[i + 1]));
    }

    private static void Stroke(Frame frame, (int X, int Y) from, (int X, int Y) to)
    {
        int steps = Math.Max(1, Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y)));
        for (int i = 0; i <= steps; i++)
            SmallLetters.Fill(frame, from.X + ((to.X - from.X) * i / steps), from.Y + ((to.Y - from.Y) * i / steps), 2, 2, Line);
    }
}
