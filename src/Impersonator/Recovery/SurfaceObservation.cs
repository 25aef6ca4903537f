using System.Numerics;

namespace Impersonator.Recovery;

/// <summary>Where a point of the body's surface was seen in a photo.</summary>
/// <param name="Position">Pixels of the upright photo.</param>
/// <param name="Vertex0">First corner of the triangle that the point lies on, a vertex of the model's template.</param>
/// <param name="Vertex1">Second corner.</param>
/// <param name="Vertex2">Third corner.</param>
/// <param name="Barycentric">Shares of the three corners; they sum to 1.</param>
/// <param name="Sigma">How far off it may be, one standard deviation, pixels; clothes that stand off count too.</param>
/// <param name="Weight">How much it counts against a keypoint; points that lie close say the same thing, so a dense map gets small weights. Default 0.1.</param>
public readonly record struct SurfaceObservation(Vector2 Position, int Vertex0, int Vertex1, int Vertex2, Vector3 Barycentric, float Sigma, float Weight = 0.1f)
{
    /// <summary>How far it lies behind the pelvis along the line of sight to the person's middle, metres; null where that was not seen.</summary>
    public float? Depth { get; init; }

    /// <summary>A vertex that was seen.</summary>
    public static SurfaceObservation OfVertex(Vector2 position, int vertex, float sigma, float weight = 0.1f) => new(position, vertex, vertex, vertex, Vector3.UnitX, sigma, weight);
}
