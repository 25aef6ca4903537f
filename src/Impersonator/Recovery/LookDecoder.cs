using System.Numerics;
using System.Numerics.Tensors;
using Impersonator.Networks;

namespace Impersonator.Recovery;

/// <summary>Turns PersonNet's outputs into a <see cref="PersonLook"/>: several views of one window are brought into one frame and averaged.</summary>
internal static class LookDecoder
{
    /// <summary>One view's say, brought into the window's frame.</summary>
    private sealed record Opinion(float[] Heat, float[] Scale, float[] Inside, float[] Matte, float[] Parts, float[] Surface, float[] Depth, float[] Covered, float[] CoveredMatte);

    /// <summary>The average of views.</summary>
    /// <param name="outputs">Of a batch of pictures.</param>
    /// <param name="views">What each of them showed.</param>
    /// <param name="window">The frame of the result.</param>
    public static PersonLook Decode(IReadOnlyDictionary<string, NetworkArray> outputs, IReadOnlyList<LookView> views, PhotoWindow window)
    {
        int grid = outputs["heat"].Shape[3], matteSide = outputs["matte"].Shape[3];
        Opinion[] opinions = [.. views.Select((view, i) => Read(outputs, i, view, window, grid, matteSide))];
        return Merge(opinions, window, grid, matteSide);
    }

    private static PersonLook Merge(IReadOnlyList<Opinion> opinions, PhotoWindow window, int grid, int matteSide)
    {
        float[] Mean(Func<Opinion, float[]> of, Func<Opinion, float[]?> where)
        {
            if (opinions.Count == 1) return of(opinions[0]);
            var (sum, total) = (new float[of(opinions[0]).Length], new float[of(opinions[0]).Length]);
            foreach (Opinion o in opinions)
            {
                float[] values = of(o);
                float[]? share = where(o);
                for (int i = 0; i < sum.Length; i++)
                {
                    float w = share is null ? 1 : share[i % share.Length];
                    sum[i] += w * values[i];
                    total[i] += w;
                }
            }
            for (int i = 0; i < sum.Length; i++) sum[i] /= MathF.Max(total[i], 1e-9f);
            return sum;
        }

        float[] heat = Mean(o => o.Heat, _ => null), scale = Mean(o => o.Scale, _ => null), inside = Mean(o => o.Inside, _ => null);
        float[] parts = Mean(o => o.Parts, o => o.Covered);
        // Where views take left for right, the mean of two legs' coordinates is neither: the views that agree on the part tell the place on it.
        int cells = grid * grid;
        int[] part = [.. Enumerable.Range(0, cells).Select(i => Enumerable.Range(0, PersonNet.PartCount).MaxBy(p => parts[(p * cells) + i]))];
        Func<Opinion, float[]> agreeing = o => [.. Enumerable.Range(0, cells).Select(i => o.Covered[i] * (o.Parts[(part[i] * cells) + i] + 1e-4f))];
        float[] surface = Mean(o => o.Surface, agreeing), depth = Mean(o => o.Depth, agreeing), matte = Mean(o => o.Matte, o => o.CoveredMatte);

        float cell = window.Side / grid;
        (Vector2 Place, float Share)[] peaks = HeatPeaks.Of(heat, grid);
        var keypoints = new LookedKeypoint[PersonNet.KeypointCount];
        for (int k = 0; k < keypoints.Length; k++)
        {
            (Vector2 place, float concentration) = peaks[k];
            keypoints[k] = new LookedKeypoint(window.ToPhoto(place / grid), MathF.Exp(scale[k]) * cell, inside[k], concentration);
        }
        return new PersonLook(window, [.. keypoints], new PersonMaps(matteSide, matte, grid, parts, surface, depth));
    }

    private static Opinion Read(IReadOnlyDictionary<string, NetworkArray> outputs, int index, LookView view, PhotoWindow window, int grid, int matteSide)
    {
        float[] Of(string name)
        {
            NetworkArray array = outputs[name];
            int size = array.Values.Length / array.Shape[0];
            return array.Values.AsSpan(index * size, size).ToArray();
        }
        float[] heat = Of("heat"), scale = Of("scale"), inside = Of("inside"), matte = Of("matte"), parts = Of("parts"), surface = Of("surface"), depth = Of("depth");
        int cells = grid * grid;
        for (int k = 0; k < PersonNet.KeypointCount; k++) TensorPrimitives.SoftMax(heat.AsSpan(k * cells, cells), heat.AsSpan(k * cells, cells));
        SoftmaxOverChannels(parts);
        TensorPrimitives.Sigmoid(inside, inside);
        TensorPrimitives.Sigmoid(matte, matte);
        if (view == new LookView(window)) return new Opinion(heat, scale, inside, matte, parts, surface, depth, Ones(cells), Ones(matte.Length));

        // The canonical box is as wide to the left as to the right: a mirrored body's point lies at 1 − x.
        for (int i = 0; view.Mirrored && i < cells; i++) surface[i] = 1 - surface[i];
        float ratio = view.Window.Side / window.Side;
        var frame = new ViewFrame(view, window, grid);
        var fine = new ViewFrame(view, window, matteSide);
        heat = frame.Back(heat, PersonNet.Mirror);
        for (int i = 0; i < heat.Length; i++) heat[i] /= ratio * ratio;
        float[] Swapped(float[] values) => view.Mirrored ? [.. PersonNet.Mirror.Select(k => values[k])] : values;
        scale = Swapped(scale);
        for (int k = 0; k < scale.Length; k++) scale[k] += MathF.Log(ratio);
        return new Opinion(heat, scale, Swapped(inside), fine.Back(matte, [0]), frame.Back(parts, PersonNet.MirrorParts), frame.Back(surface, [0, 1, 2]), frame.Back(depth, [0]), frame.Covered, fine.Covered);
    }

    private static float[] Ones(int count)
    {
        var ones = new float[count];
        Array.Fill(ones, 1);
        return ones;
    }

    private static void SoftmaxOverChannels(Span<float> maps)
    {
        int size = maps.Length / PersonNet.PartCount;
        Span<float> one = stackalloc float[PersonNet.PartCount];
        for (int i = 0; i < size; i++)
        {
            for (int c = 0; c < one.Length; c++) one[c] = maps[(c * size) + i];
            TensorPrimitives.SoftMax(one, one);
            for (int c = 0; c < one.Length; c++) maps[(c * size) + i] = one[c];
        }
    }
}
