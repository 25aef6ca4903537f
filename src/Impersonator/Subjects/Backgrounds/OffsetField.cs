using Impersonator.Subjects.Matting;

namespace Impersonator.Subjects.Backgrounds;

/// <summary>From how far away each pixel of a hole is copied, so that as little as can be shows where copies meet.</summary>
/// <remarks>
/// Kwatra et al., "Graphcut Textures", SIGGRAPH 2003, and Pritch et al., "Shift-Map Image Editing", ICCV 2009: pixels choose among
/// offsets; neighbours that choose differently pay for what differs there. Minimised by expansion moves (Boykov, Veksler &amp;
/// Zabih, "Fast Approximate Energy Minimization via Graph Cuts", PAMI 2001) on a small picture, then along the seams on larger ones.
/// </remarks>
internal sealed class OffsetField
{
    /// <summary>What a pixel pays for having nothing to copy: more than any seam.</summary>
    private const float Nothing = 100;

    // What a pixel pays for being copied from another height or from far away, for a distance of the whole picture.
    private const float HeightCost = 0.3f, WidthCost = 0.004f;

    /// <summary>How far seams move on a larger picture, pixels.</summary>
    private const int Band = 2;

    private const int Sweeps = 3;

    private static readonly (int X, int Y)[] Neighbours = [(1, 0), (0, 1), (-1, 0), (0, -1)];

    private readonly HoledPicture _picture;
    private readonly int[] _labels;
    private readonly List<(int X, int Y)> _offsets;

    private OffsetField(HoledPicture picture, List<(int X, int Y)> offsets)
    {
        (_picture, _offsets, _labels) = (picture, offsets, new int[picture.Hole.Length]);
        Array.Fill(_labels, -1);
    }

    /// <summary>The picture whose hole is filled.</summary>
    public HoledPicture Picture => _picture;

