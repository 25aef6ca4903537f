namespace Impersonator.Networks;

/// <summary>How a parameter starts: normally distributed around a mean.</summary>
/// <param name="Mean">Centre of the distribution.</param>
/// <param name="Deviation">Standard deviation; 0 makes all values the mean.</param>
public readonly record struct Initialiser(float Mean, float Deviation)
{
    /// <summary>All zero.</summary>
    public static Initialiser Zero => new(0, 0);

    /// <summary>All one.</summary>
    public static Initialiser One => new(1, 0);

    /// <summary>All the same value.</summary>
    public static Initialiser Constant(float value) => new(value, 0);

    /// <summary>Keeps the variance through a rectifier: deviation <c>gain · √(2 / fanIn)</c>.</summary>
    /// <remarks>He et al., "Delving Deep into Rectifiers", ICCV 2015.</remarks>
    public static Initialiser He(int fanIn, float gain = 1) => new(0, gain * MathF.Sqrt(2f / fanIn));

    /// <summary>Fills a parameter. The same seed and name give the same values, whatever else the network holds.</summary>
    /// <param name="seed">Seed of the whole network.</param>
    /// <param name="name">Name of the parameter.</param>
    /// <param name="values">Receives the values.</param>
    public void Fill(long seed, string name, Span<float> values)
    {
        values.Fill(Mean);
        if (Deviation == 0) return;
        // FNV-1a: string.GetHashCode differs from run to run.
        ulong hash = 14695981039346656037 ^ (ulong)seed;
        foreach (char letter in name) hash = (hash ^ letter) * 1099511628211;
        var random = new Random((int)(hash ^ (hash >> 32)));
        for (int i = 0; i < values.Length; i += 2)
        {
            // Box and Muller: two normal values from two uniform ones.
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())), angle = Math.Tau * random.NextDouble();
            values[i] += Deviation * (float)(radius * Math.Cos(angle));
            if (i + 1 < values.Length) values[i + 1] += Deviation * (float)(radius * Math.Sin(angle));
        }
    }
}
