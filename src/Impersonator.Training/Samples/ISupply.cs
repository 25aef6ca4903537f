namespace Impersonator.Training.Samples;

/// <summary>What is learnt from: a pool on the device that painters fill while the network learns.</summary>
internal interface ISupply : IDisposable
{
    /// <summary>How many there are to draw from.</summary>
    long Filled { get; }

    /// <summary>How many were ever painted.</summary>
    long Painted { get; }

    /// <summary>Seeds that could not be painted.</summary>
    int Failures { get; }

    /// <summary>Waits until so many are there.</summary>
    /// <exception cref="InvalidOperationException">The painters failed, or were silent for two minutes.</exception>
    void WaitFor(long count, CancellationToken token);

    /// <summary>Takes over what painters have finished, without waiting for them.</summary>
    /// <exception cref="InvalidOperationException">The painters failed.</exception>
    void TakeReady();
}
