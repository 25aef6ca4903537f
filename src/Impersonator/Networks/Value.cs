using System.Collections.Immutable;

namespace Impersonator.Networks;

/// <summary>An array that flows through a <see cref="Graph"/>. The batch comes first, is free, and is never written in the shape.</summary>
public sealed class Value
{
    internal Value(string name, ImmutableArray<int> shape) => (Name, Shape) = (name, shape);

    /// <summary>A name, unique in its graph.</summary>
    public string Name { get; }

    /// <summary>Sides without the batch: [C, H, W] of a picture, [N, C] of tokens, [C] of a vector.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>Numbers per sample.</summary>
    public long Count => Shape.Aggregate(1L, (count, side) => count * side);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} [{string.Join(", ", Shape)}]";
}
