namespace Impersonator.Subjects.Matting;

/// <summary>Exact distances to the nearest pixel of a mask.</summary>
/// <remarks>Felzenszwalb &amp; Huttenlocher, "Distance Transforms of Sampled Functions", Theory of Computing 2012: parabolas along columns, then rows.</remarks>
internal static class DistanceField
{
    // Finite, so that a difference of two is never infinity less infinity.
    private const float Far = 1e12f;

    /// <summary>[H, W] pixels to the nearest true pixel, 0 on it; huge where there is none.</summary>
    public static float[] To(bool[] mask, int width, int height)
    {
        var field = new float[mask.Length];
        for (int i = 0; i < field.Length; i++) field[i] = mask[i] ? 0 : Far;
        Parallel.For(0, width, x => Transform(field, x, width, height));
        Parallel.For(0, height, y => Transform(field, y * width, 1, width));
        for (int i = 0; i < field.Length; i++) field[i] = MathF.Sqrt(field[i]);
        return field;
    }

    private static void Transform(float[] field, int begin, int stride, int count)
    {
        var (values, places, bounds) = (new float[count], new int[count], new float[count + 1]);
        for (int i = 0; i < count; i++) values[i] = field[begin + (i * stride)];
        int last = 0;
        (bounds[0], bounds[1]) = (float.NegativeInfinity, float.PositiveInfinity);
        for (int i = 1; i < count; i++)
        {
            float meet;
            while ((meet = Meet(values, places[last], i)) <= bounds[last]) last--;
            places[++last] = i;
            (bounds[last], bounds[last + 1]) = (meet, float.PositiveInfinity);
        }
        for (int i = 0, k = 0; i < count; i++)
        {
            while (bounds[k + 1] < i) k++;
            int away = i - places[k];
            field[begin + (i * stride)] = (away * away) + values[places[k]];
        }
    }

    // Where the parabolas of two places cross. In double: Far swallows the squares of a float.
    private static float Meet(float[] values, int left, int right)
        => (float)((values[right] + ((double)right * right) - (values[left] + ((double)left * left))) / (2.0 * (right - left)));
}
