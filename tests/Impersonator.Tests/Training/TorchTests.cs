using Impersonator.Torch;

namespace Impersonator.Tests.Training;

/// <summary>Base of tests that compute with libtorch: loads it before their first tensor.</summary>
public abstract class TorchTests
{
    /// <summary>Collection of tests that draw from torch's one generator of random numbers: they must not run at the same time.</summary>
    internal const string Random = "torch's random numbers";

    static TorchTests() => TorchLibrary.Load();
}
