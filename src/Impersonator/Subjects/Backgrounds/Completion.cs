using System.Collections.Concurrent;
using System.Numerics;
using Impersonator.Imaging;

namespace Impersonator.Subjects.Backgrounds;

/// <summary>One level of a completion: a small picture with a hole, and for each patch that touches it the best patch outside.</summary>
/// <remarks>
/// Search is PatchMatch in the parallel form: all pixels look at once at their neighbours' matches of the round before, at
/// steps of 8, 4, 2 and 1, then around their own at random. Nothing depends on the order of pixels, so any number of cores
/// gives the same result.
/// </remarks>
internal sealed class Completion
{
    /// <summary>A patch has 2 · Radius + 1 pixels a side.</summary>
    public const int Radius = 3;

    private static readonly int[] Steps = [8, 4, 2, 1];

    // Ground, walls and horizons lie in layers: what is copied should come from the same height rather than from above or
    // below, and from near rather than far. In squared colour differences of a patch, for a distance of the whole picture.
    private const float HeightCost = 6, WidthCost = 0.6f;

    // A rim that differs by more than this is an object's edge and no difference of light.
    private const float MostCorrection = 0.15f;

    private readonly Vector4[] _pixels; // as eyes see them, [0, 1]
    private readonly bool[] _hole, _isSource;
    private readonly int[] _sources, _targets, _holes;
    private readonly float[] _cost, _confidence;
    private float _spread = 1;
    private int[] _match, _next; // index of the source patch's centre, −1 where the patch touches no hole

    private Completion(int width, int height, Vector4[] pixels, bool[] hole)
    {
        (Width, Height, _pixels, _hole) = (width, height, pixels, hole);
        var indices = Enumerable.Range(0, pixels.Length);
        _isSource = [.. indices.Select(i => IsWhole(i % width, i / width))];
        _sources = [.. indices.Where(i => _isSource[i])];
        _holes = [.. indices.Where(i => hole[i])];
        _targets = [.. indices.Where(i => Touches(i % width, i / width))];
        (_match, _next, _cost) = (new int[pixels.Length], new int[pixels.Length], new float[pixels.Length]);
        Array.Fill(_match, -1);
        float[] depth = Matting.DistanceField.To([.. hole.Select(h => !h)], width, height);
        _confidence = [.. depth.Select(d => MathF.Pow(1.3f, -MathF.Min(d, 40)))]; // Wexler's: what lies near the rim is surer
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>A picture made smaller, its hole ignored in every mean.</summary>
    public static Completion Create(Image image, bool[] hole, int width, int height)
    {
        var known = new Image(image.Width, image.Height);
        // Half opaque: beside a hole the filter overshoots, and alpha that is cut at 1 would leave a rim brighter than the picture.
        for (int i = 0; i < hole.Length; i++) known.Pixels[i] = hole[i] ? Vector4.Zero : (image.Pixels[i] with { W = 1 }) / 2;
        Image small = known.Resize(width, height);
        var pixels = new Vector4[width * height];
        var smallHole = new bool[width * height];
        for (int i = 0; i < pixels.Length; i++)
        {
            Vector4 pixel = small.Pixels[i];
            smallHole[i] = pixel.W < 0.49f;
            Vector4 straight = pixel.W > 0.01f ? pixel / pixel.W : Vector4.Zero;
            pixels[i] = new Vector4(Srgb.ToByte(straight.X), Srgb.ToByte(straight.Y), Srgb.ToByte(straight.Z), 0) / 255;
        }
        return new Completion(width, height, pixels, smallHole);
    }

    /// <summary>The level of half the size; a pixel is a hole where more than half of it is.</summary>
    public Completion Halve()
    {
        int width = Width / 2, height = Height / 2;
        var (pixels, hole) = (new Vector4[width * height], new bool[width * height]);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                int known = 0;
                Vector4 sum = Vector4.Zero;
                for (int k = 0; k < 4; k++)
                {
                    int i = (((2 * y) + (k >> 1)) * Width) + (2 * x) + (k & 1);
                    if (_hole[i]) continue;
                    known++;
                    sum += _pixels[i];
                }
                hole[(y * width) + x] = known < 2;
                if (known > 0) pixels[(y * width) + x] = sum / known;
            }
        return new Completion(width, height, pixels, hole);
    }

    /// <summary>Begins at the coarsest level: the hole as smooth as a membrane, matches at random.</summary>
    public void Begin(int seed)
    {
        Membrane.Fill(_pixels, _hole, Width, Height);
        if (_sources.Length == 0) return;
        foreach (int target in _targets)
        {
            uint random = Mix((uint)target ^ (uint)seed);
            _match[target] = _sources[random % (uint)_sources.Length];
        }
    }

