using System.Numerics;
using System.Numerics.Tensors;
using Impersonator.Networks;

namespace Impersonator.Recovery;

/// <summary>Turns PersonNet's outputs into a <see cref="PersonLook"/>; a mirrored second picture is averaged in.</summary>
internal static class LookDecoder
{
    /// <summary>Cells to each side of the highest heat that make up a keypoint's place.</summary>
    private const int Radius = 3;

    /// <param name="outputs">Of one picture, or of one and the same mirrored.</param>
    /// <param name="window">Where they looked.</param>
    public static PersonLook Decode(IReadOnlyDictionary<string, NetworkArray> outputs, PhotoWindow window)
    {
        bool both = outputs["heat"].Shape[0] == 2;
        int grid = outputs["heat"].Shape[3], matteSide = outputs["matte"].Shape[3];
        float[] heat = Merged(Each(outputs["heat"], both, Softmax), PersonNet.KeypointCount, grid, grid, PersonNet.Mirror);
        float[] scale = Merged(Each(outputs["scale"], both, (_, _) => { }), PersonNet.KeypointCount, 1, 1, PersonNet.Mirror);
        float[] inside = Merged(Each(outputs["inside"], both, (v, _) => Sigmoid(v)), PersonNet.KeypointCount, 1, 1, PersonNet.Mirror);
        float[] matte = Merged(Each(outputs["matte"], both, (v, _) => Sigmoid(v)), 1, matteSide, matteSide, [0]);
        float[] parts = Merged(Each(outputs["parts"], both, SoftmaxOverChannels), PersonNet.PartCount, grid, grid, PersonNet.MirrorParts);
        // The canonical box is as wide to the left as to the right: a mirrored body's point lies at 1 − x.
        float[] surface = Merged(Each(outputs["surface"], both, (v, second) => { if (second) for (int i = 0; i < grid * grid; i++) v[i] = 1 - v[i]; }), 3, grid, grid, [0, 1, 2]);
        float[] depth = Merged(Each(outputs["depth"], both, (_, _) => { }), 1, grid, grid, [0]);

        float cell = window.Side / grid;
        var keypoints = new LookedKeypoint[PersonNet.KeypointCount];
        for (int k = 0; k < keypoints.Length; k++)
        {
            (Vector2 place, float concentration) = Peak(heat.AsSpan(k * grid * grid, grid * grid), grid);
            keypoints[k] = new LookedKeypoint(window.ToPhoto(place / grid), MathF.Exp(scale[k]) * cell, inside[k], concentration);
        }
        return new PersonLook(window, [.. keypoints], new PersonMaps(matteSide, matte, grid, parts, surface, depth));
    }

    /// <summary>Where a distribution over cells is highest (sum of 3 × 3), the mean around there, and how much of it lies there.</summary>
    internal static (Vector2 Place, float Concentration) Peak(ReadOnlySpan<float> heat, int grid)
    {
        (int best, float most) = (0, -1f);
        for (int i = 0; i < heat.Length; i++)
        {
            float sum = 0;
            for (int y = Math.Max(0, (i / grid) - 1); y <= Math.Min(grid - 1, (i / grid) + 1); y++)
                for (int x = Math.Max(0, (i % grid) - 1); x <= Math.Min(grid - 1, (i % grid) + 1); x++) sum += heat[(y * grid) + x];
            if (sum > most) (best, most) = (i, sum);
        }
        (Vector2 mean, float total) = (default, 1e-12f);
        for (int y = Math.Max(0, (best / grid) - Radius); y <= Math.Min(grid - 1, (best / grid) + Radius); y++)
        {
            for (int x = Math.Max(0, (best % grid) - Radius); x <= Math.Min(grid - 1, (best % grid) + Radius); x++)
            {
                float p = heat[(y * grid) + x];
                mean += p * new Vector2(x + 0.5f, y + 0.5f);
                total += p;
            }
        }
        return (mean / total, total);
    }

    private delegate void Change(Span<float> values, bool second);

    /// <summary>The one or two pictures' arrays, each changed.</summary>
    private static float[][] Each(NetworkArray array, bool both, Change change)
    {
        int size = array.Values.Length / array.Shape[0];
        var result = new float[both ? 2 : 1][];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = array.Values.AsSpan(i * size, size).ToArray();
            change(result[i], i == 1);
        }
        return result;
    }

    /// <summary>The mean of the first and of the second turned back: mirrored, its channels exchanged.</summary>
    private static float[] Merged(float[][] each, int channels, int height, int width, IReadOnlyList<int> mirror)
    {
        if (each.Length == 1) return each[0];
        float[] result = each[0];
        for (int c = 0; c < channels; c++)
        {
            ReadOnlySpan<float> other = each[1].AsSpan(mirror[c] * height * width, height * width);
            Span<float> own = result.AsSpan(c * height * width, height * width);
            for (int i = 0; i < own.Length; i++) own[i] = (own[i] + other[(i / width * width) + (width - 1 - (i % width))]) / 2;
        }
        return result;
    }

    private static void Softmax(Span<float> maps, bool second)
    {
        int size = maps.Length / PersonNet.KeypointCount;
        for (int k = 0; k < PersonNet.KeypointCount; k++) TensorPrimitives.SoftMax(maps.Slice(k * size, size), maps.Slice(k * size, size));
    }

    private static void SoftmaxOverChannels(Span<float> maps, bool second)
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

    private static void Sigmoid(Span<float> values) => TensorPrimitives.Sigmoid(values, values);
}
