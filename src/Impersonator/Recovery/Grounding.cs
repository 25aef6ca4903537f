using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Recovery;

/// <summary>Turns the world so that up is up, and puts the ground under the lowest point of the body.</summary>
/// <remarks>A person who jumps stands with the lowest point on the ground too: one photo does not say how high the jump is.</remarks>
internal static class Grounding
{
    /// <summary>A person whose camera looks level, given the pitch that the fit found (<see cref="FitProblem.State.Pitch"/>) and a ground.</summary>
    public static Person Apply(BodyModel model, Person person, float pitch)
    {
        Body body = model.Create(person.Shape);
        // Turning the world by −pitch about X through the camera keeps every projection when the camera turns back.
        var turn = Quaternion.CreateFromAxisAngle(Vector3.UnitX, -pitch);
        Pose turned = person.Pose with
        {
            Root = Vector3.Transform(person.Pose.Root, turn),
            Rotations = person.Pose.Rotations.SetItem(0, Quaternion.Normalize(turn * person.Pose.Rotations[0])),
        };
        Quaternion cameraRotation = Quaternion.Normalize(person.Camera.Rotation * Quaternion.Conjugate(turn));

        var posed = new Vector3[body.Mesh.VertexCount];
        body.Pose(turned, posed);
        Vector3 lift = new(0, -posed.Min(p => p.Y), 0);
        return person with
        {
            Pose = turned with { Root = turned.Root + lift },
            Camera = person.Camera with { Rotation = cameraRotation, Translation = person.Camera.Translation - Vector3.Transform(lift, cameraRotation) },
        };
    }
}
