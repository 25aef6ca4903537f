namespace Impersonator.Training.Evaluation.Pictures;

/// <summary>How differently a picture changes from one frame to the next than the truth does.</summary>
internal static class Flicker
{
    /// <summary>Mean of <c>|(picture − before) − (truth − truth before)|</c> over red, green and blue, in steps of 8 bits; 0 = changes as the truth.</summary>
    /// <param name="before">What was made of the frame before.</param>
    /// <param name="picture">What was made.</param>
    /// <param name="truthBefore">What is true of the frame before.</param>
    /// <param name="truth">What is true.</param>
    /// <param name="area">Where.</param>
    /// <exception cref="ArgumentException">The sizes differ, or the area is empty.</exception>
    public static double Of(ComparedPicture before, ComparedPicture picture, ComparedPicture truthBefore, ComparedPicture truth, PictureArea area)
    {
        before.RequireSizeOf(truth);
        picture.RequireSizeOf(truth);
        truthBefore.RequireSizeOf(truth);
        area = area.Within(truth.Whole);
        if (area.Width * area.Height == 0) throw new ArgumentException("An empty area.", nameof(area));
        double sum = 0;
        for (int c = 0; c < 3; c++)
            for (int y = area.Top; y < area.Bottom; y++)
                for (int x = area.Left; x < area.Right; x++)
                {
                    int i = (((c * truth.Height) + y) * truth.Width) + x;
                    sum += Math.Abs(picture.Rgb[i] - before.Rgb[i] - (truth.Rgb[i] - truthBefore.Rgb[i]));
                }
        return 255 * sum / (3.0 * area.Width * area.Height);
    }
}
