using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Recovery;

/// <summary>Where a fitted person's keypoints and joints are.</summary>
public static class FittedPoints
{
    /// <summary>[17] the body's own keypoints as the photo's camera sees them, pixels.</summary>
    /// <exception cref="ArgumentException">The pose has another number of joints than the model.</exception>
    public static Vector2[] Keypoints(BodyModel model, Person person)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(person);
        Body body = model.Create(person.Shape);
        (Quaternion[] turns, Vector3[] places) = Pose(body, person.Pose);
        return [.. model.Keypoints.Select(k => person.Camera.Project(places[k.Joint] + Vector3.Transform(k.Rest.Of(body.Mesh.RestPositions) - body.RestJoints[k.Joint], turns[k.Joint])))];
    }

    /// <summary>[J] joints in the camera's space (x right, y down, z forward), metres.</summary>
    /// <exception cref="ArgumentException">The pose has another number of joints than the model.</exception>
    public static Vector3[] Joints(BodyModel model, Person person)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(person);
        (_, Vector3[] places) = Pose(model.Create(person.Shape), person.Pose);
        return [.. places.Select(person.Camera.CameraFromWorld)];
    }

    private static (Quaternion[] Turns, Vector3[] Places) Pose(Body body, Pose pose)
    {
        int count = body.Model.Skeleton.JointCount;
        (Quaternion[] turns, Vector3[] places) = (new Quaternion[count], new Vector3[count]);
        Kinematics.Forward(body.Model.Skeleton, body.RestJoints, pose, turns, places);
        return (turns, places);
    }
}
