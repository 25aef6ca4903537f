namespace Impersonator.Training.Evaluation.Pictures;

/// <summary>A true picture with what every comparison needs of it.</summary>
/// <param name="Picture">Square.</param>
/// <param name="Box">The person's, in which figures are taken.</param>
/// <param name="Features">Of the picture.</param>
internal sealed record PictureTruth(ComparedPicture Picture, PictureArea Box, PerceptualFeatures Features)
{
    /// <summary>Looks at a true picture once.</summary>
    /// <exception cref="ArgumentException">It shows nobody.</exception>
    public static PictureTruth Of(ComparedPicture picture, PerceptualNetwork network)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(network);
        PictureArea box = PictureArea.Around(picture.Alpha, picture.Width, picture.Height) ?? throw new ArgumentException("The truth shows nobody.", nameof(picture));
        return new PictureTruth(picture, box, network.Of(picture, box));
    }
}
