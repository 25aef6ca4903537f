using Impersonator.Imaging;

namespace Impersonator.Training.Synthesis.Pairs;

/// <summary>Mattes as good as real ones: the truth, blurred, grown or shrunk by at most a pixel.</summary>
internal static class TrueMatte
{
    /// <summary>Makes one.</summary>
    /// <param name="alpha">[size, size] the truth.</param>
    /// <param name="size">Pixels a side.</param>
    /// <param name="dice">Chooses how.</param>
    public static Matte Of(byte[] alpha, int size, Dice dice)
    {
        var matte = new Matte(size, size);
        for (int i = 0; i < alpha.Length; i++) matte.Values[i] = alpha[i] / 255f;
        float what = dice.Unit(), how = dice.Unit();
        if (what < 0.3f) return matte;
        var changed = new Matte(size, size);
        for (int y = 1; y < size - 1; y++)
            for (int x = 1; x < size - 1; x++)
            {
                float own = matte[x, y], low = own, high = own, sum = 0;
                for (int dy = -1; dy <= 1; dy++)
                    for (int dx = -1; dx <= 1; dx++)
                    {
                        float v = matte[x + dx, y + dy];
                        (low, high, sum) = (MathF.Min(low, v), MathF.Max(high, v), sum + (v * (2 - Math.Abs(dx)) * (2 - Math.Abs(dy)) / 16));
                    }
                changed[x, y] = own + (((what < 0.6f ? sum : what < 0.8f ? high : low) - own) * how);
            }
        // A photo's border does not end who stands in it.
        for (int k = 0; k < size; k++)
        {
            (changed[k, 0], changed[k, size - 1]) = (matte[k, 0], matte[k, size - 1]);
            (changed[0, k], changed[size - 1, k]) = (matte[0, k], matte[size - 1, k]);
        }
        return changed;
    }
}
