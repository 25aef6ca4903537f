namespace Impersonator.Recovery;

/// <summary>Why a fit ended.</summary>
public enum FitStopReason
{
    /// <summary>A step no longer changed the cost.</summary>
    Converged,

    /// <summary>The limit of iterations was reached; the result is usable.</summary>
    IterationLimit,
}

/// <summary>A fitted person and how well it explains what was seen.</summary>
/// <param name="Person">Shape, pose and camera.</param>
/// <param name="ReprojectionError">Mean distance of the known keypoints from the body's, as a share of <see cref="Keypoints.PersonHeight"/>.</param>
/// <param name="Cost">Final value of the minimised sum.</param>
/// <param name="Iterations">Gauss–Newton steps of the winning start.</param>
/// <param name="StopReason">Why it ended.</param>
public sealed record FitResult(Person Person, float ReprojectionError, double Cost, int Iterations, FitStopReason StopReason);
