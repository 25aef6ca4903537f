using Impersonator.Bodies;
using Impersonator.Motions;

namespace Impersonator.Synthesis;

/// <summary>A motion as one subject performs it: at its size, from where it stands in the photo, in the direction it faces there.</summary>
/// <remarks>Travel is scaled by the ratio of hip heights, so that strides fit the legs; feet that stand are planted on them.</remarks>
public sealed class Performance
{
    private readonly Motion _motion;
    private readonly GroundMove _move;

    /// <summary>Sets a motion on a body.</summary>
    /// <param name="motion">What to perform.</param>
    /// <param name="body">The body that performs it.</param>
    /// <param name="photoPose">Where the subject stands and which way it faces, world space.</param>
    /// <param name="cancellationToken">Stops the preparation.</param>
    public Performance(Motion motion, Body body, Pose photoPose, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(motion);
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(photoPose);
        _motion = motion.ForBody(body, cancellationToken);
        _move = GroundMove.Between(_motion.Poses[0], photoPose);
    }

    /// <summary>Seconds from the first frame to the last.</summary>
    public float Duration => _motion.Duration;

    /// <summary>The pose at a time; before the start and after the end the motion holds still.</summary>
    public Pose At(float seconds) => _move.Apply(_motion.At(seconds));
}
