namespace Impersonator.Training.Evaluation.Pictures;

/// <summary>Peak signal-to-noise ratio: how small the mean squared error is, in decibels.</summary>
internal static class SignalToNoise
{
    /// <summary>Taken for pictures that are equal: less than one step of 8 bits in one of 250 values.</summary>
    public const double Most = 72;

    /// <summary><c>−10·log₁₀(mean squared error)</c> over red, green and blue in 0..1, at most <see cref="Most"/>.</summary>
    /// <param name="picture">What was made.</param>
    /// <param name="truth">What is true.</param>
    /// <param name="area">Where.</param>
    /// <exception cref="ArgumentException">The sizes differ, or the area is empty.</exception>
    public static double Of(ComparedPicture picture, ComparedPicture truth, PictureArea area)
    {
        picture.RequireSizeOf(truth);
        area = area.Within(truth.Whole);
        if (area.Width * area.Height == 0) throw new ArgumentException("An empty area.", nameof(area));
        double sum = 0;
        for (int c = 0; c < 3; c++)
        {
            for (int y = area.Top; y < area.Bottom; y++)
            {
                int row = (((c * truth.Height) + y) * truth.Width) + area.Left;
                ReadOnlySpan<float> a = picture.Rgb.AsSpan(row, area.Width), b = truth.Rgb.AsSpan(row, area.Width);
                for (int x = 0; x < a.Length; x++) sum += (a[x] - b[x]) * (double)(a[x] - b[x]);
            }
        }
        return Math.Min(Most, -10 * Math.Log10(Math.Max(sum / (3.0 * area.Width * area.Height), 1e-30)));
    }
}
