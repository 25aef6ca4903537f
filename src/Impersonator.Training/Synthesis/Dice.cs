using System.Numerics;

namespace Impersonator.Training.Synthesis;

/// <summary>The seeded source of every random choice of one picture.</summary>
/// <remarks>SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.</remarks>
internal sealed class Dice
{
    private const ulong Golden = 0x9E3779B97F4A7C15UL;
    private ulong _state;

    public Dice(long seed) => Restart(seed);

    /// <summary>Begins the sequence of a seed.</summary>
    public void Restart(long seed) => _state = Scramble((ulong)seed + Golden);

    /// <summary>Uniform in [0, 1).</summary>
    public float Unit() => (Bits() >> 40) * (1f / (1 << 24));

    /// <summary>Uniform in [low, high).</summary>
    public float Range(float low, float high) => low + ((high - low) * Unit());

    /// <summary>Uniform in 0 … count − 1.</summary>
    public int Below(int count) => (int)(Unit() * count);

    /// <summary>True with a probability.</summary>
    public bool Chance(float probability) => Unit() < probability;

    /// <summary>−1 or 1.</summary>
    public int Sign() => Chance(0.5f) ? 1 : -1;

    /// <summary>One of a list.</summary>
    public T Pick<T>(IReadOnlyList<T> list) => list[Below(list.Count)];

    /// <summary>A seed for something of its own.</summary>
    public long Seed() => (long)Bits();

    /// <summary>Gaussian (Box, Muller).</summary>
    public float Normal(float sigma = 1) => sigma * MathF.Sqrt(-2 * MathF.Log(1 - Unit())) * MathF.Cos(2 * MathF.PI * Unit());

    /// <summary>Three Gaussians.</summary>
    public Vector3 NormalVector(float sigma) => new(Normal(sigma), Normal(sigma), Normal(sigma));

    /// <summary>Uniform on the sphere.</summary>
    public Vector3 Direction()
    {
        float z = Range(-1, 1), angle = Range(0, 2 * MathF.PI), r = MathF.Sqrt(1 - (z * z));
        return new Vector3(r * MathF.Cos(angle), r * MathF.Sin(angle), z);
    }

    /// <summary>A colour (gamma space) of any hue.</summary>
    public Vector3 Colour(float lowSaturation, float highSaturation, float lowValue, float highValue)
        => FromHsv(Unit(), Range(lowSaturation, highSaturation), Range(lowValue, highValue));

    /// <summary>Hue, saturation, value in [0, 1] to red, green, blue.</summary>
    public static Vector3 FromHsv(float hue, float saturation, float value)
    {
        float Channel(float offset)
        {
            float k = (offset + (hue * 6)) % 6;
            return value - (value * saturation * Math.Clamp(MathF.Min(k, 4 - k), 0, 1));
        }
        return new Vector3(Channel(5), Channel(3), Channel(1));
    }

    private ulong Bits() => Scramble(_state += Golden);

    private static ulong Scramble(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