    /// <summary>Begins from the next coarser level: its matches at twice the place, and their votes.</summary>
    public void BeginFrom(Completion coarse)
    {
        Membrane.Fill(_pixels, _hole, Width, Height);
        if (_sources.Length == 0) return;
        foreach (int target in _targets)
        {
            int x = target % Width, y = target / Width, cx = Math.Min(x / 2, coarse.Width - 1), cy = Math.Min(y / 2, coarse.Height - 1);
            int match = coarse._match[(cy * coarse.Width) + cx];
            if (match >= 0)
            {
                int sx = x + (2 * ((match % coarse.Width) - cx)), sy = y + (2 * ((match / coarse.Width) - cy));
                sx = Math.Clamp(sx, 0, Width - 1);
                sy = Math.Clamp(sy, 0, Height - 1);
                if (_isSource[(sy * Width) + sx]) match = (sy * Width) + sx;
                else match = -1;
            }
            _match[target] = match >= 0 ? match : _sources[Mix((uint)target) % (uint)_sources.Length];
        }
        Array.Clear(_cost);
        Vote();
    }

    /// <summary>One round of search: neighbours' matches, then random ones ever nearer to the own.</summary>
    public void Search(uint seed)
    {
        if (_sources.Length == 0) return;
        Parallel.ForEach(Partitioner.Create(0, _targets.Length), range =>
        {
            for (int t = range.Item1; t < range.Item2; t++) _cost[_targets[t]] = Cost(_targets[t], _match[_targets[t]], float.PositiveInfinity);
        });
        foreach (int step in Steps)
        {
            int[] from = _match, to = _next;
            uint stepSeed = Mix(seed + (uint)step);
            Parallel.ForEach(Partitioner.Create(0, _targets.Length), range =>
            {
                for (int t = range.Item1; t < range.Item2; t++) to[_targets[t]] = Improve(_targets[t], from, step, stepSeed);
            });
            (_match, _next) = (to, from);
        }
    }

    /// <summary>Every pixel of the hole becomes the mean of what the patches over it say, the good and the near ones first.</summary>
    public void Vote()
    {
        if (_sources.Length == 0) return;
        _spread = Spread();
        Parallel.ForEach(Partitioner.Create(0, _holes.Length), range =>
        {
            for (int h = range.Item1; h < range.Item2; h++)
                if (Said(_holes[h]) is { } colour) _pixels[_holes[h]] = colour;
        });
    }

    /// <summary>What must be added to what is copied so that it meets the rim and itself: light differs from place to place.</summary>
    /// <remarks>
    /// First guess: the rim's difference between the photo and what patches say of it, over the hole like a membrane. Then
    /// <see cref="SeamRemoval"/>.
    /// </remarks>
    /// <returns>[H, W] as eyes see it.</returns>
    public Vector4[] Correction(CancellationToken cancellationToken)
    {
        var most = new Vector4(MostCorrection);
        var (correction, unknown) = (new Vector4[_pixels.Length], new bool[_pixels.Length]);
        Array.Fill(unknown, true);
        foreach (int target in _targets)
        {
            if (_hole[target] || Said(target) is not { } colour) continue;
            correction[target] = Vector4.Clamp(_pixels[target] - colour, -most, most);
            unknown[target] = false;
        }
        Membrane.Fill(correction, unknown, Width, Height);

        var even = (Vector4[])_pixels.Clone();
        foreach (int place in _holes) even[place] += correction[place];
        SeamRemoval.Apply(even, _hole, _match, Width, cancellationToken);
        foreach (int place in _holes) correction[place] = Vector4.Clamp(even[place] - _pixels[place], -most, most);
        return correction;
    }

    // The mean of what the patches over a pixel say, the good and the near ones first; null where none is matched.
    private Vector4? Said(int place)
    {
        int x = place % Width, y = place / Width;
        Vector4 sum = Vector4.Zero;
        float weights = 0;
        for (int dy = -Radius; dy <= Radius; dy++)
            for (int dx = -Radius; dx <= Radius; dx++)
            {
                int cx = x + dx, cy = y + dy;
                if (cx < 0 || cx >= Width || cy < 0 || cy >= Height) continue;
                int centre = (cy * Width) + cx;
                if (_match[centre] < 0) continue;
                float weight = _confidence[centre] * MathF.Exp(-_cost[centre] / _spread);
                sum += _pixels[_match[centre] - (dy * Width) - dx] * weight;
                weights += weight;
            }
        return weights > 0 ? sum / weights : null;
    }

