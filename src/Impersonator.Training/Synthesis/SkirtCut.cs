namespace Impersonator.Training.Synthesis;

/// <summary>How a <see cref="Skirt"/> is cut.</summary>
internal sealed record SkirtCut
{
    /// <summary>Metres above the hips.</summary>
    public float Waist { get; init; } = 0.1f;

    /// <summary>0 … 1 of the leg.</summary>
    public float Hem { get; init; } = 0.5f;

    /// <summary>How far it stands off the body, and how much more a metre further down.</summary>
    public float Loose { get; init; } = 0.01f;

    /// <inheritdoc cref="Loose"/>
    public float Flare { get; init; }

    /// <summary>0 follows hips and legs … 1 hangs straight from the widest place above.</summary>
    public float Drape { get; init; } = 1;

    /// <summary>Depth of pleats as a share of the radius, and how many.</summary>
    public float PleatDepth { get; init; }

    /// <inheritdoc cref="PleatDepth"/>
    public int Pleats { get; init; } = 12;

    /// <summary>Half width of a gap down the front.</summary>
    public float Open { get; init; }

    /// <summary>How much lower the hem is on the left, and behind, metres a metre.</summary>
    public float Slant { get; init; }

    /// <inheritdoc cref="Slant"/>
    public float Train { get; init; }

    /// <summary>0 hangs from the thighs … 1 goes with the shins below the knee.</summary>
    public float WithShins { get; init; } = 0.4f;
}
