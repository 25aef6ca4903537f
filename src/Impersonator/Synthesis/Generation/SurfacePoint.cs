using System.Numerics;

namespace Impersonator.Synthesis.Generation;

/// <summary>A point of a subject's surface.</summary>
/// <param name="Layer">Which layer.</param>
/// <param name="A">First vertex of its triangle.</param>
/// <param name="B">Second vertex.</param>
/// <param name="C">Third vertex.</param>
/// <param name="Weights">Of the three; they sum to 1.</param>
internal readonly record struct SurfacePoint(int Layer, int A, int B, int C, Vector3 Weights);
