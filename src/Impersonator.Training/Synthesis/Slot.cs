namespace Impersonator.Training.Synthesis;

/// <summary>What a garment is, for dressing a person; the last ones are meshes that our own cloth is cut from.</summary>
internal enum Slot : byte { Brows, Lashes, Hair, Top, Bottom, Suit, Shoes, Hat, Glasses, Beard, Tights, HeadShell, SkirtTube }
