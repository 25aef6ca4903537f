using System.Collections.Immutable;

namespace Impersonator.Bodies;

/// <summary>What makes one body differ from another: coefficients of the model's shape components, in standard deviations.</summary>
/// <param name="Coefficients">At most as many as the model has components; missing ones are 0.</param>
public sealed record Shape(ImmutableArray<float> Coefficients)
{
    /// <summary>The average body.</summary>
    public static Shape Average { get; } = new([]);
}
