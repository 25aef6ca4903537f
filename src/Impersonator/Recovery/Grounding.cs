using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Recovery;

/// <summary>Turns the world so that up is up, and puts the ground under the lowest point of the body.</summary>
/// <remarks>
/// Keypoints cannot tell a camera that looks down from a body that leans back. Both are taken as normally distributed
/// about zero; the most probable split of the seen tilt gives the camera the share of its variance. Roll is left to the body.
/// </remarks>
internal static class Grounding
{
    private const float PitchSpread = 10, LeanSpread = 8, MostPitch = 25 * MathF.PI / 180;

    /// <summary>A person whose camera looks level, given a pitch and a ground.</summary>
    public static Person Apply(BodyModel model, Person person)
    {
        Body body = model.Create(person.Shape);
        var rotations = new Quaternion[Joint.Count];
        var places = new Vector3[Joint.Count];
        Kinematics.Forward(model.Skeleton, body.RestJoints, person.Pose, rotations, places);
        Vector3 up = places[Joint.Neck] - ((places[Joint.LeftAnkle] + places[Joint.RightAnkle]) / 2);
        float tilt = MathF.Atan2(up.Z, up.Y), pitch = 0;
        // Only a body that stands says anything about the camera.
        if (MathF.Abs(tilt) < 0.7f && up.Y > 0.6f * body.RestJoints[Joint.Neck].Y)
            pitch = Math.Clamp(tilt * PitchSpread * PitchSpread / ((PitchSpread * PitchSpread) + (LeanSpread * LeanSpread)), -MostPitch, MostPitch);

        // Turning the world by −pitch about X through the camera keeps every projection when the camera turns back.
        var turn = Quaternion.CreateFromAxisAngle(Vector3.UnitX, -pitch);
        Pose turned = person.Pose with
        {
            Root = Vector3.Transform(person.Pose.Root, turn),
            Rotations = person.Pose.Rotations.SetItem(0, Quaternion.Normalize(turn * person.Pose.Rotations[0])),
        };
        Quaternion cameraRotation = Quaternion.Normalize(person.Camera.Rotation * Quaternion.Conjugate(turn));

        var transforms = new Matrix4x4[Joint.Count];
        Kinematics.PosedFromRest(model.Skeleton, body.RestJoints, turned, transforms);
        var posed = new Vector3[body.Mesh.VertexCount];
        Skinning.Apply(body.Mesh, transforms, posed);
        Vector3 lift = new(0, -posed.Min(p => p.Y), 0);
        return person with
        {
            Pose = turned with { Root = turned.Root + lift },
            Camera = person.Camera with { Rotation = cameraRotation, Translation = person.Camera.Translation - Vector3.Transform(lift, cameraRotation) },
        };
    }
}
