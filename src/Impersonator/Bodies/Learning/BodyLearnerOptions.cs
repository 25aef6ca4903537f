namespace Impersonator.Bodies.Learning;

/// <summary>How a body model is learned.</summary>
public sealed record BodyLearnerOptions
{
    /// <summary>Bodies to learn from. Default 4,000.</summary>
    public int Bodies { get; init; } = 4000;

    /// <summary>Further bodies to measure on. Default 400.</summary>
    public int HeldOutBodies { get; init; } = 400;

    /// <summary>Shape components to keep. Default 32.</summary>
    public int Components { get; init; } = 32;

    /// <summary>Seed of all random draws. Default 1.</summary>
    public int Seed { get; init; } = 1;
}
