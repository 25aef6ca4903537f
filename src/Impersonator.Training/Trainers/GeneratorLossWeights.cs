namespace Impersonator.Training.Trainers;

/// <summary>What counts how much in a generator's loss.</summary>
internal sealed record GeneratorLossWeights
{
    /// <summary>Difference of the whole picture, before a random background.</summary>
    public double Picture { get; init; } = 4;

    /// <summary>Difference of the colour where the person is, whatever the matte.</summary>
    public double Colour { get; init; } = 2;

    /// <summary>Difference of the matte.</summary>
    public double Matte { get; init; } = 2;

    /// <summary>Distance of PersonNet's features.</summary>
    public double Features { get; init; } = 1;

    /// <summary>The same of the head, enlarged.</summary>
    public double Head { get; init; } = 0.5;

    /// <summary>How much more a pixel of the head counts in <see cref="Picture"/> and <see cref="Colour"/>.</summary>
    public double HeadPixels { get; init; } = 2;

    /// <summary>Use of the mesh's colour where it is right.</summary>
    public double Blend { get; init; } = 0.2;

    /// <summary>What the discriminator says.</summary>
    public double Adversary { get; init; } = 0.04;

    /// <summary>Distance of the discriminator's features.</summary>
    public double Matching { get; init; } = 0.5;
}
