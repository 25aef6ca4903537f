namespace Impersonator.Motions;

/// <summary>The joints of a foreign skeleton that everything else follows from; indices into its clip, −1 where it has none.</summary>
internal sealed record SkeletonAnchors(string Family)
{
    /// <summary>[2] left, right: hip, knee, ankle, toes; shoulder, elbow, wrist.</summary>
    public int[] Hip { get; init; } = [-1, -1];
    public int[] Knee { get; init; } = [-1, -1];
    public int[] Ankle { get; init; } = [-1, -1];
    public int[] Toe { get; init; } = [-1, -1];
    public int[] Shoulder { get; init; } = [-1, -1];
    public int[] Elbow { get; init; } = [-1, -1];
    public int[] Wrist { get; init; } = [-1, -1];
    public int Head { get; init; } = -1;
}
