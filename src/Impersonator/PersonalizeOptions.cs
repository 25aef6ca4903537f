using Impersonator.Imaging;

namespace Impersonator;

/// <summary>What Personalize is given instead of finding it.</summary>
public sealed record PersonalizeOptions
{
    /// <summary>Which pixels are the person, same size as the photo. Default null: the photo's own alpha, else found.</summary>
    public Matte? Matte { get; init; }

    /// <summary>What is drawn behind the person, scaled to cover the picture. Default null: the photo, completed.</summary>
    public Image? Background { get; init; }

    /// <summary>Seed of the completion. Default 1.</summary>
    public int Seed { get; init; } = 1;
}
