using Impersonator.Training.Evaluation.Methods;

namespace Impersonator.Cli;

/// <summary>What is compared; frees its networks.</summary>
internal sealed class GivenMethods(IReadOnlyList<NetworkMethod> networks) : IDisposable
{
    /// <summary>The mesh first.</summary>
    public IReadOnlyList<IPictureMethod> All { get; } = [new MeshMethod(), .. networks];

    public void Dispose()
    {
        foreach (NetworkMethod network in networks) network.Dispose();
    }
}
