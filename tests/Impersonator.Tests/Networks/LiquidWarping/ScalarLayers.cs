namespace Impersonator.Tests.Networks.LiquidWarping;

/// <summary>A picture [C, H, W] in float64 and the operations of the published networks on it, as their definitions say: one loop per index, nothing shared with an engine.</summary>
internal sealed record ScalarPicture(int Channels, int Height, int Width, double[] Values)
{
    public ScalarPicture(int channels, int height, int width, ReadOnlySpan<float> values) : this(channels, height, width, Array.ConvertAll(values.ToArray(), v => (double)v)) { }

    public double this[int c, int y, int x] => y >= 0 && x >= 0 && y < Height && x < Width ? Values[(((c * Height) + y) * Width) + x] : 0;

    public static ScalarPicture Make(int channels, int height, int width, Func<int, int, int, double> value)
    {
        var values = new double[channels * height * width];
        for (int c = 0, i = 0; c < channels; c++)
            for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x++) values[i++] = value(c, y, x);
        return new(channels, height, width, values);
    }

    public ScalarPicture Map(Func<double, double> f) => this with { Values = Array.ConvertAll(Values, v => f(v)) };

    public ScalarPicture Relu() => Map(v => Math.Max(v, 0));

    public ScalarPicture Zip(ScalarPicture other, Func<double, double, double> f) => this with { Values = [.. Values.Zip(other.Values, f)] };

    public ScalarPicture Add(ScalarPicture other) => Zip(other, (a, b) => a + b);

    public ScalarPicture Beneath(ScalarPicture other) => new(Channels + other.Channels, Height, Width, [.. Values, .. other.Values]);

    /// <summary>Convolution, zero padded, kernel [out, in, k, k].</summary>
    public ScalarPicture Conv(float[] kernel, int side, int stride, float[]? bias = null)
    {
        int channels = kernel.Length / (Channels * side * side), padding = side / 2;
        return Make(channels, ((Height + (2 * padding) - side) / stride) + 1, ((Width + (2 * padding) - side) / stride) + 1, (o, y, x) =>
        {
            double sum = bias?[o] ?? 0;
            for (int c = 0; c < Channels; c++)
                for (int i = 0; i < side; i++)
                    for (int j = 0; j < side; j++) sum += kernel[(((((o * Channels) + c) * side) + i) * side) + j] * this[c, (y * stride) + i - padding, (x * stride) + j - padding];
            return sum;
        });
    }

    /// <summary>Transposed convolution to twice the size, kernel [in, out, k, k], stride 2, padding 1.</summary>
    public ScalarPicture Double(float[] kernel, int side, float[]? bias = null)
    {
        int channels = kernel.Length / (Channels * side * side);
        var result = Make(channels, 2 * Height, 2 * Width, (c, _, _) => bias?[c] ?? 0);
        for (int c = 0; c < Channels; c++)
            for (int y = 0; y < Height; y++)
                for (int x = 0; x < Width; x++)
                    for (int o = 0; o < channels; o++)
                        for (int i = 0; i < side; i++)
                            for (int j = 0; j < side; j++)
                            {
                                int row = (2 * y) + i - 1, column = (2 * x) + j - 1;
                                if (row >= 0 && column >= 0 && row < 2 * Height && column < 2 * Width)
                                    result.Values[(((o * 2 * Height) + row) * 2 * Width) + column] += kernel[(((((c * channels) + o) * side) + i) * side) + j] * this[c, y, x];
                            }
        return result;
    }

    public ScalarPicture InstanceNorm(float[]? scale = null, float[]? shift = null)
    {
        int size = Height * Width;
        double[] means = [.. Enumerable.Range(0, Channels).Select(c => Values.AsSpan(c * size, size).ToArray().Average())];
        double[] deviations = [.. Enumerable.Range(0, Channels).Select(c => Math.Sqrt(Values.AsSpan(c * size, size).ToArray().Average(v => (v - means[c]) * (v - means[c])) + 1e-5))];
        return Make(Channels, Height, Width, (c, y, x) => ((this[c, y, x] - means[c]) / deviations[c] * (scale?[c] ?? 1)) + (shift?[c] ?? 0));
    }

    /// <summary>This picture looked up where the flow [2, H', W'] says; the flow is resized to this picture's size with aligned corners first.</summary>
    public ScalarPicture Warp(ScalarPicture flow, bool alignCorners)
    {
        ScalarPicture at = flow.Height == Height ? flow : Make(2, Height, Width, (c, y, x) => flow.Bilinear(c, y * (flow.Height - 1.0) / (Height - 1), x * (flow.Width - 1.0) / (Width - 1)));
        double Pixel(double place, int side) => alignCorners ? (place + 1) / 2 * (side - 1) : (((place + 1) * side) - 1) / 2;
        return Make(Channels, Height, Width, (c, y, x) => Bilinear(c, Pixel(at[1, y, x], Height), Pixel(at[0, y, x], Width)));
    }

    private double Bilinear(int c, double y, double x)
    {
        int top = (int)Math.Floor(y), left = (int)Math.Floor(x);
        double v = y - top, u = x - left;
        return ((1 - v) * (((1 - u) * this[c, top, left]) + (u * this[c, top, left + 1]))) + (v * (((1 - u) * this[c, top + 1, left]) + (u * this[c, top + 1, left + 1])));
    }
}
