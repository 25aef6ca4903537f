using Impersonator.Imaging;

namespace Impersonator.Subjects.Matting;

/// <summary>Asks colours where a network is unsure: what looks like the sure person, what like the sure background.</summary>
/// <remarks>
/// Mixtures of Gaussians of both, as in GrabCut (Rother, Kolmogorov &amp; Blake 2004), give a logarithm of odds that is added to the network's in
/// areas that it is unsure of, not along every edge; then whole holes are judged. Without the graph cut: that gains no more here and costs ten times as much.
/// </remarks>
internal static class ColourEvidence
{
    // Longer side of the picture on which is worked, parts and rounds of the mixtures, and samples that they need.
    private const int WorkSide = 256, MixtureParts = 8, Rounds = 2, FewestSamples = 100;

    // Network's alpha that is sure; from there on colours are asked.
    private const float Sure = 0.05f, Asked = 0.01f;

    // The most that a colour says, and what it counts.
    private const float MostEvidence = 3, Weight = 0.6f;

    // Doubt, 4·α·(1 − α), averaged over this radius in work pixels: an edge reaches the lower bound, from the upper on it is an area.
    private const int DoubtRadius = 2;
    private const float EdgeDoubt = 0.4f, AreaDoubt = 0.6f;

    // The most that a pixel's colour says about its hole, what the network counts there when it says person, and odds that fill a hole.
    private const float MostInHole = 6, PersonInHole = 6, Filled = 8;

    // Odds are kept between 0 and 1 while they are enlarged.
    private const float Range = 50;

    /// <summary>The network's matte after the colours were asked.</summary>
    /// <param name="part">The part of the photo around the person.</param>
    /// <param name="seen">What the network says of it, of the same size.</param>
    public static Matte Add(Image part, Matte seen)
    {
        float shrink = MathF.Min(1, (float)WorkSide / Math.Max(part.Width, part.Height));
        int width = Math.Max(1, (int)MathF.Round(part.Width * shrink)), height = Math.Max(1, (int)MathF.Round(part.Height * shrink));
        Matte alpha = seen.Resize(width, height);
        float[] samples = ColourSamples.Of(part.Resize(width, height));
        // What is enclosed by the person may be the person: nothing is learned from it.
        var enclosed = new bool[width * height];
        foreach (List<int> hole in Holes([.. alpha.Values.Select(a => a > 0.5f)], width, height)) hole.ForEach(i => enclosed[i] = true);
        float[] own = ColourSamples.Chosen(samples, i => alpha.Values[i] > 1 - Sure), other = ColourSamples.Chosen(samples, i => alpha.Values[i] < Sure && !enclosed[i]);
        if (Math.Min(own.Length, other.Length) < FewestSamples * ColourMixture.Dimensions) return seen;
        ColourMixture person = ColourMixture.Learn(own, MixtureParts, Rounds), elsewhere = ColourMixture.Learn(other, MixtureParts, Rounds);
        float Likelihood(int i)
        {
            ReadOnlySpan<float> sample = samples.AsSpan(i * ColourMixture.Dimensions, ColourMixture.Dimensions);
            return person.LogDensity(sample) - elsewhere.LogDensity(sample);
        }

        Matte evidence = Evidence(alpha, Likelihood);
        Judge(alpha, evidence, Likelihood);
        return Sum(seen, evidence);
    }

    private static Matte Evidence(Matte alpha, Func<int, float> likelihood)
    {
        var doubt = new Matte(alpha.Width, alpha.Height);
        for (int i = 0; i < doubt.Values.Length; i++) doubt.Values[i] = 4 * alpha.Values[i] * (1 - alpha.Values[i]);
        Matte around = doubt.Box(DoubtRadius);
        var evidence = new Matte(alpha.Width, alpha.Height);
        Parallel.For(0, alpha.Height, y =>
        {
            for (int i = y * alpha.Width; i < (y + 1) * alpha.Width; i++)
            {
                float share = Math.Clamp((around.Values[i] - EdgeDoubt) / (AreaDoubt - EdgeDoubt), 0, 1);
                if (share > 0 && alpha.Values[i] is > Asked and < 1 - Asked) evidence.Values[i] = Weight * share * Math.Clamp(likelihood(i), -MostEvidence, MostEvidence);
            }
        });
        return evidence;
    }

    /// <summary>Fills holes that are the person by their colours, or where the network would rather have said person than not.</summary>
    private static void Judge(Matte alpha, Matte evidence, Func<int, float> likelihood)
    {
        bool[] mask = [.. alpha.Values.Select((a, i) => OddsOf(a) + evidence.Values[i] > 0)];
        foreach (List<int> hole in Holes(mask, alpha.Width, alpha.Height))
        {
            float odds = OddsOf(hole.Average(i => alpha.Values[i]));
            float total = hole.Average(i => Math.Clamp(likelihood(i), -MostInHole, MostInHole)) + (odds > 0 ? PersonInHole * odds : odds);
            if (total > 0) hole.ForEach(i => evidence.Values[i] = Filled);
        }
    }

    private static Matte Sum(Matte seen, Matte evidence)
    {
        for (int i = 0; i < evidence.Values.Length; i++) evidence.Values[i] = 0.5f + (evidence.Values[i] / (2 * Range));
        Matte large = evidence.Box(1).Resize(seen.Width, seen.Height), result = new(seen.Width, seen.Height);
        Parallel.For(0, seen.Height, y =>
        {
            for (int i = y * seen.Width; i < (y + 1) * seen.Width; i++)
            {
                float added = 2 * Range * (large.Values[i] - 0.5f);
                result.Values[i] = MathF.Abs(added) < 0.01f ? seen.Values[i] : 1 / (1 + MathF.Exp(-(OddsOf(seen.Values[i]) + added)));
            }
        });
        return result;
    }

    // Regions of what is not in a mask and does not touch the picture's rim.
    private static IEnumerable<List<int>> Holes(bool[] mask, int width, int height)
        => Regions.Connected(mask, value: false, width, height).Where(region => !region.Exists(i => i % width == 0 || i % width == width - 1 || i < width || i >= width * (height - 1)));

    private static float OddsOf(float alpha)
    {
        float bounded = Math.Clamp(alpha, 0.001f, 0.999f);
        return MathF.Log(bounded / (1 - bounded));
    }
}
