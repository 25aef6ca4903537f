using System.Collections.Concurrent;
using System.Numerics;

namespace Impersonator.Subjects.Backgrounds;

/// <summary>Finds from how far away, and in which direction, a hole may be filled: where what lies around it repeats or goes on.</summary>
/// <remarks>
/// He &amp; Sun, "Statistics of Patch Offsets for Image Completion", ECCV 2012: patches around the hole are matched to patches
/// farther away, and the offsets that many of them share are kept. Matching is PatchMatch (Barnes et al., SIGGRAPH 2009) in the
/// parallel form: all patches look at once at their neighbours' matches of the round before, so any number of cores gives the
/// same result.
/// </remarks>
internal sealed class OffsetCandidates
{
    /// <summary>A patch has 2 · Radius + 1 pixels a side.</summary>
    private const int Radius = 3;

    private const int Rounds = 4, MostShared = 32;

    /// <summary>How far from the hole patches are matched, and how near an offset is no offset, in the picture's longer side.</summary>
    private const float Around = 0.1f, Near = 0.06f;

    /// <summary>Squared differences from its own mean at which a patch counts in full: what is plain fits everywhere and tells nothing.</summary>
    private const float Structured = 0.15f, Plain = 0.02f;

    // Ground, walls and horizons lie in layers: what is copied should come from the same height rather than from above or
    // below, and from near rather than far. In squared colour differences of a patch, for a distance of the whole picture.
    private const float HeightCost = 12, WidthCost = 0.6f;

    /// <summary>How much less an offset as long as the picture counts than one that covers as much from near.</summary>
    private const float Far = 8;

    private static readonly int[] Steps = [8, 4, 2, 1];

    private readonly HoledPicture _picture;
    private readonly int[] _sources, _targets;
    private readonly bool[] _isSource;
    private readonly float[] _cost, _say;
    private readonly float _deep;
    private int _near;
    private int[] _match, _next;

    private OffsetCandidates(HoledPicture picture)
    {
        _picture = picture;
        (int width, int height) = (picture.Width, picture.Height);
        float[] away = Matting.DistanceField.To(picture.Hole, width, height);
        int longer = Math.Max(width, height);
        _deep = Matting.DistanceField.To([.. picture.Hole.Select(h => !h)], width, height).Where(depth => depth < longer).DefaultIfEmpty().Max();
        _isSource = new bool[width * height];
        for (int y = Radius; y < height - Radius; y++)
            for (int x = Radius; x < width - Radius; x++) _isSource[(y * width) + x] = away[(y * width) + x] > Radius * 1.5f;
        var places = Enumerable.Range(0, width * height);
        _sources = [.. places.Where(i => _isSource[i])];
        _targets = [.. _sources.Where(i => away[i] < (Around * longer) + Radius)];
        (_match, _next, _cost) = (new int[width * height], new int[width * height], new float[width * height]);
        Array.Fill(_match, -1);
        Array.Fill(_next, -1);
        _say = new float[width * height];
        foreach (int target in _targets) _say[target] = Math.Clamp(Variance(target) / Structured, Plain, 1);
    }

    /// <summary>Offsets from a pixel of the hole to where it may be copied from, the likeliest first.</summary>
    /// <param name="picture">The picture and its hole.</param>
    /// <param name="seed">Seed of the random search.</param>
    /// <param name="cancellationToken">Stops between rounds.</param>
    public static List<(int X, int Y)> Find(HoledPicture picture, int seed, CancellationToken cancellationToken)
    {
        var search = new OffsetCandidates(picture);
        int near = Math.Max(4, (int)(Near * Math.Max(picture.Width, picture.Height)));
        List<(int X, int Y)> shared = search.Shared(near, seed, cancellationToken), offsets = [];
        // What lies deep in the hole can only come from as far away as the hole is wide.
        int wide = (int)(2 * search._deep) + Radius;
        if (wide > near) shared.AddRange(search.Shared(wide, seed, cancellationToken));
        // Along the rows, at regular steps: layers go on even where nothing repeats.
        int step = Math.Max(2, picture.Width / 28);
        for (int x = step; x < picture.Width; x += step)
        {
            offsets.Add((x, 0));
            offsets.Add((-x, 0));
        }
        search.Cover(offsets);
        return [.. shared.Concat(offsets).Distinct()];
    }

