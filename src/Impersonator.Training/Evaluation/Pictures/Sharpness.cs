namespace Impersonator.Training.Evaluation.Pictures;

/// <summary>How much detail a picture of a person has, against the truth's: 1 = as much, below = blurred, above = noisy or ragged.</summary>
/// <remarks>
/// Energy of lightness' gradients (squared differences of neighbours) over the truth's, both only where either matte is sure of the person:
/// what is inside of the person counts, not the outline against what is behind.
/// </remarks>
internal static class Sharpness
{
    private const float Sure = 0.98f;

    /// <summary>The ratio of the two energies.</summary>
    /// <param name="picture">What was made.</param>
    /// <param name="truth">What is true.</param>
    /// <param name="area">Where.</param>
    /// <returns>Not a number where the mattes have nothing in common, or the truth is one plain colour.</returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double Of(ComparedPicture picture, ComparedPicture truth, PictureArea area)
    {
        picture.RequireSizeOf(truth);
        area = area.Within(new PictureArea(0, 0, truth.Width - 1, truth.Height - 1));
        float[] a = picture.Light(), b = truth.Light();
        double made = 0, real = 0;
        for (int y = area.Top; y < area.Bottom; y++)
        {
            for (int x = area.Left; x < area.Right; x++)
            {
                int i = (y * truth.Width) + x, right = i + 1, below = i + truth.Width;
                if (!IsSure(i) || !IsSure(right) || !IsSure(below)) continue;
                made += Energy(a, i, right, below);
                real += Energy(b, i, right, below);
            }
        }
        return real > 0 ? made / real : double.NaN;

        bool IsSure(int i) => picture.Alpha[i] >= Sure && truth.Alpha[i] >= Sure;
    }

    private static double Energy(float[] light, int i, int right, int below)
    {
        double x = light[right] - light[i], y = light[below] - light[i];
        return (x * x) + (y * y);
    }
}
