namespace Impersonator.Networks;

/// <summary>What goes into an engine and comes out of it.</summary>
/// <param name="Values">Numbers, last axis fastest.</param>
/// <param name="Shape">Sides, the batch first: [B, C, H, W].</param>
public readonly record struct NetworkArray(float[] Values, params int[] Shape);