    /// <summary>Offsets that many patches share, of those that are longer than some length.</summary>
    private List<(int X, int Y)> Shared(int near, int seed, CancellationToken cancellationToken)
    {
        if (_targets.Length == 0) return [];
        _near = near;
        foreach (int target in _targets)
        {
            int match = _sources[Mix((uint)target ^ (uint)seed) % (uint)_sources.Length];
            (_match[target], _cost[target]) = (match, IsFar(target, match) ? Cost(target, match, float.PositiveInfinity) : float.PositiveInfinity);
        }
        for (int round = 0; round < Rounds; round++)
        {
            foreach (int step in Steps)
            {
                cancellationToken.ThrowIfCancellationRequested();
                (int[] from, int[] to) = (_match, _next);
                uint stepSeed = Mix(((uint)seed * 0x9E3779B1u) ^ (uint)((round * 16) + step));
                Parallel.ForEach(Partitioner.Create(0, _targets.Length), range =>
                {
                    for (int t = range.Item1; t < range.Item2; t++) to[_targets[t]] = Improve(_targets[t], from, step, stepSeed);
                });
                (_match, _next) = (to, from);
            }
        }
        return Peaks();
    }

    /// <summary>The offsets that more patches share than their neighbours among offsets.</summary>
    private List<(int X, int Y)> Peaks()
    {
        int width = _picture.Width, columns = (2 * width) + 5, rows = (2 * _picture.Height) + 5;
        var votes = new float[columns * rows];
        ReadOnlySpan<float> kernel = [1, 4, 6, 4, 1];
        foreach (int target in _targets)
        {
            if (!float.IsFinite(_cost[target])) continue;
            int x = (_match[target] % width) - (target % width) + width, y = (_match[target] / width) - (target / width) + _picture.Height;
            for (int dy = 0; dy < 5; dy++)
                for (int dx = 0; dx < 5; dx++) votes[((y + dy) * columns) + x + dx] += kernel[dx] * kernel[dy] * _say[target];
        }
        const int Apart = 4;
        var peaks = new List<(float Votes, int At)>();
        for (int y = Apart; y < rows - Apart; y++)
            for (int x = Apart; x < columns - Apart; x++)
            {
                int at = (y * columns) + x;
                if (votes[at] > 0 && IsPeak(votes, at, columns, Apart)) peaks.Add((votes[at], at));
            }
        return [.. peaks.OrderByDescending(peak => peak.Votes).ThenBy(peak => peak.At).Take(MostShared).Select(peak => ((peak.At % columns) - 2 - width, (peak.At / columns) - 2 - _picture.Height))];
    }

    private static bool IsPeak(float[] votes, int at, int columns, int apart)
    {
        for (int dy = -apart; dy <= apart; dy++)
            for (int dx = -apart; dx <= apart; dx++)
            {
                int other = at + (dy * columns) + dx;
                if (votes[other] > votes[at] || (votes[other] == votes[at] && other < at)) return false;
            }
        return true;
    }

    /// <summary>Adds offsets until every pixel of the hole has one that leads out of it, if there is any; near ones first: above a sky there is sky.</summary>
    private void Cover(List<(int X, int Y)> offsets)
    {
        (int width, int height) = (_picture.Width, _picture.Height);
        List<(int X, int Y)> open = [];
        for (int i = 0; i < _picture.Hole.Length; i++)
            if (_picture.Hole[i] && !offsets.Any(o => _picture.IsSource((i % width) + o.X, (i / width) + o.Y))) open.Add((i % width, i / width));
        int step = Math.Max(2, Math.Max(width, height) / 28);
        while (open.Count > 0)
        {
            (float most, (int X, int Y) best) = (0, default);
            for (int y = -height / step * step; y < height; y += step)
                for (int x = -width / step * step; x < width; x += step)
                {
                    float covered = open.Count(place => _picture.IsSource(place.X + x, place.Y + y)) / (1 + (Far * (MathF.Abs(x) + MathF.Abs(y)) / (width + height)));
                    if (covered > most) (most, best) = (covered, (x, y));
                }
            if (most == 0) return;
            offsets.Add(best);
            open.RemoveAll(place => _picture.IsSource(place.X + best.X, place.Y + best.Y));
        }
    }

