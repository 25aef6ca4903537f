namespace Impersonator.Networks;

/// <summary>What the photos show at each pixel of a frame, one map per scale, mixed once and read twice.</summary>
/// <param name="g">Where the network is written.</param>
/// <param name="mixing">How several photos become one map.</param>
/// <param name="photos">Flow and features of each photo; none without mixing.</param>
internal sealed class WarpedPhotos(GraphBuilder g, FeatureMixing mixing, IReadOnlyList<(FlowPyramid Flow, Value[] Features)> photos)
{
    private readonly Dictionary<int, Value> _mixed = [];

    /// <summary>What <see cref="Mix"/> gave at a level; null without photos.</summary>
    public Value? Mixed(int level) => _mixed.GetValueOrDefault(level);

    /// <summary>Warps the photos' features to the frame and makes one map of them; null without photos.</summary>
    /// <param name="asking">[C, H, W] the frame's own features, which ask.</param>
    /// <param name="level">0 = S/2, 1 = S/4, 2 = S/8.</param>
    /// <param name="name">Parameters <c>name.query</c>, <c>name.key</c>, <c>name.nothing</c> of attention.</param>
    public Value? Mix(Value asking, int level, string name)
    {
        if (photos.Count == 0) return null;
        Value[] warped = [.. photos.Select(photo => photo.Flow.Warp(photo.Features[level], level))];
        return _mixed[level] = mixing == FeatureMixing.Attention ? Attend(asking, warped, name) : Mean(warped, level);
    }

    // Where one photo alone shows the place, the mean is that photo's.
    private Value Mean(Value[] warped, int level)
    {
        if (warped.Length == 1) return warped[0];
        Value count = Sum([.. photos.Select(photo => photo.Flow.Reached(level))]);
        return g.Divide(Sum(warped), g.Clamp(count, 1, warped.Length));
    }

    // Softmax over the photos and "nothing", which is worth zero: so one photo alone can be refused, and what no flow reaches, zero too, changes nothing.
    private Value Attend(Value asking, Value[] warped, string name)
    {
        int keys = Math.Max(4, asking.Shape[0] / 4), rows = asking.Shape[1];
        Value query = g.Conv(asking, name + ".query", keys, kernel: 1);
        Value key = g.Conv(g.ConcatAlong(1, warped), name + ".key", keys, kernel: 1); // the photos one below the other: one layer serves them all
        var scores = new Value[warped.Length + 1];
        scores[^1] = g.Conv(asking, name + ".nothing", 1, kernel: 1, bias: true, gain: 0.3f);
        for (int j = 0; j < warped.Length; j++)
        {
            Value product = g.Multiply(query, g.Slice(key, j * rows, rows, axis: 1));
            scores[j] = g.Reshape(g.Scale(g.Sum(product, 0), 1 / MathF.Sqrt(keys)), 1, rows, asking.Shape[2]);
        }
        Value weights = g.Softmax(g.Concat(scores), 0); // [n + 1, H, W]
        return Sum([.. warped.Select((features, j) => g.Multiply(features, g.Slice(weights, j, 1)))]);
    }

    private Value Sum(Value[] values) => values.Aggregate(g.Add);
}
