using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Recovery;
using Impersonator.Rendering;
using Impersonator.Training.Synthesis;

namespace Impersonator.Training.Evaluation;

/// <summary>A body as a camera sees it: x right, y down, z forward, metres.</summary>
/// <param name="Joints">[24] SMPL's joints: 22 of the body, then where the middle finger of each hand begins.</param>
/// <param name="Vertices">[V] its naked skin.</param>
internal sealed record PlacedBody(Vector3[] Joints, Vector3[] Vertices)
{
    private static readonly int[] Smpl = [.. Enumerable.Range(0, Joint.BodyCount), Skeleton.SmplH.IndexOf("left_middle1"), Skeleton.SmplH.IndexOf("right_middle1")];

    /// <summary>[24] the joints' names.</summary>
    public static ImmutableArray<string> JointNames { get; } = [.. Smpl.Select(j => Skeleton.SmplH.JointNames[j])];

    /// <summary>A person's, as fitted.</summary>
    public static PlacedBody Of(Person person) => Of(person.Shape, person.Pose, person.Camera);

    /// <summary>A painted person's, which is the truth.</summary>
    public static PlacedBody Of(Sample sample)
    {
        Vector3 pelvis = new(sample.Joints3D[0], sample.Joints3D[1], sample.Joints3D[2]);
        return Of(new Shape([.. sample.Shape]), new Pose([.. sample.Pose], sample.Camera.WorldFromCamera(pelvis)), sample.Camera);
    }

    private static PlacedBody Of(Shape shape, Pose pose, Camera camera)
    {
        Body body = BodyModel.Default.Create(shape);
        var vertices = new Vector3[body.Mesh.VertexCount];
        body.Pose(pose, vertices);
        (Quaternion[] turns, Vector3[] places) = (new Quaternion[Joint.Count], new Vector3[Joint.Count]);
        Kinematics.Forward(body.Model.Skeleton, body.RestJoints, pose, turns, places);
        return new PlacedBody([.. Smpl.Select(j => camera.CameraFromWorld(places[j]))], [.. vertices.Select(camera.CameraFromWorld)]);
    }
}
