namespace Impersonator.Subjects.Matting;

/// <summary>A mixture of Gaussians over colours: what a side of the cut looks like.</summary>
/// <remarks>
/// As in Rother, Kolmogorov &amp; Blake, "GrabCut", SIGGRAPH 2004. Clusters begin by splitting the widest one across its
/// principal axis (Orchard &amp; Bouman 1991), then a few rounds of expectation–maximisation. Deterministic. The place as two
/// more dimensions was tried and made it worse: the background beside a person is then like the person, for it is near.
/// </remarks>
internal sealed class ColourMixture
{
    /// <summary>Red, green, blue.</summary>
    public const int Dimensions = 3;

    private readonly Gaussian[] _parts;

    private ColourMixture(Gaussian[] parts) => _parts = parts;

    /// <summary>Learns from samples, [n · 3].</summary>
    public static ColourMixture Learn(ReadOnlySpan<float> samples, int parts, int rounds)
    {
        int count = samples.Length / Dimensions;
        var owner = new int[count];
        List<Gaussian> gaussians = [Gaussian.Fit(samples, owner, 0)];
        while (gaussians.Count < parts)
        {
            int widest = 0;
            for (int k = 1; k < gaussians.Count; k++)
                if (gaussians[k].Spread > gaussians[widest].Spread) widest = k;
            Gaussian split = gaussians[widest];
            int added = gaussians.Count, moved = 0;
            for (int i = 0; i < count; i++)
            {
                if (owner[i] != widest || !split.IsBeyondMean(samples.Slice(i * Dimensions, Dimensions))) continue;
                owner[i] = added;
                moved++;
            }
            if (moved == 0) break;
            gaussians[widest] = Gaussian.Fit(samples, owner, widest);
            gaussians.Add(Gaussian.Fit(samples, owner, added));
        }

        var mixture = new ColourMixture([.. gaussians]);
        for (int round = 0; round < rounds; round++) mixture.Improve(samples);
        return mixture;
    }

    /// <summary>Logarithm of the density at a sample.</summary>
    public float LogDensity(ReadOnlySpan<float> sample)
    {
        Span<float> logs = stackalloc float[_parts.Length];
        return LogDensities(sample, logs);
    }

    private float LogDensities(ReadOnlySpan<float> sample, Span<float> logs)
    {
        float most = float.NegativeInfinity;
        for (int k = 0; k < _parts.Length; k++) most = Math.Max(most, logs[k] = _parts[k].LogDensity(sample));
        float sum = 0;
        foreach (float log in logs) sum += MathF.Exp(log - most);
        return most + MathF.Log(sum);
    }

    private void Improve(ReadOnlySpan<float> samples)
    {
        int count = samples.Length / Dimensions;
        var sums = new GaussianSums[_parts.Length];
        for (int k = 0; k < sums.Length; k++) sums[k] = new GaussianSums();
        Span<float> logs = stackalloc float[_parts.Length];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> sample = samples.Slice(i * Dimensions, Dimensions);
            float total = LogDensities(sample, logs);
            for (int k = 0; k < logs.Length; k++)
                if (logs[k] - total > -7) sums[k].Add(sample, MathF.Exp(logs[k] - total));
        }
        for (int k = 0; k < _parts.Length; k++)
            if (sums[k].Weight > Dimensions) _parts[k] = Gaussian.Of(sums[k], count);
    }
}
