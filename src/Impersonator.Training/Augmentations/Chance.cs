using static TorchSharp.torch;

namespace Impersonator.Training.Augmentations;

/// <summary>Random numbers of one training run, on the device; torch's own generator is seeded with it.</summary>
internal sealed class Chance
{
    private readonly Random _random;

    public Chance(Device device, int seed, bool reseed = true)
    {
        (Device, _random) = (device, new Random(seed));
        if (reseed) random.manual_seed(seed);
    }

    public Device Device { get; }

    /// <summary>[n] even between two numbers.</summary>
    public Tensor Even(long n, double low, double high) => (rand(n, ScalarType.Float32, Device) * (high - low)) + low;

    /// <summary>[n] e to the power of what is even between the logarithms: small and large values alike.</summary>
    public Tensor Geometric(long n, double low, double high) => exp(Even(n, Math.Log(low), Math.Log(high)));

    /// <summary>[n] normal with mean zero.</summary>
    public Tensor Normal(long n, double deviation) => randn(n, ScalarType.Float32, Device) * deviation;

    /// <summary>[n] 1 with a probability, else 0.</summary>
    public Tensor Sometimes(long n, double probability) => (rand(n, ScalarType.Float32, Device) < probability).to_type(ScalarType.Float32);

    /// <summary>An integer, on the host: low included, high not.</summary>
    public int Whole(int low, int high) => _random.Next(low, high);

    /// <summary>
    /// A run of the batch that gets a treatment. Samples stand in random order, so any run will do, and a run costs only its own share
    /// of the batch where a mask would cost all of it.
    /// </summary>
    public (long First, long Count) Run(long n, double share)
    {
        double wanted = n * share;
        long count = Math.Min(n, (long)wanted + (_random.NextDouble() < wanted - (long)wanted ? 1 : 0));
        return (_random.NextInt64(n - count + 1), count);
    }

    /// <summary>Changes a run of the batch in place.</summary>
    public void Treat(Tensor batch, double share, Func<Tensor, Tensor> change)
    {
        (long first, long count) = Run(batch.shape[0], share);
        if (count == 0) return;
        Tensor part = batch.narrow(0, first, count);
        part.copy_(change(part));
    }
}
