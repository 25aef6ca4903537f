namespace Impersonator.Training.Evaluation.Pictures;

/// <summary>One of the figures of a picture.</summary>
/// <param name="Name">For machines.</param>
/// <param name="Of">Its value; not a number where there is none.</param>
/// <param name="MoreIsBetter">Which end is the worst.</param>
internal sealed record PictureFigure(string Name, Func<PictureScore, double> Of, bool MoreIsBetter)
{
    public static PictureFigure Psnr { get; } = new("psnr_db", s => s.Psnr, true);

    public static PictureFigure Ssim { get; } = new("ssim", s => s.Ssim, true);

    public static PictureFigure MultiScaleSsim { get; } = new("ms_ssim", s => s.MultiScaleSsim, true);

    public static PictureFigure Perceptual { get; } = new("perceptual", s => s.Perceptual, false);

    public static PictureFigure MatteOverlap { get; } = new("matte_iou", s => s.MatteOverlap, true);

    public static PictureFigure Sharpness { get; } = new("sharpness", s => s.Sharpness, true);

    public static PictureFigure Flicker { get; } = new("flicker", s => s.Flicker ?? double.NaN, false);

    /// <summary>All of them, in the order of tables.</summary>
    public static IReadOnlyList<PictureFigure> All { get; } = [Psnr, Ssim, MultiScaleSsim, Perceptual, MatteOverlap, Sharpness, Flicker];
}
