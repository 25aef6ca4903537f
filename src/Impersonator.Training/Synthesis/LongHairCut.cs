namespace Impersonator.Training.Synthesis;

/// <summary>How long hair falls.</summary>
internal sealed record LongHairCut
{
    /// <summary>Metres below the head's joint (chin's height is 0.05).</summary>
    public float Length { get; init; } = 0.3f;

    /// <summary>Where it begins, from the front, radians.</summary>
    public float Open { get; init; } = 1.1f;

    /// <summary>How far it stands off the head, metres, and more a metre further down.</summary>
    public float Volume { get; init; } = 0.02f;

    /// <inheritdoc cref="Volume"/>
    public float Spread { get; init; }

    /// <summary>Depth of waves as a share of the radius, and how many a metre.</summary>
    public float WaveDepth { get; init; }

    /// <inheritdoc cref="WaveDepth"/>
    public float Waves { get; init; } = 10;

    /// <summary>How much more of it falls to the left.</summary>
    public float Part { get; init; }

    /// <summary>How unequal its ends are, 0 … 1.</summary>
    public float Ragged { get; init; } = 0.1f;
}
