namespace Impersonator.Imaging;

/// <summary>For each place along one axis of the result: which source places it is made of, and how much of each.</summary>
/// <remarks>
/// Catmull–Rom's cubic (Mitchell &amp; Netravali, "Reconstruction Filters in Computer Graphics", SIGGRAPH 1988, B = 0,
/// C = 1/2), stretched by the scale when shrinking so that nothing aliases. Weights are normalised, so a plain colour stays.
/// </remarks>
internal sealed class ResampleWeights
{
    private readonly float[] _weights;

    private ResampleWeights(int count, int taps) => (Taps, First, _weights) = (taps, new int[count], new float[count * taps]);

    /// <summary>Source places per result place.</summary>
    public int Taps { get; }

    /// <summary>First source place of each result place; may lie outside, where the border repeats.</summary>
    public int[] First { get; }

    /// <summary>[Taps] weights of a result place; their sum is 1.</summary>
    public ReadOnlySpan<float> Of(int place) => _weights.AsSpan(place * Taps, Taps);

    public static ResampleWeights Create(int source, int result)
    {
        double scale = (double)source / result, stretch = Math.Max(1, scale), radius = 2 * stretch;
        int taps = (int)Math.Ceiling(2 * radius) + 1;
        var weights = new ResampleWeights(result, taps);
        for (int i = 0; i < result; i++)
        {
            double centre = (i + 0.5) * scale;
            int first = (int)Math.Floor(centre - radius);
            weights.First[i] = first;
            Span<float> row = weights._weights.AsSpan(i * taps, taps);
            double sum = 0;
            for (int t = 0; t < taps; t++) sum += Cubic((first + t + 0.5 - centre) / stretch);
            for (int t = 0; t < taps; t++) row[t] = (float)(Cubic((first + t + 0.5 - centre) / stretch) / sum);
        }
        return weights;
    }

    private static double Cubic(double x)
    {
        x = Math.Abs(x);
        if (x < 1) return (((1.5 * x) - 2.5) * x * x) + 1;
        return x < 2 ? ((((-0.5 * x) + 2.5) * x - 4) * x) + 2 : 0;
    }
}