    private bool IsFar(int target, int source)
    {
        int x = (source % _picture.Width) - (target % _picture.Width), y = (source / _picture.Width) - (target / _picture.Width);
        return (x * x) + (y * y) >= _near * _near;
    }

    private int Improve(int target, int[] from, int step, uint seed)
    {
        (int width, int height) = (_picture.Width, _picture.Height);
        int x = target % width, y = target / width, best = from[target];
        float least = _cost[target];
        Try(x - step, y);
        Try(x + step, y);
        Try(x, y - step);
        Try(x, y + step);

        uint random = Mix((uint)target ^ seed);
        for (int reach = Math.Max(width, height) / 2; reach >= 1; reach /= 3)
        {
            random = Mix(random + 0x9E3779B9u);
            int sx = (best % width) + (int)((random & 0xFFFF) * (2 * reach + 1) >> 16) - reach;
            int sy = (best / width) + (int)((random >> 16) * (2 * reach + 1) >> 16) - reach;
            Candidate(sx, sy);
        }
        _cost[target] = least;
        return best;

        void Try(int nx, int ny)
        {
            if (nx < 0 || nx >= width || ny < 0 || ny >= height) return;
            int match = from[(ny * width) + nx];
            if (match >= 0) Candidate((match % width) - nx + x, (match / width) - ny + y);
        }

        void Candidate(int sx, int sy)
        {
            if (sx < 0 || sx >= width || sy < 0 || sy >= height) return;
            int source = (sy * width) + sx;
            if (!_isSource[source] || source == best || !IsFar(target, source)) return;
            float cost = Cost(target, source, least);
            if (cost < least) (best, least) = (source, cost);
        }
    }

    // Sum of squared differences of two patches, given up as soon as it is no better.
    private float Cost(int target, int source, float most)
    {
        int width = _picture.Width;
        float right = (float)((source % width) - (target % width)) / width, down = (float)((source / width) - (target / width)) / _picture.Height;
        float cost = (HeightCost * down * down) + (WidthCost * right * right);
        for (int dy = -Radius; dy <= Radius && cost < most; dy++)
        {
            ReadOnlySpan<Vector4> own = _picture.Pixels.AsSpan(target + (dy * width) - Radius, (2 * Radius) + 1);
            ReadOnlySpan<Vector4> other = _picture.Pixels.AsSpan(source + (dy * width) - Radius, own.Length);
            Vector4 sum = Vector4.Zero;
            for (int i = 0; i < own.Length; i++)
            {
                Vector4 difference = own[i] - other[i];
                sum += difference * difference;
            }
            cost += Vector4.Dot(sum, Vector4.One);
        }
        return cost;
    }

    private float Variance(int target)
    {
        (Vector4 sum, float squares) = (default, 0);
        for (int dy = -Radius; dy <= Radius; dy++)
            foreach (Vector4 pixel in _picture.Pixels.AsSpan(target + (dy * _picture.Width) - Radius, (2 * Radius) + 1)) (sum, squares) = (sum + pixel, squares + Vector4.Dot(pixel, pixel));
        const int Count = ((2 * Radius) + 1) * ((2 * Radius) + 1);
        return squares - (Vector4.Dot(sum, sum) / Count);
    }

    // Murmur3's finaliser: a random number for each pixel and round, without a state.
    private static uint Mix(uint value)
    {
        value ^= value >> 16;
        value *= 0x85EBCA6B;
        value ^= value >> 13;
        value *= 0xC2B2AE35;
        return value ^ (value >> 16);
    }
}
