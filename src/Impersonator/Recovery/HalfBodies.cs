using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Recovery;

/// <summary>People whose legs the photo does not show: half bodies, close-ups, portraits.</summary>
/// <remarks>Their lower half is made up of priors alone; it must not come into view.</remarks>
internal static class HalfBodies
{
    private static readonly Keypoint[] Lower = [Keypoint.RightKnee, Keypoint.LeftKnee, Keypoint.RightAnkle, Keypoint.LeftAnkle];

    /// <summary>Whether an upper body only was seen: knees and ankles are all unknown.</summary>
    public static bool IsHalf(Keypoints keypoints) => Lower.All(k => keypoints[k].Confidence == 0) && keypoints.Observations.Any(o => o.Confidence > 0);

    /// <summary>Whether a hip was seen: the upper body down to the thighs.</summary>
    public static bool ShowsHips(Keypoints keypoints) => keypoints[Keypoint.LeftHip].Confidence > 0 || keypoints[Keypoint.RightHip].Confidence > 0;

    /// <summary>Whether the thighs lie in the picture for their greater part, so that what is worn below the waist can be told.</summary>
    /// <param name="person">The person in its photo.</param>
    /// <param name="body">Of its shape.</param>
    public static bool ShowsThighs(Person person, Body body)
    {
        var posed = new Vector3[body.Mesh.VertexCount];
        body.Pose(person.Pose, posed);
        (int inside, int all) = (0, 0);
        for (int v = 0; v < posed.Length; v++)
        {
            if (body.Mesh.Parts[v] is not (BodyPart.LeftUpperLeg or BodyPart.RightUpperLeg)) continue;
            Vector2 at = person.Camera.Project(posed[v]);
            all++;
            if (at.X >= 0 && at.Y >= 0 && at.X < person.Camera.Width && at.Y < person.Camera.Height) inside++;
        }
        return 2 * inside > all;
    }
}
