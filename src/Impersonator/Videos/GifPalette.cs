namespace Impersonator.Videos;

/// <summary>256 colours for a picture, and the nearest of them for any colour.</summary>
/// <remarks>
/// Median cut (Heckbert, "Color Image Quantization for Frame Buffer Display", SIGGRAPH 1982) over colours of 5 bits a
/// channel; the box split next is the one with the largest squared error, across its widest channel at its mean (Wu 1991).
/// </remarks>
internal sealed class GifPalette
{
    private const int Colours = 256, Bins = 1 << 15;
    private readonly int[] _count = new int[Bins];
    private readonly long[] _red = new long[Bins], _green = new long[Bins], _blue = new long[Bins];
    private readonly short[] _nearest = new short[Bins];

    public GifPalette(ReadOnlySpan<byte> rgba)
    {
        for (int i = 0; i < rgba.Length; i += 4)
        {
            int bin = BinOf(rgba[i], rgba[i + 1], rgba[i + 2]);
            _count[bin]++;
            _red[bin] += rgba[i];
            _green[bin] += rgba[i + 1];
            _blue[bin] += rgba[i + 2];
        }
        Array.Fill(_nearest, (short)-1);
        Split();
    }

    /// <summary>The picture has no more colours than the palette, so nothing needs a dither.</summary>
    public bool IsExact { get; private set; }

    /// <summary>[256, 3] red, green, blue.</summary>
    public byte[] Rgb { get; } = new byte[Colours * 3];

    /// <summary>Index of the nearest colour; found once for each of 32,768 bins.</summary>
    public byte Nearest(int red, int green, int blue)
    {
        int bin = BinOf(red, green, blue);
        if (_nearest[bin] < 0) _nearest[bin] = Find((bin >> 10 << 3) + 4, ((bin >> 5 & 31) << 3) + 4, ((bin & 31) << 3) + 4);
        return (byte)_nearest[bin];
    }

    private static int BinOf(int red, int green, int blue) => (red >> 3 << 10) | (green >> 3 << 5) | (blue >> 3);

    private short Find(int red, int green, int blue)
    {
        int best = 0, least = int.MaxValue;
        for (int i = 0; i < Colours; i++)
        {
            int r = Rgb[i * 3] - red, g = Rgb[(i * 3) + 1] - green, b = Rgb[(i * 3) + 2] - blue;
            int distance = (r * r * 2) + (g * g * 4) + (b * b); // eyes see green best
            if (distance < least) (best, least) = (i, distance);
        }
        return (short)best;
    }

    private void Split()
    {
        int[] bins = [.. Enumerable.Range(0, Bins).Where(bin => _count[bin] > 0)];
        List<Box> boxes = [Measure(bins, 0, bins.Length)];
        while (boxes.Count < Colours)
        {
            int worst = 0;
            for (int i = 1; i < boxes.Count; i++)
                if (boxes[i].Error > boxes[worst].Error) worst = i;
            Box box = boxes[worst];
            if (box.Error <= 0) break;

            int end = box.End, middle = box.Begin;
            for (int i = box.Begin; i < end; i++)
            {
                if (Channel(bins[i], box.Axis) >= box.Mean) continue;
                (bins[middle], bins[i]) = (bins[i], bins[middle]);
                middle++;
            }
            if (middle == box.Begin || middle == end)
            {
                boxes[worst] = box with { Error = 0 };
                continue;
            }
            boxes[worst] = Measure(bins, box.Begin, middle);
            boxes.Add(Measure(bins, middle, end));
        }
        IsExact = boxes.Count == bins.Length;
        for (short i = 0; i < boxes.Count; i++)
        {
            Average(bins.AsSpan(boxes[i].Begin..boxes[i].End), Rgb.AsSpan(i * 3, 3));
            if (boxes[i].End - boxes[i].Begin == 1) _nearest[bins[boxes[i].Begin]] = i;
        }
    }

    private double Channel(int bin, int axis) => (double)(axis switch { 0 => _red[bin], 1 => _green[bin], _ => _blue[bin] }) / _count[bin];

    private Box Measure(int[] bins, int begin, int end)
    {
        (int axis, double mean, double widest, double error) = (0, 0, -1, 0);
        for (int c = 0; c < 3; c++)
        {
            double sum = 0, squares = 0, count = 0;
            for (int i = begin; i < end; i++)
            {
                double value = Channel(bins[i], c), weight = _count[bins[i]];
                (sum, squares, count) = (sum + (value * weight), squares + (value * value * weight), count + weight);
            }
            double spread = squares - (sum * sum / count);
            error += spread;
            if (spread > widest) (axis, mean, widest) = (c, sum / count, spread);
        }
        return new Box(begin, end, axis, mean, end - begin > 1 ? error : 0);
    }

    private void Average(ReadOnlySpan<int> bins, Span<byte> rgb)
    {
        long red = 0, green = 0, blue = 0, count = 0;
        foreach (int bin in bins) (red, green, blue, count) = (red + _red[bin], green + _green[bin], blue + _blue[bin], count + _count[bin]);
        (rgb[0], rgb[1], rgb[2]) = ((byte)((red + (count / 2)) / count), (byte)((green + (count / 2)) / count), (byte)((blue + (count / 2)) / count));
    }

    private readonly record struct Box(int Begin, int End, int Axis, double Mean, double Error);
}
