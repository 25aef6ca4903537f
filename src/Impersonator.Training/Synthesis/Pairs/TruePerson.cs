using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Recovery;
using Impersonator.Rendering;

namespace Impersonator.Training.Synthesis.Pairs;

/// <summary>Painted figures as the library's people.</summary>
internal static class TruePerson
{
    /// <summary>The figure as it stands.</summary>
    /// <param name="figure">Its pelvis is at its world's origin.</param>
    /// <param name="pose">The pose it has taken.</param>
    /// <param name="camera">Of that world.</param>
    /// <returns>On the ground at y = 0; keypoints outside the picture are unknown.</returns>
    public static Person Of(Figure figure, FigurePose pose, Camera camera)
    {
        var shape = new Shape([.. figure.Shape]);
        var root = new Vector3(0, -figure.Lowest(), 0);
        Camera moved = camera with { Translation = camera.Translation - Vector3.Transform(root, camera.Rotation) };
        return new Person(Keypoints(figure, camera), shape, new Pose([.. pose.Local], root), moved);
    }

    /// <summary>The pose of another body that stands where the figure stands, as the camera sees it: its hips before the figure's, and as much farther as it is larger.</summary>
    /// <param name="body">The other body.</param>
    /// <param name="figure">Its pelvis is at its world's origin.</param>
    /// <param name="pose">The pose it has taken.</param>
    /// <param name="camera">Of that world.</param>
    public static Pose In(Body body, Figure figure, FigurePose pose, Camera camera)
    {
        Vector3 hips = Hips(figure.Body.Joints), mine = Hips(body.RestJoints);
        float larger = Height(body.RestJoints) / Height(figure.Body.Joints);
        Vector3 seen = camera.CameraFromWorld(Vector3.Transform(hips, pose.Local[Joint.Pelvis])) * larger;
        return new Pose([.. pose.Local], camera.WorldFromCamera(seen) - Vector3.Transform(mine, pose.Local[Joint.Pelvis]));
    }

    /// <summary>Middle of the hips, from the pelvis.</summary>
    private static Vector3 Hips(ReadOnlySpan<Vector3> joints) => ((joints[Joint.LeftHip] + joints[Joint.RightHip]) / 2) - joints[Joint.Pelvis];

    private static float Height(ReadOnlySpan<Vector3> joints)
        => Vector3.Distance(joints[Joint.LeftHip], joints[Joint.LeftKnee]) + Vector3.Distance(joints[Joint.LeftKnee], joints[Joint.LeftAnkle]) + Vector3.Distance(joints[Joint.Pelvis], joints[Joint.Neck]);

    private static Keypoints Keypoints(Figure figure, Camera camera)
    {
        ImmutableArray<Landmark> landmarks = BodyModel.Default.Keypoints;
        var seen = new KeypointObservation[landmarks.Length];
        for (int k = 0; k < seen.Length; k++)
        {
            Landmark landmark = landmarks[k];
            Vector3 offset = landmark.Rest.Of(figure.Body.Rest) - figure.Body.Joints[landmark.Joint];
            Vector2 at = camera.Project(figure.Joints[landmark.Joint] + Vector3.Transform(offset, figure.Turns[landmark.Joint]));
            bool inside = at.X >= 0 && at.Y >= 0 && at.X < camera.Width && at.Y < camera.Height;
            seen[k] = new KeypointObservation(at, inside ? 1 : 0);
        }
        return new Keypoints([.. seen]);
    }
}
