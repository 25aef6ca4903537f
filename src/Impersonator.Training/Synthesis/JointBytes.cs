using Impersonator.Bodies;

namespace Impersonator.Training.Synthesis;

/// <summary>Joint weights as bytes that sum to 255.</summary>
internal static class JointBytes
{
    /// <summary>Packs weights, the strongest first.</summary>
    public static (byte[] Joints, byte[] Weights) Of(JointWeights[] weights) => Of([.. weights.Select(w => Enumerable.Range(0, JointWeights.Count).Select(k => (w.Joint(k), w.Weight(k))))]);

    /// <summary>Packs any number of influences a vertex: keeps the four strongest.</summary>
    public static (byte[] Joints, byte[] Weights) Of(IReadOnlyList<IEnumerable<(int Joint, float Weight)>> influences)
    {
        (byte[] joints, byte[] bytes) = (new byte[4 * influences.Count], new byte[4 * influences.Count]);
        for (int v = 0; v < influences.Count; v++)
        {
            (int Joint, float Weight)[] strongest = [.. influences[v].Where(i => i.Weight > 0).OrderByDescending(i => i.Weight).Take(4)];
            if (strongest.Length == 0) strongest = [(0, 1)];
            float sum = strongest.Sum(i => i.Weight);
            int left = 255;
            for (int k = strongest.Length - 1; k >= 0; k--)
            {
                int weight = k == 0 ? left : (int)(255 * strongest[k].Weight / sum);
                (joints[(4 * v) + k], bytes[(4 * v) + k]) = ((byte)strongest[k].Joint, (byte)weight);
                left -= weight;
            }
        }
        return (joints, bytes);
    }
}
