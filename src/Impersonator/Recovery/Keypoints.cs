using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Recovery;

/// <summary>One keypoint as seen in a photo.</summary>
/// <param name="Position">Pixels of the upright photo.</param>
/// <param name="Confidence">[0, 1]; 0 = unknown, ignored by the fit.</param>
/// <param name="Sigma">How far off it may be, one standard deviation, pixels; comes on top of <see cref="BodyFitOptions.KeypointSpread"/>. 0 where that is all that is known.</param>
public readonly record struct KeypointObservation(Vector2 Position, float Confidence, float Sigma = 0);

/// <summary>The keypoints of one person in a photo.</summary>
/// <param name="Observations">[17] in the order of <see cref="Keypoint"/>.</param>
public sealed record Keypoints(ImmutableArray<KeypointObservation> Observations)
{
    /// <summary>How many there are.</summary>
    public const int Count = 17;

    /// <summary>The observation of a keypoint.</summary>
    public KeypointObservation this[Keypoint keypoint] => Observations[(int)keypoint];

    /// <summary>Extent of the known keypoints' box, its longer side, pixels: the unit of errors.</summary>
    public float PersonHeight
    {
        get
        {
            Vector2 low = new(float.PositiveInfinity), high = new(float.NegativeInfinity);
            foreach (KeypointObservation o in Observations)
                if (o.Confidence > 0) (low, high) = (Vector2.Min(low, o.Position), Vector2.Max(high, o.Position));
            Vector2 size = high - low;
            return MathF.Max(0, MathF.Max(size.X, size.Y));
        }
    }
}
