using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Rendering;

namespace Impersonator.Recovery;

/// <summary>What Recover found in a photo: a body of this shape, in this pose, before this camera.</summary>
/// <param name="Keypoints">What was observed.</param>
/// <param name="Shape">Body shape.</param>
/// <param name="Pose">Pose in world space: Y up, the ground at y = 0 under the lowest foot.</param>
/// <param name="Camera">The photo's camera; its picture is the upright photo.</param>
public sealed record Person(Keypoints Keypoints, Shape Shape, Pose Pose, Camera Camera)
{
    /// <summary>What the network saw of this person; null where keypoints were given.</summary>
    public PersonLook? Look { get; init; }

    /// <summary>The same person in the same photo at another size.</summary>
    public Person Scaled(int width, int height)
    {
        var scale = new Vector2((float)width / Camera.Width, (float)height / Camera.Height);
        return this with
        {
            Camera = Camera.Scaled(width, height),
            Look = Look?.Scaled(scale.Y),
            Keypoints = new Keypoints([.. Keypoints.Observations.Select(o => o with { Position = o.Position * scale, Sigma = o.Sigma * scale.Y })]),
        };
    }
}
