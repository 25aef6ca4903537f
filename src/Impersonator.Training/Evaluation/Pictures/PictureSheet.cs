using Impersonator.Imaging;
using Impersonator.Training.Curves;

namespace Impersonator.Training.Evaluation.Pictures;

/// <summary>Pictures side by side to judge by: one row for each case, a caption above.</summary>
internal static class PictureSheet
{
    private const int Caption = 16;

    /// <summary>Draws a sheet.</summary>
    /// <param name="titles">One for each column.</param>
    /// <param name="rows">Caption and pictures, all of one size.</param>
    /// <exception cref="ArgumentException">There is no row, or a row has another number of pictures or other sizes.</exception>
    public static Frame Draw(IReadOnlyList<string> titles, IReadOnlyList<(string Caption, ComparedPicture[] Pictures)> rows)
    {
        ArgumentNullException.ThrowIfNull(titles);
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0 || rows.Any(r => r.Pictures.Length != titles.Count)) throw new ArgumentException($"Each row needs {titles.Count} pictures.", nameof(rows));
        (int width, int height) = (rows[0].Pictures[0].Width, rows[0].Pictures[0].Height);
        var sheet = new Frame(titles.Count * width, Caption + (rows.Count * (height + Caption)));
        SmallLetters.Fill(sheet, 0, 0, sheet.Width, sheet.Height, (20, 20, 20));
        for (int c = 0; c < titles.Count; c++) SmallLetters.Draw(sheet, titles[c], (c * width) + 4, 3, (230, 230, 230));
        for (int r = 0; r < rows.Count; r++)
        {
            int top = Caption + (r * (height + Caption));
            SmallLetters.Draw(sheet, rows[r].Caption, 4, top + 3, (160, 200, 255));
            for (int c = 0; c < titles.Count; c++)
            {
                ComparedPicture picture = rows[r].Pictures[c];
                if (picture.Width != width || picture.Height != height) throw new ArgumentException($"{picture.Width}x{picture.Height} among {width}x{height}.", nameof(rows));
                byte[] rgba = picture.ToFrame().Rgba;
                for (int y = 0; y < height; y++) rgba.AsSpan(4 * width * y, 4 * width).CopyTo(sheet.Rgba.AsSpan(4 * (((top + Caption + y) * sheet.Width) + (c * width))));
            }
        }
        return sheet;
    }

    /// <summary>Writes pages of some rows each as NAME-0.jpg and so on.</summary>
    public static void Write(string folder, string name, IReadOnlyList<string> titles, IReadOnlyList<(string Caption, ComparedPicture[] Pictures)> rows, int perPage = 6)
    {
        Directory.CreateDirectory(folder);
        foreach (((string, ComparedPicture[])[] page, int number) in rows.Chunk(perPage).Select((page, i) => (page, i)))
            ImageWriter.Write(Path.Combine(folder, FormattableString.Invariant($"{name}-{number}.jpg")), Draw(titles, page), ImageOptions.Default with { Marked = false });
    }
}
