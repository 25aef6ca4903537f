namespace Impersonator.Training.Synthesis;

/// <summary>One thing that a person wears: a garment of the pack as it is, cloth cut from a mesh, a skirt, long hair, hair tied up, a peak or brim.</summary>
internal sealed record Worn(Garment? Garment, Material Material, Cut? Cut = null, SkirtCut? Skirt = null, LongHairCut? Hair = null, VisorCut? Visor = null, HairTailCut? Tail = null);