    /// <summary>Chooses among offsets.</summary>
    public static OffsetField Choose(HoledPicture picture, List<(int X, int Y)> offsets, CancellationToken cancellationToken)
    {
        var field = new OffsetField(picture, offsets);
        var all = Area.Nowhere;
        for (int i = 0; i < picture.Hole.Length; i++)
            if (picture.Hole[i]) all = all.With(i % picture.Width, i / picture.Width);
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            bool changed = false;
            for (int label = 0; label < offsets.Count; label++)
            {
                // After the first sweep only what found a place is worth another look.
                if (sweep == 0 || field._labels.Contains(label)) changed |= field.Expand(label, all, picture.Hole, cancellationToken);
            }
            if (!changed) break;
        }
        return field;
    }

    /// <summary>The same on a larger picture: regions settle where they fit best, seams move a little.</summary>
    /// <param name="picture">Of about twice the size.</param>
    /// <param name="cancellationToken">Stops between regions.</param>
    public OffsetField Finer(HoledPicture picture, CancellationToken cancellationToken)
    {
        var finer = new OffsetField(picture, [.. _offsets.Select(o => (2 * o.X, 2 * o.Y))]);
        for (int i = 0; i < finer._labels.Length; i++)
            if (picture.Hole[i]) finer._labels[i] = LabelNear(i % picture.Width / 2, i / picture.Width / 2);
        finer.Separate();
        finer.Settle(cancellationToken);
        finer.MoveSeams(cancellationToken);
        return finer;
    }

    /// <summary>Where a pixel of the hole is copied from; null where there is nothing to copy.</summary>
    public (int X, int Y)? SourceOf(int x, int y)
    {
        int label = _labels[(y * _picture.Width) + x];
        if (label < 0) return null;
        (int X, int Y) source = (x + _offsets[label].X, y + _offsets[label].Y);
        return _picture.IsKnown(source.X, source.Y) ? source : null;
    }

    // The label of a pixel or, where it is outside the hole, of one beside it.
    private int LabelNear(int x, int y)
    {
        for (int k = 0; k < 9; k++)
        {
            // The pixel itself first.
            int nx = x + (((k + 1) % 3) - 1), ny = y + (((k / 3) + 1) % 3) - 1;
            (nx, ny) = k == 0 ? (x, y) : (nx, ny);
            if ((uint)nx < (uint)_picture.Width && (uint)ny < (uint)_picture.Height && _labels[(ny * _picture.Width) + nx] is >= 0 and int label) return label;
        }
        return -1;
    }

    /// <summary>One expansion move: every pixel may keep its label or take this one; all choose at once, and best.</summary>
    /// <returns>Whether any took it.</returns>
    private bool Expand(int label, Area area, bool[] free, CancellationToken cancellationToken)
    {
        (int width, int height) = (_picture.Width, _picture.Height);
        if (area.IsEmpty) return false;
        GridCut? cut = null;
        for (int y = area.Top; y <= area.Bottom; y++)
            for (int x = area.Left; x <= area.Right; x++)
            {
                int i = (y * width) + x;
                if (!CanTake(i)) continue;
                cut ??= new GridCut(area.Right - area.Left + 1, area.Bottom - area.Top + 1);
                int own = _labels[i];
                float terminal = Cost(x, y, label) - Cost(x, y, own);
                for (int d = 0; d < 4; d++)
                {
                    (int nx, int ny) = (x + Neighbours[d].X, y + Neighbours[d].Y);
                    if (nx < 0 || nx >= width || ny < 0 || ny >= height) continue;
                    int n = (ny * width) + nx;
                    if (!_picture.Hole[n]) terminal += Rim(nx, ny, label) - Rim(nx, ny, own);
                    else if (!area.Contains(nx, ny) || !CanTake(n)) terminal += Seam(x, y, nx, ny, label, _labels[n]) - Seam(x, y, nx, ny, own, _labels[n]);
                    else if (d < 2)
                    {
                        // Kolmogorov & Zabih: what both keep, what either takes; both taking it costs nothing.
                        float keep = Seam(x, y, nx, ny, own, _labels[n]), first = Seam(x, y, nx, ny, label, _labels[n]), second = Seam(x, y, nx, ny, own, label);
                        terminal += first - keep;
                        cut.AddTerminal(nx - area.Left, ny - area.Top, -first);
                        cut.SetEdge(x - area.Left, y - area.Top, d, MathF.Max(0, first + second - keep), 0);
                    }
                }
                cut.AddTerminal(x - area.Left, y - area.Top, terminal);
            }
        if (cut is null) return false;
        bool[] keeps = cut.Solve(cancellationToken);
        bool changed = false;
        for (int y = area.Top; y <= area.Bottom; y++)
            for (int x = area.Left; x <= area.Right; x++)
            {
                int i = (y * width) + x;
                if (!CanTake(i) || keeps[((y - area.Top) * (area.Right - area.Left + 1)) + x - area.Left]) continue;
                _labels[i] = label;
                changed = true;
            }
        return changed;

        bool CanTake(int i) => _picture.Hole[i] && free[i] && _labels[i] != label;
    }

    private float Cost(int x, int y, int label)
    {
        if (label < 0) return Nothing;
        (int dx, int dy) = _offsets[label];
        if (!_picture.IsSource(x + dx, y + dy)) return Nothing;
        return (HeightCost * MathF.Abs(dy) / _picture.Height) + (WidthCost * MathF.Abs(dx) / _picture.Width);
    }

    // What shows where a copy meets the picture: twice what lies there against what would.
    private float Rim(int x, int y, int label) => label < 0 ? 0 : 2 * _picture.Difference(x, y, x + _offsets[label].X, y + _offsets[label].Y);

    private float Seam(int ax, int ay, int bx, int by, int a, int b)
    {
        if (a == b || a < 0 || b < 0) return 0;
        ((int X, int Y) first, (int X, int Y) second) = (_offsets[a], _offsets[b]);
        return _picture.Difference(ax + first.X, ay + first.Y, ax + second.X, ay + second.Y) + _picture.Difference(bx + first.X, by + first.Y, bx + second.X, by + second.Y);
    }

    /// <summary>Gives each connected region a label of its own.</summary>
    private void Separate()
    {
        var separate = new int[_labels.Length];
        Array.Fill(separate, -1);
        var offsets = new List<(int X, int Y)>();
        var open = new Stack<int>();
        for (int begin = 0; begin < _labels.Length; begin++)
        {
            if (_labels[begin] < 0 || separate[begin] >= 0) continue;
            separate[begin] = offsets.Count;
            open.Push(begin);
            while (open.TryPop(out int at))
                foreach ((int dx, int dy) in Neighbours)
                {
                    (int x, int y) = ((at % _picture.Width) + dx, (at / _picture.Width) + dy);
                    if (x < 0 || x >= _picture.Width || y < 0 || y >= _picture.Height) continue;
                    int next = (y * _picture.Width) + x;
                    if (_labels[next] != _labels[begin] || separate[next] >= 0) continue;
                    separate[next] = offsets.Count;
                    open.Push(next);
                }
            offsets.Add(_offsets[_labels[begin]]);
        }
        separate.CopyTo(_labels, 0);
        _offsets.Clear();
        _offsets.AddRange(offsets);
    }

    /// <summary>Moves each region's offset by up to a pixel to where it meets its neighbours best.</summary>
    private void Settle(CancellationToken cancellationToken)
    {
        const float Stay = 0.05f;
        var borders = new List<(int X, int Y, int Label)>[_offsets.Count];
        for (int label = 0; label < borders.Length; label++) borders[label] = [];
        (int width, int height) = (_picture.Width, _picture.Height);
        for (int i = 0; i < _labels.Length; i++)
        {
            if (_labels[i] < 0) continue;
            foreach ((int dx, int dy) in Neighbours)
            {
                (int x, int y) = ((i % width) + dx, (i / width) + dy);
                if (x < 0 || x >= width || y < 0 || y >= height) continue;
                int other = (y * width) + x;
                if (_labels[other] != _labels[i] && (_labels[other] >= 0 || !_picture.Hole[other])) borders[_labels[i]].Add((x, y, _labels[other]));
            }
        }
        for (int label = 0; label < borders.Length; label++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (float least, (int X, int Y) best) = (float.PositiveInfinity, _offsets[label]);
            for (int k = 0; k < 9; k++)
            {
                (int X, int Y) offset = (_offsets[label].X + (k % 3) - 1, _offsets[label].Y + (k / 3) - 1);
                float cost = offset == _offsets[label] ? 0 : Stay;
                foreach ((int x, int y, int neighbour) in borders[label])
                {
                    (int X, int Y) other = neighbour < 0 ? default : _offsets[neighbour];
                    cost += _picture.Difference(x + offset.X, y + offset.Y, x + other.X, y + other.Y);
                    if (!_picture.IsKnown(x + offset.X, y + offset.Y)) cost++;
                }
                if (cost < least) (least, best) = (cost, offset);
            }
            _offsets[label] = best;
        }
    }

    private void MoveSeams(CancellationToken cancellationToken)
    {
        (int width, int height) = (_picture.Width, _picture.Height);
        var seam = new bool[_labels.Length];
        var areas = new Area[_offsets.Count];
        Array.Fill(areas, Area.Nowhere);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                int i = (y * width) + x;
                if (!_picture.Hole[i]) continue;
                if (_labels[i] >= 0) areas[_labels[i]] = areas[_labels[i]].With(x, y);
                seam[i] = SourceOf(x, y) is null || (x + 1 < width && Differs(i, i + 1)) || (y + 1 < height && Differs(i, i + width));
            }
        float[] away = DistanceField.To(seam, width, height);
        bool[] free = [.. away.Select(distance => distance <= Band)];
        for (int label = 0; label < areas.Length; label++) Expand(label, areas[label].Grown(Band + 1, width, height), free, cancellationToken);

        bool Differs(int a, int b) => _picture.Hole[b] && _labels[a] != _labels[b];
    }

    /// <summary>A rectangle of pixels, its last column and row included.</summary>
    private readonly record struct Area(int Left, int Top, int Right, int Bottom)
    {
        public static Area Nowhere { get; } = new(int.MaxValue, int.MaxValue, -1, -1);

        public bool IsEmpty => Right < Left;

        public bool Contains(int x, int y) => x >= Left && x <= Right && y >= Top && y <= Bottom;

        public Area With(int x, int y) => new(Math.Min(Left, x), Math.Min(Top, y), Math.Max(Right, x), Math.Max(Bottom, y));

        public Area Grown(int by, int width, int height)
            => IsEmpty ? this : new(Math.Max(0, Left - by), Math.Max(0, Top - by), Math.Min(width - 1, Right + by), Math.Min(height - 1, Bottom + by));
    }
}
