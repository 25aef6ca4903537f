using Impersonator.Torch;

namespace Impersonator.Tests.Training;

/// <summary>Base of tests that compute with libtorch: loads it before their first tensor.</summary>
public abstract class TorchTests
{
    static TorchTests() => TorchLibrary.Load();
}
