using Impersonator.Imaging;

namespace Impersonator.Training.Synthesis.Pairs;

/// <summary>Sheets of pairs, to look at: the photo and below it the fitted surface; then for each frame the mesh and below it the truth, over grey.</summary>
public static class PairSheet
{
    private const int Side = PairSample.Side, Plane = Side * Side;
    private const byte Grey = 128;

    /// <summary>Frames beside each photo.</summary>
    private const int Targets = 8;

    /// <summary>Paints a sheet.</summary>
    /// <param name="painter">Paints.</param>
    /// <param name="count">Photos; two rows each.</param>
    /// <param name="seed">Of the first; the rest follow. Seeds of no use are left out.</param>
    /// <param name="cancellationToken">Stops between photos.</param>
    public static Frame Draw(PairPainter painter, int count, long seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(painter);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var sheet = new Frame((Targets + 1) * Side, 2 * count * Side);
        var sample = new PairSample(Targets);
        for (int n = 0; n < count; n++)
        {
            do cancellationToken.ThrowIfCancellationRequested();
            while (!painter.Paint(seed++, sample));
            Put(sheet, 0, 2 * n, sample.Photo, 0, Covered(sample.Photo));
            Put(sheet, 0, (2 * n) + 1, sample.Photo, 4 * Plane, _ => byte.MaxValue);
            for (int t = 0; t < Targets; t++)
            {
                Put(sheet, t + 1, 2 * n, sample.Frame[t], 0, Covered(sample.Frame[t]));
                byte[] truth = [.. sample.Truth[t]];
                for (int i = 0; i < 3 * Plane; i++) truth[i] = (byte)(truth[i] * truth[(3 * Plane) + (i % Plane)] / byte.MaxValue);
                Put(sheet, t + 1, (2 * n) + 1, truth, 0, Covered(truth));
            }
        }
        return sheet;
    }

    private static Func<int, byte> Covered(byte[] planes) => i => planes[(3 * Plane) + i];

    /// <summary>Draws three planes, premultiplied, over grey.</summary>
    private static void Put(Frame sheet, int column, int row, byte[] planes, int from, Func<int, byte> alpha)
    {
        for (int i = 0; i < Plane; i++)
        {
            int to = 4 * ((((row * Side) + (i / Side)) * sheet.Width) + (column * Side) + (i % Side)), behind = Grey * (byte.MaxValue - alpha(i)) / byte.MaxValue;
            for (int c = 0; c < 3; c++) sheet.Rgba[to + c] = (byte)Math.Min(byte.MaxValue, planes[from + (c * Plane) + i] + behind);
            sheet.Rgba[to + 3] = byte.MaxValue;
        }
    }
}
