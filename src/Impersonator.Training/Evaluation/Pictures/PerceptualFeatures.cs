namespace Impersonator.Training.Evaluation.Pictures;

/// <summary>What PersonNet's encoder makes of a picture, kept to compare.</summary>
/// <param name="Maps">Per scale: [C, H, W], each place of unit length over the channels.</param>
/// <param name="Shapes">Per scale: C, H, W.</param>
/// <param name="Pooled">Means over the person's box of the coarsest scale's channels as they came.</param>
internal sealed record PerceptualFeatures(float[][] Maps, (int Channels, int Height, int Width)[] Shapes, float[] Pooled)
{
    /// <summary>Mean squared difference of the features' directions over an area, summed over the scales: 0 = the same, at most 4 a scale.</summary>
    /// <remarks>LPIPS without learnt weights and on another network (Zhang et al., "The Unreasonable Effectiveness of Deep Features as a Perceptual Metric", 2018); its figures compare only with its own.</remarks>
    /// <param name="truth">Of the true picture, of the same size.</param>
    /// <param name="area">Where, in shares of the picture: left, top, right, bottom.</param>
    public double DistanceTo(PerceptualFeatures truth, (float Left, float Top, float Right, float Bottom) area)
    {
        double sum = 0;
        for (int s = 0; s < Maps.Length; s++)
        {
            (int channels, int height, int width) = Shapes[s];
            PictureArea places = PlacesOf(area, width, height);
            double apart = 0;
            for (int c = 0; c < channels; c++)
                for (int y = places.Top; y < places.Bottom; y++)
                    for (int x = places.Left; x < places.Right; x++)
                    {
                        int i = (((c * height) + y) * width) + x;
                        double d = Maps[s][i] - truth.Maps[s][i];
                        apart += d * d;
                    }
            sum += apart / ((double)places.Width * places.Height);
        }
        return sum;
    }

    /// <summary>The places of a map that an area touches.</summary>
    internal static PictureArea PlacesOf((float Left, float Top, float Right, float Bottom) area, int width, int height)
    {
        int left = Math.Clamp((int)MathF.Floor(area.Left * width), 0, width - 1), top = Math.Clamp((int)MathF.Floor(area.Top * height), 0, height - 1);
        int right = Math.Clamp((int)MathF.Ceiling(area.Right * width), left + 1, width), bottom = Math.Clamp((int)MathF.Ceiling(area.Bottom * height), top + 1, height);
        return new PictureArea(left, top, right - left, bottom - top);
    }
}
