using System.Numerics;

namespace Impersonator.Recovery;

/// <summary>Brings maps that were computed for one view into the frame of a window.</summary>
internal sealed class ViewFrame
{
    private readonly LookView _view;
    private readonly int _side;
    private readonly int[] _from;
    private readonly Vector2[] _between;

    /// <param name="view">What the network was shown.</param>
    /// <param name="window">The frame of the result.</param>
    /// <param name="side">Cells a side of both.</param>
    public ViewFrame(LookView view, PhotoWindow window, int side)
    {
        (_view, _side) = (view, side);
        (_from, _between, Covered) = (new int[side * side], new Vector2[side * side], new float[side * side]);
        for (int i = 0; i < _from.Length; i++)
        {
            Vector2 fraction = view.FromPhoto(window.ToPhoto(new Vector2((i % side) + 0.5f, (i / side) + 0.5f) / side));
            Covered[i] = fraction.X is >= 0 and <= 1 && fraction.Y is >= 0 and <= 1 ? 1 : 0;
            Vector2 at = Vector2.Clamp((fraction * side) - new Vector2(0.5f), Vector2.Zero, new Vector2(side - 1));
            (int x, int y) = (Math.Min((int)at.X, side - 2), Math.Min((int)at.Y, side - 2));
            (_from[i], _between[i]) = ((y * side) + x, at - new Vector2(x, y));
        }
    }

    /// <summary>[side, side] 1 where the view shows the place, else 0.</summary>
    public float[] Covered { get; }

    /// <summary>The maps in the window's frame; 0 where the view shows nothing.</summary>
    /// <param name="maps">[C, side, side] in the view's.</param>
    /// <param name="mirror">[C] each channel's counterpart in a mirrored picture.</param>
    public float[] Back(float[] maps, IReadOnlyList<int> mirror)
    {
        int cells = _side * _side;
        var result = new float[maps.Length];
        for (int c = 0; c < mirror.Count; c++)
        {
            ReadOnlySpan<float> from = maps.AsSpan((_view.Mirrored ? mirror[c] : c) * cells, cells);
            for (int i = 0; i < cells; i++)
            {
                if (Covered[i] == 0) continue;
                (int at, Vector2 b) = (_from[i], _between[i]);
                float top = from[at] + ((from[at + 1] - from[at]) * b.X), bottom = from[at + _side] + ((from[at + _side + 1] - from[at + _side]) * b.X);
                result[(c * cells) + i] = top + ((bottom - top) * b.Y);
            }
        }
        return result;
    }
}
