namespace Impersonator.Training.Synthesis;

/// <summary>How a <see cref="HairTail"/> is made.</summary>
internal sealed record HairTailCut
{
    /// <summary>Where it is tied, radians above straight back; π/2 is the crown.</summary>
    public float Rise { get; init; } = 0.4f;

    /// <summary>Metres from the knot to the tip; 0 for a bun.</summary>
    public float Length { get; init; }

    /// <summary>The bun's radius or the tail's greatest, metres.</summary>
    public float Radius { get; init; } = 0.04f;

    /// <summary>How far a tail stands out before it falls, metres.</summary>
    public float Arch { get; init; } = 0.05f;

    /// <summary>To the left, radians.</summary>
    public float Aside { get; init; }

    /// <summary>How wavy a tail is, share of its radius.</summary>
    public float Waves { get; init; }
}
