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
    /// <param name="network">Looks at both.</param>
    /// <exception cref="ArgumentException">The sizes differ, or the truth shows nobody.</exception>
    public static PictureScore Of(ComparedPicture picture, ComparedPicture truth, PerceptualNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        picture.RequireSizeOf(truth);
        PictureArea box = PictureArea.Around(truth.Alpha, truth.Width, truth.Height) ?? throw new ArgumentException("The truth shows nobody.", nameof(truth));
        PerceptualFeatures made = network.Of(picture, box), real = network.Of(truth, box);
        return new PictureScore(SignalToNoise.Of(picture, truth, box), StructuralSimilarity.Of(picture, truth, box), StructuralSimilarity.MultiScale(picture, truth, box),
            made.DistanceTo(real, PerceptualNetwork.SharesOf(truth, box)), BodyScores.Overlap(picture.Alpha, truth.Alpha), Pictures.Sharpness.Of(picture, truth, box), (made.Pooled, real.Pooled));
    }
}
