using System.Collections.Immutable;

namespace Impersonator.Networks;

/// <summary>A named array of numbers that an operation needs.</summary>
/// <param name="Name">Unique in its graph.</param>
/// <param name="Shape">Sides; kernels are [out, in / groups, height, width], matrices [out, in].</param>
/// <param name="Kind">What it is to a trainer.</param>
/// <param name="Initialiser">How it starts.</param>
public sealed record Parameter(string Name, ImmutableArray<int> Shape, ParameterKind Kind, Initialiser Initialiser)
{
    /// <summary>Number of values.</summary>
    public int Count => Shape.Aggregate(1, (count, side) => checked(count * side));
}
