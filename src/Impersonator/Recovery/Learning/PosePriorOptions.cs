namespace Impersonator.Recovery.Learning;

/// <summary>How a pose prior is learned.</summary>
internal sealed record PosePriorOptions
{
    /// <summary>Habits of the torso. Default 1.</summary>
    public int TorsoModes { get; init; } = 1;

    /// <summary>Habits of an arm. Default 2.</summary>
    public int ArmModes { get; init; } = 2;

    /// <summary>Habits of a leg. Default 2.</summary>
    public int LegModes { get; init; } = 2;

    /// <summary>Least spread of any direction, radians. Default 5 degrees.</summary>
    public double Floor { get; init; } = 5 * Math.PI / 180;

    /// <summary>Poses' worth of the whole's spread that each habit borrows. Default 30.</summary>
    public double Shared { get; init; } = 30;

    /// <summary>Share of the habit to stand, which is set by hand. Default 0.5.</summary>
    public double Standing { get; init; } = 0.5;

    /// <summary>Seed of the start. Default 1.</summary>
    public int Seed { get; init; } = 1;
}
