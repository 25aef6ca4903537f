using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Recovery;

namespace Impersonator.Training.Evaluation;

/// <summary>Finds people in labelled photos and measures how well.</summary>
internal static class BodyEvaluation
{
    private const string AlphaEnding = "_alpha";
    private const int Columns = 6, Rows = 2;
    private static readonly string[] Endings = [".jpg", ".jpeg", ".png", ".webp"];

    /// <summary>Measures keypoints, and mattes where NAME_alpha.png lies beside NAME.jpg.</summary>
    /// <param name="finder">Finds.</param>
    /// <param name="folder">Photos; those without a label are only drawn.</param>
    /// <param name="labels">By file name.</param>
    /// <param name="sheets">Folder that receives overlays; null = none.</param>
    /// <param name="fit">Fits a body to what was found, whose own keypoints are then measured too; null = do not.</param>
    /// <param name="matting">Cuts a fitted person out as a user gets it; null = measure the network's own matte only.</param>
    /// <param name="token">Cancels.</param>
    /// <exception cref="InputException">The folder holds no photo, or one cannot be read.</exception>
    public static BodyScores Run(PersonFinder finder, string folder, IReadOnlyDictionary<string, PhotoLabel> labels, string? sheets, Func<Photo, PersonLook, FitResult>? fit, Func<Photo, Person, Matte>? matting, CancellationToken token)
    {
        if (!Directory.Exists(folder)) throw new InputException($"{folder}: no such folder; name one with photos.");
        string[] paths = [.. Directory.GetFiles(folder).Where(IsPhoto).Order(StringComparer.Ordinal)];
        if (sheets is null) paths = [.. paths.Where(p => labels.ContainsKey(Path.GetFileName(p)) || File.Exists(AlphaOf(p)))];
        if (paths.Length == 0) throw new InputException($"{folder}: no photo with a label or a matte; labels name {labels.Count} photos.");
        var scores = new BodyScores();
        var tiles = new List<Frame>();
        foreach (string path in paths)
        {
            token.ThrowIfCancellationRequested();
            Photo photo = PhotoReader.Read(path);
            PersonLook look = finder.Find(photo, token);
            PhotoLabel? label = labels.GetValueOrDefault(photo.Name);
            double error = label is null ? double.NaN : scores.Add(photo.Name, label, k => look.Keypoints[k].Position);
            Person? person = fit is null ? null : Fitted(scores, photo, look, fit);
            if (label is not null && person is not null)
            {
                Vector2[] mesh = FittedPoints.Keypoints(BodyModel.Default, person);
                scores.Mesh.Add(photo.Name, label, k => mesh[k]);
            }
            if (File.Exists(AlphaOf(path)))
            {
                float[] truth = MatteReader.Read(AlphaOf(path)).Values;
                scores.AddMatte(photo.Name, BodyScores.Overlap(MatteOf(photo, look), truth), person is null || matting is null ? null : BodyScores.Overlap(matting(photo, person).Values, truth));
            }
            if (sheets is not null) tiles.Add(EvaluationTile.Draw(photo, look, label, error));
        }
        if (sheets is not null) WriteSheets(sheets, tiles);
        return scores;
    }

    private static Person? Fitted(BodyScores scores, Photo photo, PersonLook look, Func<Photo, PersonLook, FitResult> fit)
    {
        try
        {
            return fit(photo, look).Person;
        }
        catch (InputException refusal)
        {
            scores.Refusals.Add(refusal.Message);
            return null;
        }
    }

    /// <summary>[H, W] the look's matte over the whole photo.</summary>
    internal static float[] MatteOf(Photo photo, PersonLook look)
    {
        var matte = new float[photo.Width * photo.Height];
        Parallel.For(0, photo.Height, y =>
        {
            for (int x = 0; x < photo.Width; x++) matte[(y * photo.Width) + x] = look.Maps.MatteAt(look.Window.FromPhoto(new Vector2(x + 0.5f, y + 0.5f)));
        });
        return matte;
    }

    private static bool IsPhoto(string path)
        => Endings.Contains(Path.GetExtension(path).ToLowerInvariant()) && !Path.GetFileNameWithoutExtension(path).EndsWith(AlphaEnding, StringComparison.Ordinal);

    private static string AlphaOf(string path) => Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileNameWithoutExtension(path) + AlphaEnding + ".png");

    private static void WriteSheets(string folder, List<Frame> tiles)
    {
        Directory.CreateDirectory(folder);
        foreach ((Frame[] page, int number) in tiles.Chunk(Columns * Rows).Select((page, i) => (page, i)))
        {
            var sheet = new Frame(Columns * EvaluationTile.Width, Rows * EvaluationTile.Height);
            for (int i = 0; i < page.Length; i++)
            {
                (int left, int top) = (i % Columns * EvaluationTile.Width, i / Columns * EvaluationTile.Height);
                for (int y = 0; y < page[i].Height; y++)
                    page[i].Rgba.AsSpan(4 * y * page[i].Width, 4 * page[i].Width).CopyTo(sheet.Rgba.AsSpan(4 * (((top + y) * sheet.Width) + left)));
            }
            for (int i = 3; i < sheet.Rgba.Length; i += 4) sheet.Rgba[i] = 255;
            ImageWriter.Write(Path.Combine(folder, FormattableString.Invariant($"body-{number}.jpg")), sheet, ImageOptions.Default with { Marked = false });
        }
    }
}
