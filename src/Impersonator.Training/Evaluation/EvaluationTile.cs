using System.Numerics;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Training.Curves;
using Impersonator.Training.Sheets;

namespace Impersonator.Training.Evaluation;

/// <summary>A photo as a small picture to judge by: matte light, keypoints and bones drawn, labels as green dots, the error below.</summary>
internal static class EvaluationTile
{
    public const int Width = 320, Height = 420;
    private const int Caption = 20;

    /// <summary>Draws it.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="look">What was found.</param>
    /// <param name="label">What is true; null = not known.</param>
    /// <param name="error">Mean error, share of height.</param>
    public static Frame Draw(Photo photo, PersonLook look, PhotoLabel? label, double error)
    {
        float scale = MathF.Min((float)Width / photo.Width, (float)(Height - Caption) / photo.Height);
        (int width, int height) = (Math.Max(1, (int)(photo.Width * scale)), Math.Max(1, (int)(photo.Height * scale)));
        Frame small = photo.Image.Resize(width, height).ToFrame();
        var tile = new Frame(Width, Height);
        SmallLetters.Fill(tile, 0, 0, Width, Height, (20, 20, 20));
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                float matte = look.Maps.MatteAt(look.Window.FromPhoto(new Vector2(x + 0.5f, y + 0.5f) / scale));
                float light = 0.4f + (0.5f * matte);
                int from = 4 * ((y * width) + x), to = 4 * ((y * Width) + x);
                for (int c = 0; c < 3; c++) tile.Rgba[to + c] = (byte)Math.Min(255, (small.Rgba[from + c] * light) + (c == 1 ? 40 * matte : 0));
            }
        }
        SkeletonOverlay.Draw(tile, k => look.Keypoints[k].Inside > 0.5f ? (look.Keypoints[k].Position.X * scale, look.Keypoints[k].Position.Y * scale) : null, look.Keypoints.Length, 2);
        for (int k = 0; label is not null && k < label.Places.Length; k++)
            if (label.States[k] == 2) SkeletonOverlay.Dot(tile, (label.Places[k].X * scale, label.Places[k].Y * scale), 2, (40, 255, 60));
        string name = Path.GetFileNameWithoutExtension(photo.Name);
        string caption = FormattableString.Invariant($"{(name.Length > 20 ? name[..20] : name)} s{look.Score:F2}") + (double.IsFinite(error) ? FormattableString.Invariant($" e{100 * error:F1}%") : "");
        SmallLetters.Draw(tile, caption, 4, Height - Caption + 5, error > 0.03 ? ((byte)255, (byte)120, (byte)80) : ((byte)200, (byte)200, (byte)200));
        return tile;
    }
}