    /// <summary>Which offsets the nine patches around a work pixel would copy it from, with their weights; says how many there are.</summary>
    public int OffsetsAt(int x, int y, Span<(int X, int Y, float Weight)> offsets)
    {
        int count = 0;
        for (int dy = -1; dy <= 1; dy++)
            for (int dx = -1; dx <= 1; dx++)
            {
                int cx = Math.Clamp(x + dx, 0, Width - 1), cy = Math.Clamp(y + dy, 0, Height - 1), centre = (cy * Width) + cx, match = _match[centre];
                if (match < 0) continue;
                float near = 1f / (1 + (dx * dx) + (dy * dy));
                offsets[count++] = ((match % Width) - cx, (match / Width) - cy, near * near * MathF.Exp(-_cost[centre] / _spread));
            }
        return count;
    }

    /// <summary>The filled colour of a work pixel, linear light.</summary>
    public Vector4 At(int x, int y)
    {
        Vector4 seen = _pixels[(Math.Min(y, Height - 1) * Width) + Math.Min(x, Width - 1)];
        return new Vector4(Srgb.ToLinear(seen.X), Srgb.ToLinear(seen.Y), Srgb.ToLinear(seen.Z), 1);
    }

    private int Improve(int target, int[] from, int step, uint seed)
    {
        int x = target % Width, y = target / Width, best = from[target];
        float least = _cost[target];
        Try(x - step, y);
        Try(x + step, y);
        Try(x, y - step);
        Try(x, y + step);

        uint random = Mix((uint)target ^ seed);
        for (int reach = Math.Max(Width, Height) / 2; reach >= 1; reach /= 3)
        {
            random = Mix(random + 0x9E3779B9u);
            int sx = (best % Width) + (int)((random & 0xFFFF) * (2 * reach + 1) >> 16) - reach;
            int sy = (best / Width) + (int)((random >> 16) * (2 * reach + 1) >> 16) - reach;
            Candidate(sx, sy);
        }
        _cost[target] = least;
        return best;

        void Try(int nx, int ny)
        {
            if (nx < 0 || nx >= Width || ny < 0 || ny >= Height) return;
            int match = from[(ny * Width) + nx];
            if (match >= 0) Candidate((match % Width) - nx + x, (match / Width) - ny + y);
        }

        void Candidate(int sx, int sy)
        {
            if (sx < 0 || sx >= Width || sy < 0 || sy >= Height) return;
            int source = (sy * Width) + sx;
            if (!_isSource[source] || source == best) return;
            float cost = Cost(target, source, least);
            if (cost < least) (best, least) = (source, cost);
        }
    }

    // Sum of squared differences of two patches, given up as soon as it is no better.
    private float Cost(int target, int source, float most)
    {
        int x = target % Width, y = target / Width;
        float right = (float)((source % Width) - x) / Width, down = (float)((source / Width) - y) / Height;
        float cost = (HeightCost * down * down) + (WidthCost * right * right);
        int x0 = Math.Max(-Radius, -x), x1 = Math.Min(Radius, Width - 1 - x);
        for (int dy = Math.Max(-Radius, -y); dy <= Math.Min(Radius, Height - 1 - y); dy++)
        {
            ReadOnlySpan<Vector4> own = _pixels.AsSpan(target + (dy * Width) + x0, x1 - x0 + 1);
            ReadOnlySpan<Vector4> other = _pixels.AsSpan(source + (dy * Width) + x0, own.Length);
            Vector4 sum = Vector4.Zero;
            for (int i = 0; i < own.Length; i++)
            {
                Vector4 difference = own[i] - other[i];
                sum += difference * difference;
            }
            cost += Vector4.Dot(sum, Vector4.One);
            if (cost >= most) return cost;
        }
        return cost;
    }

    // Three quarters of the patches cost less (Wexler's choice): what is much worse has no voice.
    private float Spread()
    {
        float[] costs = [.. _targets.Select(target => _cost[target])];
        Array.Sort(costs);
        return MathF.Max(costs.Length > 0 ? costs[costs.Length * 3 / 4] : 0, 1e-3f);
    }

    private bool IsWhole(int x, int y)
    {
        if (x < Radius || x >= Width - Radius || y < Radius || y >= Height - Radius) return false;
        for (int dy = -Radius; dy <= Radius; dy++)
            if (_hole.AsSpan(((y + dy) * Width) + x - Radius, (2 * Radius) + 1).Contains(true)) return false;
        return true;
    }

    private bool Touches(int x, int y)
    {
        int x0 = Math.Max(0, x - Radius), x1 = Math.Min(Width - 1, x + Radius);
        for (int ny = Math.Max(0, y - Radius); ny <= Math.Min(Height - 1, y + Radius); ny++)
            if (_hole.AsSpan((ny * Width) + x0, x1 - x0 + 1).Contains(true)) return true;
        return false;
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
