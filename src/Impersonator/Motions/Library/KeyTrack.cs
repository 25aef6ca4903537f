namespace Impersonator.Motions.Library;

/// <summary>One channel's keys and a smooth curve through them.</summary>
/// <remarks>Monotone cubic (Fritsch and Carlson, 1980): never beyond its keys, so a foot keyed twice at one place stays exactly there.</remarks>
internal sealed class KeyTrack
{
    private readonly SortedList<float, float> _keys = [];

    public void Add(float time, float value) => _keys[time] = value;

    public float At(float time)
    {
        int count = _keys.Count;
        if (count == 0) return 0;
        IList<float> times = _keys.Keys, values = _keys.Values;
        if (time <= times[0]) return values[0];
        if (time >= times[count - 1]) return values[count - 1];
        int i = 0;
        while (times[i + 1] <= time) i++;
        float h = times[i + 1] - times[i], s = (time - times[i]) / h;
        float a = Slope(i) * h, b = Slope(i + 1) * h, rise = values[i + 1] - values[i];
        return values[i] + (s * (a + (s * ((3 * rise) - (2 * a) - b + (s * (a + b - (2 * rise)))))));
    }

    private float Slope(int i)
    {
        IList<float> times = _keys.Keys, values = _keys.Values;
        if (i == 0 || i == times.Count - 1) return 0;
        float h0 = times[i] - times[i - 1], h1 = times[i + 1] - times[i];
        float before = (values[i] - values[i - 1]) / h0, after = (values[i + 1] - values[i]) / h1;
        if (before * after <= 0) return 0;
        float w0 = (2 * h1) + h0, w1 = h1 + (2 * h0);
        return (w0 + w1) / ((w0 / before) + (w1 / after));
    }
}
