using System.Numerics;

namespace Impersonator.Rendering;

/// <summary>What hides the sky from the ground at one height: cover on a grid over x and z.</summary>
/// <param name="height">Metres above the ground.</param>
internal sealed class ShadowLayer(float height)
{
    private const int Margin = 6;    // cells around the people: three deviations and the bilinear step
    private const int MostCells = 1024; // along a side; two people far apart get coarser cells

    // exp(−d² / 2σ²) at whole cells for σ = 1.5 cells, normalised over ±4.
    private static readonly float[] Kernel = [0.26666f, 0.21353f, 0.10963f, 0.03609f, 0.00762f];

    private float[] _cover = [], _middle = [];
    private Vector2 _origin;
    private float _cell;
    private int _width, _height;

    /// <summary>Metres above the ground.</summary>
    public float Height { get; } = height;

    /// <summary>Metres that the blur reaches beyond what it blurs.</summary>
    public float Reach => (Margin - 1) * _cell;

    public void Clear(Vector2 low, Vector2 high)
    {
        // A disk's sky cover falls to a third at about 0.6 h from under it; a little less holds jumpers to their ground.
        float most = MathF.Max(high.X - low.X, high.Y - low.Y);
        _cell = MathF.Max(((0.4f * Height) + 0.008f) / 1.5f, most / MostCells);
        (_width, _height) = ((int)((high.X - low.X) / _cell) + (2 * Margin), (int)((high.Y - low.Y) / _cell) + (2 * Margin));
        _origin = low - new Vector2(Margin * _cell);
        if (_cover.Length < _width * _height) (_cover, _middle) = (new float[_width * _height], new float[_width * _height]);
        Array.Clear(_cover, 0, _width * _height);
    }

    /// <summary>Adds an underside of some square metres, shared between the four nearest cells.</summary>
    public void Add(Vector2 place, float area)
    {
        Vector2 at = ((place - _origin) / _cell) - new Vector2(0.5f);
        int x = Math.Clamp((int)at.X, 0, _width - 2), y = Math.Clamp((int)at.Y, 0, _height - 2);
        float fx = Math.Clamp(at.X - x, 0, 1), fy = Math.Clamp(at.Y - y, 0, 1), share = area / (_cell * _cell);
        Span<float> cells = _cover.AsSpan((y * _width) + x);
        cells[0] += share * (1 - fx) * (1 - fy);
        cells[1] += share * fx * (1 - fy);
        cells[_width] += share * (1 - fx) * fy;
        cells[_width + 1] += share * fx * fy;
    }

    public void Blur()
    {
        // Several undersides above each other hide a place once.
        foreach (ref float cover in _cover.AsSpan(0, _width * _height)) cover = MathF.Min(1, cover);
        for (int y = 0; y < _height; y++)
            for (int x = 0; x < _width; x++)
            {
                float sum = _cover[(y * _width) + x] * Kernel[0];
                for (int k = 1; k < Kernel.Length; k++)
                    sum += Kernel[k] * ((x >= k ? _cover[(y * _width) + x - k] : 0) + (x + k < _width ? _cover[(y * _width) + x + k] : 0));
                _middle[(y * _width) + x] = sum;
            }
        for (int y = 0; y < _height; y++)
            for (int x = 0; x < _width; x++)
            {
                float sum = _middle[(y * _width) + x] * Kernel[0];
                for (int k = 1; k < Kernel.Length; k++)
                    sum += Kernel[k] * ((y >= k ? _middle[((y - k) * _width) + x] : 0) + (y + k < _height ? _middle[((y + k) * _width) + x] : 0));
                _cover[(y * _width) + x] = sum;
            }
    }

    /// <summary>[0, 1] how much is hidden at a place; smooth between cells.</summary>
    public float Sample(Vector2 place)
    {
        Vector2 at = ((place - _origin) / _cell) - new Vector2(0.5f);
        if (!(at.X >= 0 && at.Y >= 0 && at.X < _width - 1 && at.Y < _height - 1)) return 0;
        int x = (int)at.X, y = (int)at.Y, first = (y * _width) + x;
        float fx = at.X - x, fy = at.Y - y;
        float top = _cover[first] + ((_cover[first + 1] - _cover[first]) * fx);
        float bottom = _cover[first + _width] + ((_cover[first + _width + 1] - _cover[first + _width]) * fx);
        return top + ((bottom - top) * fy);
    }
}
