namespace Impersonator.Subjects;

/// <summary>How finely a subject is made.</summary>
internal sealed record PersonalizerOptions
{
    /// <summary>Columns and rows of the body's texture.</summary>
    public int TextureSide { get; init; } = 1024;

    /// <summary>Columns and rows of a skirt's texture.</summary>
    public int SkirtTextureSide { get; init; } = 768;
}
