namespace Impersonator.Recovery;

/// <summary>How a body is fitted to keypoints.</summary>
public sealed record BodyFitOptions
{
    /// <summary>Shape components that may change. Default 10.</summary>
    public int ShapeComponents { get; init; } = 10;

    /// <summary>How exact keypoints are held to be, as a share of the person's height. Default 0.6 %.</summary>
    public float KeypointSpread { get; init; } = 0.006f;

    /// <summary>Where a keypoint's error stops to count as an error and becomes a mistake, as a share of the height. Default 12 %.</summary>
    public float OutlierScale { get; init; } = 0.12f;

    /// <summary>Focal length where the photo does not say, in longer sides of the picture: a 50 mm lens on 36 mm film. Default 1.4.</summary>
    public float DefaultFocalLength { get; init; } = 1.4f;

    /// <summary>How much it counts that people stand upright, in balance, with their feet on the ground. Default 1; 0 for who floats or lies.</summary>
    public float Gravity { get; init; } = 1;

    /// <summary>Most Gauss–Newton steps from each start. Default 60.</summary>
    public int MaxIterations { get; init; } = 60;
}
