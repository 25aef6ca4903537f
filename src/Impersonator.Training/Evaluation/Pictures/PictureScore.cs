namespace Impersonator.Training.Evaluation.Pictures;

/// <summary>All figures of one picture against the truth.</summary>
/// <param name="Psnr">In the person's box, decibels (<see cref="SignalToNoise"/>).</param>
/// <param name="Ssim">In the person's box (<see cref="StructuralSimilarity.Of"/>).</param>
/// <param name="MultiScaleSsim">In the person's box (<see cref="StructuralSimilarity.MultiScale"/>).</param>
/// <param name="Perceptual">In the person's box (<see cref="PerceptualFeatures.DistanceTo"/>).</param>
/// <param name="MatteOverlap">Intersection over union of the mattes above one half, over the whole picture.</param>
/// <param name="Sharpness">See <see cref="Pictures.Sharpness"/>.</param>
/// <param name="Features">For <see cref="FrechetDistance"/>: of the picture and of the truth.</param>
internal sealed record PictureScore(double Psnr, double Ssim, double MultiScaleSsim, double Perceptual, double MatteOverlap, double Sharpness, (float[] Made, float[] Truth) Features)
{
    /// <summary>Against the frame before; null for pictures that do not follow each other.</summary>
    public double? Flicker { get; init; }

    /// <summary>Measures a picture in the true person's box.</summary>
    /// <param name="picture">What was made; square.</param>
    /// <param name="truth">What is true.</param>
    /// <param name="network">Looks at the picture.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static PictureScore Of(ComparedPicture picture, PictureTruth truth, PerceptualNetwork network)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(network);
        (ComparedPicture real, PictureArea box) = (truth.Picture, truth.Box);
        picture.RequireSizeOf(real);
        PerceptualFeatures made = network.Of(picture, box);
        return new PictureScore(SignalToNoise.Of(picture, real, box), StructuralSimilarity.Of(picture, real, box), StructuralSimilarity.MultiScale(picture, real, box),
            made.DistanceTo(truth.Features, PerceptualNetwork.SharesOf(real, box)), BodyScores.Overlap(picture.Alpha, real.Alpha), Pictures.Sharpness.Of(picture, real, box), (made.Pooled, truth.Features.Pooled));
    }
}
