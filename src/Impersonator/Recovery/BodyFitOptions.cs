using Impersonator.Bodies;

namespace Impersonator.Recovery;

/// <summary>How a body is fitted to keypoints.</summary>
public sealed record BodyFitOptions
{
    /// <summary>Shape components that may change. Default 10.</summary>
    public int ShapeComponents { get; init; } = 10;

    /// <summary>The most likely shape, from which coefficients spread by one standard deviation: e.g. <see cref="BodyModel.ShapeOf"/> of what is known of a person. Default the average.</summary>
    public Shape LikelyShape { get; init; } = Shape.Average;

    /// <summary>How exactly a body of the model can meet keypoints, as a share of the person's height. Default 0.8 %.</summary>
    public float KeypointSpread { get; init; } = 0.008f;

    /// <summary>Where a keypoint's error stops to count as an error and becomes a mistake, as a share of the height. Default 8 %.</summary>
    public float OutlierScale { get; init; } = 0.08f;

    /// <summary>Focal length that is likely where the photo does not say, in longer sides of the picture: a 50 mm lens on 36 mm film. Default 1.4.</summary>
    public float DefaultFocalLength { get; init; } = 1.4f;

    /// <summary>How far the focal length may be from the default, one standard deviation of its logarithm; 0 holds it. Default 0.3.</summary>
    public float FocalLengthSpread { get; init; } = 0.3f;

    /// <summary>Likely height of people, metres. Default 1.7.</summary>
    public float Height { get; init; } = 1.7f;

    /// <summary>How far heights are from it, one standard deviation, metres; tails are long, for children. Default 0.1.</summary>
    public float HeightSpread { get; init; } = 0.1f;

    /// <summary>How far off depths of the skin may be (<see cref="SurfaceObservation.Depth"/>), one standard deviation, metres; 0 leaves them out. Default 0.05.</summary>
    public float DepthSpread { get; init; } = 0.05f;

    /// <summary>How much the pose prior counts. Default 1.</summary>
    public float PosePrior { get; init; } = 1;

    /// <summary>How much it counts that people stand upright, in balance, with their feet on the ground. Default 1; 0 for who floats or lies.</summary>
    public float Gravity { get; init; } = 1;

    /// <summary>How much it counts that legs which look straight are straight, and that who stands on two of them does not lean. Default 1; 0 leaves it to the other priors.</summary>
    public float Standing { get; init; } = 1;

    /// <summary>Most Gauss–Newton steps from each start. Default 60.</summary>
    public int MaxIterations { get; init; } = 60;

    /// <summary>What a network thinks of the pose: one more start of the search, and a prior; null = nothing is known.</summary>
    public PoseEstimate? Estimate { get; init; }

    /// <summary>How much the estimate counts as a prior. Default 1; 0 leaves it a start alone.</summary>
    public float EstimateWeight { get; init; } = 1;

    /// <summary>How much the estimate's joints, placed relative to the pelvis, count. Default 1.</summary>
    public float EstimatePlaceWeight { get; init; } = 1;
}
