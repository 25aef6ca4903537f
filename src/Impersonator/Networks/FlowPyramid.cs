namespace Impersonator.Networks;

/// <summary>A flow at S/2, S/4 and S/8, and where it says anything.</summary>
/// <remarks>Coarse places are the mean of the four fine ones around a cell's middle, of those that are something: no place is mixed with nothing.</remarks>
internal sealed class FlowPyramid
{
    private readonly GraphBuilder _g;
    private readonly Value[] _places, _reached;

    /// <param name="g">Where the network is written.</param>
    /// <param name="flow">[S/2, S/2, 2] places in the photo, −1 … 1 between its outer edges; −2 = nothing.</param>
    public FlowPyramid(GraphBuilder g, Value flow)
    {
        _g = g;
        Value planes = g.Transpose(g.Precise(flow), 2, 0, 1); // [2, S/2, S/2]
        Value reached = g.Clamp(g.Scale(g.Slice(planes, 0, 1), 100, 200), 0, 1);
        Value weighted = g.Concat(g.Multiply(planes, reached), reached);
        (Value quarter, Value quarterReached) = Coarse(g.AveragePool(weighted, 2));
        (Value eighth, Value eighthReached) = Coarse(g.AveragePool(Middle(weighted), 2));
        (_places, _reached) = ([flow, quarter, eighth], [reached, quarterReached, eighthReached]);
    }

    /// <summary>[1, H, W] 1 where the flow reaches the photo, else 0, at S/2 (0), S/4 (1), S/8 (2).</summary>
    public Value Reached(int level) => _reached[level];

    /// <summary>Features of the photo warped to the frame; zeros where the flow does not reach.</summary>
    /// <param name="features">[C, H, W].</param>
    /// <param name="level">S/2 (0), S/4 (1), S/8 (2).</param>
    public Value Warp(Value features, int level) => _g.GridSample(features, _places[level]);

    // Means of places times reached, and of reached → places and whether there is one.
    private (Value Places, Value Reached) Coarse(Value means)
    {
        Value share = _g.Slice(means, 2, 1), reached = _g.Clamp(_g.Scale(share, 1000), 0, 1);
        Value places = _g.Divide(_g.Slice(means, 0, 2), _g.Scale(share, 1, 1e-6f));
        // Nothing lies far outside.
        return (_g.Transpose(_g.Add(places, _g.Scale(reached, 4, -4)), 1, 2, 0), reached);
    }

    // Of each 4 × 4 pixels the 2 × 2 in the middle: [C, 4h, 4w] → [C, 2h, 2w].
    private Value Middle(Value x)
    {
        int channels = x.Shape[0], rows = x.Shape[1] / 4, columns = x.Shape[2] / 4;
        Value middle = _g.Slice(_g.Reshape(x, channels, rows, 4, 4 * columns), 1, 2, axis: 2);
        middle = _g.Slice(_g.Reshape(middle, channels, 2 * rows, columns, 4), 1, 2, axis: 3);
        return _g.Reshape(middle, channels, 2 * rows, 2 * columns);
    }
}
