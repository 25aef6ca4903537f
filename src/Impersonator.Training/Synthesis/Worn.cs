namespace Impersonator.Training.Synthesis;

/// <summary>One thing that a person wears: a garment of the pack as it is, cloth cut from a mesh, a skirt, long hair, hair tied up, a peak or brim.</summary>
internal sealed record Worn(Garment? Garment, Material Material, Cut? Cut = null, SkirtCut? Skirt = null, LongHairCut? Hair = null, VisorCut? Visor = null, HairTailCut? Tail = null)
{
    /// <summary>Hair, beard, hats and glasses, which stay when clothes are changed.</summary>
    public bool IsOfHead => Garment?.Slot is Slot.Brows or Slot.Lashes or Slot.Hair or Slot.Hat or Slot.Glasses or Slot.Beard || Cut is HeadCut { What: not HeadCut.Kind.Muffler } || Hair is not null || Visor is not null || Tail is not null;

    /// <summary>Wound around the neck: neither head's nor clothes'.</summary>
    public bool IsMuffler => Cut is HeadCut { What: HeadCut.Kind.Muffler };
}
