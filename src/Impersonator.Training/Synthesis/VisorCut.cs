namespace Impersonator.Training.Synthesis;

/// <summary>How a <see cref="Visor"/> is cut.</summary>
internal sealed record VisorCut
{
    /// <summary>Metres above the head's joint of an adult.</summary>
    public float Height { get; init; } = 0.075f;

    /// <summary>How far round to each side, radians; π for a brim.</summary>
    public float HalfSweep { get; init; } = 1.2f;

    /// <summary>How far it stands out, metres.</summary>
    public float Length { get; init; } = 0.07f;

    /// <summary>How much it slopes down, metres a metre.</summary>
    public float Droop { get; init; } = 0.3f;

    /// <summary>How far a brim's front and back dip below its sides, metres.</summary>
    public float Wave { get; init; }
}
