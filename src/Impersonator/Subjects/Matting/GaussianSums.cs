namespace Impersonator.Subjects.Matting;

/// <summary>What a Gaussian is made from: weight, first and second moments of its samples.</summary>
internal sealed class GaussianSums
{
    private const int D = ColourMixture.Dimensions;

    public double Weight { get; private set; }

    public double[] First { get; } = new double[D];

    public double[,] Second { get; } = new double[D, D];

    public void Add(ReadOnlySpan<float> sample, double weight)
    {
        Weight += weight;
        for (int i = 0; i < D; i++)
        {
            First[i] += weight * sample[i];
            for (int j = 0; j <= i; j++) Second[i, j] += weight * sample[i] * sample[j];
        }
    }
}
