namespace Impersonator;

/// <summary>How far a long computation has come.</summary>
/// <param name="Stage">What is being done, for people, e.g. <c>Rendering</c>.</param>
/// <param name="Done">Steps done.</param>
/// <param name="Total">Steps in all.</param>
public readonly record struct StageProgress(string Stage, int Done, int Total);
