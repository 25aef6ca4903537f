namespace Impersonator.Subjects;

/// <summary>How finely a subject is made.</summary>
internal sealed record PersonalizerOptions
{
    /// <summary>Columns and rows of the body's texture.</summary>
    public int TextureSide { get; init; } = 1024;

    /// <summary>Columns and rows of a skirt's texture.</summary>
    public int SkirtTextureSide { get; init; } = 768;

    /// <summary>Columns and rows of hair's texture.</summary>
    public int HairTextureSide { get; init; } = 512;

    /// <summary>Longest side of what is searched for patches of cloth behind arms, pixels.</summary>
    public int ClothSide { get; init; } = 224;

    /// <summary>Longest side of what is searched for patches of a skirt, texels.</summary>
    public int SkirtClothSide { get; init; } = 320;
}
