using Impersonator.Networks;

namespace Impersonator.Training.Evaluation.Pictures;

/// <summary>Looks at pictures with the encoder of PersonNet.</summary>
internal sealed class PerceptualNetwork : IDisposable
{
    private static readonly string[] Scales = ["half", "quarter", "eighth"];
    private readonly OnnxEngine _engine;
    private readonly int _side;

    /// <summary>Prepares the network.</summary>
    /// <param name="weights">Of <see cref="PersonNet"/>.</param>
    /// <param name="size">Of the network; null = the shipped one's.</param>
    /// <exception cref="Files.InputException">The weights are of another network.</exception>
    public PerceptualNetwork(Weights weights, PersonNetSize? size = null)
    {
        size ??= new PersonNetSize();
        (_side, _engine) = (size.Picture, new OnnxEngine(PersonNet.Features(size), weights, threads: 1));
    }

    /// <summary>The features of a picture; safe to call from several threads.</summary>
    /// <param name="picture">Square; enlarged or made smaller to the network's side.</param>
    /// <param name="area">The person's box, in the picture's pixels.</param>
    /// <exception cref="ArgumentException">The picture is not square.</exception>
    public PerceptualFeatures Of(ComparedPicture picture, PictureArea area)
    {
        if (picture.Width != picture.Height) throw new ArgumentException($"{picture.Width}x{picture.Height} is not square.", nameof(picture));
        int pixels = _side * _side;
        var values = new float[3 * pixels];
        for (int c = 0; c < 3; c++) Resized(picture.Rgb.AsSpan(c * picture.Width * picture.Width), picture.Width, values.AsSpan(c * pixels, pixels));
        for (int i = 0; i < values.Length; i++) values[i] -= PersonNet.Mean;
        IReadOnlyDictionary<string, NetworkArray> found = _engine.Run(new NetworkArray(values, 1, 3, _side, _side));
        NetworkArray[] maps = [.. Scales.Select(s => found[s])];
        return new PerceptualFeatures([.. maps.Select(Directions)], [.. maps.Select(m => (m.Shape[1], m.Shape[2], m.Shape[3]))], Pooled(maps[^1], SharesOf(picture, area)));
    }

    /// <summary>An area in shares of the picture.</summary>
    public static (float Left, float Top, float Right, float Bottom) SharesOf(ComparedPicture picture, PictureArea area)
        => ((float)area.Left / picture.Width, (float)area.Top / picture.Height, (float)area.Right / picture.Width, (float)area.Bottom / picture.Height);

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();

    /// <summary>Each place divided by its length over the channels.</summary>
    private static float[] Directions(NetworkArray map)
    {
        int places = map.Shape[2] * map.Shape[3];
        var lengths = new float[places];
        for (int i = 0; i < map.Values.Length; i++) lengths[i % places] += map.Values[i] * map.Values[i];
        for (int i = 0; i < places; i++) lengths[i] = MathF.Sqrt(lengths[i]) + 1e-6f;
        var directions = new float[map.Values.Length];
        for (int i = 0; i < directions.Length; i++) directions[i] = map.Values[i] / lengths[i % places];
        return directions;
    }

    private static float[] Pooled(NetworkArray map, (float Left, float Top, float Right, float Bottom) area)
    {
        (int height, int width) = (map.Shape[2], map.Shape[3]);
        PictureArea places = PerceptualFeatures.PlacesOf(area, width, height);
        var means = new float[map.Shape[1]];
        for (int c = 0; c < means.Length; c++)
            for (int y = places.Top; y < places.Bottom; y++)
                for (int x = places.Left; x < places.Right; x++) means[c] += map.Values[(((c * height) + y) * width) + x] / (places.Width * places.Height);
        return means;
    }

    /// <summary>Bilinear; each pixel's mean over its own span where it gets smaller.</summary>
    private static void Resized(ReadOnlySpan<float> from, int side, Span<float> to)
    {
        int target = (int)Math.Round(Math.Sqrt(to.Length));
        if (side == target)
        {
            from[..to.Length].CopyTo(to);
            return;
        }
        float scale = (float)side / target;
        int taps = Math.Max(1, (int)MathF.Ceiling(scale));
        for (int y = 0; y < target; y++)
            for (int x = 0; x < target; x++)
            {
                float sum = 0;
                for (int t = 0; t < taps * taps; t++)
                    sum += Sample(from, side, ((x + (((t % taps) + 0.5f) / taps)) * scale) - 0.5f, ((y + (((t / taps) + 0.5f) / taps)) * scale) - 0.5f);
                to[(y * target) + x] = sum / (taps * taps);
            }
    }

    private static float Sample(ReadOnlySpan<float> from, int side, float x, float y)
    {
        (x, y) = (Math.Clamp(x, 0, side - 1), Math.Clamp(y, 0, side - 1));
        (int x0, int y0) = ((int)x, (int)y);
        (int x1, int y1) = (Math.Min(x0 + 1, side - 1), Math.Min(y0 + 1, side - 1));
        float top = float.Lerp(from[(y0 * side) + x0], from[(y0 * side) + x1], x - x0), bottom = float.Lerp(from[(y1 * side) + x0], from[(y1 * side) + x1], x - x0);
        return float.Lerp(top, bottom, y - y0);
    }
}
