namespace Impersonator.Training.Synthesis;

/// <summary>One thing that a person wears: a garment of the pack as it is, cloth cut from a mesh, or a skirt.</summary>
internal sealed record Worn(Garment? Garment, Material Material, Cut? Cut = null, SkirtCut? Skirt = null);
