using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Recovery;
using Impersonator.Rendering;

namespace Impersonator.Tests.Subjects;

/// <summary>A person that a test draws: known body, pose, camera and colours, so that everything about it has a known answer.</summary>
internal static class SyntheticPhoto
{
    /// <summary>A body with arms a little out before a grey wall: red above the waist, blue below, a light face, dark hair.</summary>
    /// <param name="standOff">How far clothes stand off the naked body, metres.</param>
    /// <param name="further">Joints turned further, from the pose with arms a little out; or null.</param>
    /// <param name="colour">What a vertex is coloured; null for <see cref="Colour"/>.</param>
    public static (Photo Photo, Person Person, Matte Matte) Draw(float standOff = 0.015f, (int Joint, Quaternion Turn)[]? further = null, Func<SkinnedMesh, int, Vector4>? colour = null)
    {
        Body body = BodyModel.Default.Create(Shape.Average);
        var rotations = Enumerable.Repeat(Quaternion.Identity, Joint.Count).ToArray();
        rotations[Joint.LeftShoulder] = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, -0.9f);
        rotations[Joint.RightShoulder] = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, 0.9f);
        foreach ((int joint, Quaternion turn) in further ?? []) rotations[joint] *= turn;
        var pose = new Pose([.. rotations], new Vector3(0, body.HipHeight, 0));
        var camera = new Camera(300, 450, 640, new Vector2(150, 225), Camera.FacingMinusZ, new Vector3(0, 0.85f, 3.4f));
        var transforms = new Matrix4x4[Joint.Count];
        Kinematics.PosedFromRest(Skeleton.SmplH, body.RestJoints, pose, transforms);
        var normals = new Vector3[body.Mesh.VertexCount];
        MeshNormals.Compute(body.Mesh.RestPositions, body.Mesh.Triangles, normals);
        SkinnedMesh clothed = body.Mesh.WithRestPositions([.. body.Mesh.RestPositions.Select((p, v) => body.Mesh.Parts[v] is BodyPart.Head or BodyPart.LeftHand or BodyPart.RightHand ? p : p + (normals[v] * standOff))]);
        var posed = new Vector3[clothed.VertexCount];
        Skinning.Apply(clothed, transforms, posed);
        Vector3[] seen = [.. posed.Select(camera.CameraFromWorld)];
        var maps = new SurfaceMaps();
        maps.Clear(camera.Width, camera.Height);
        Rasterizer.Draw(maps, camera, seen, clothed.Triangles);
        var (image, matte) = (new Image(camera.Width, camera.Height), new Matte(camera.Width, camera.Height));
        for (int y = 0; y < camera.Height; y++)
            for (int x = 0; x < camera.Width; x++)
            {
                int t = maps.TriangleAt(x, y);
                image[x, y] = t < 0 ? new Vector4(0.4f, 0.4f, 0.4f, 1) : (colour ?? Colour)(clothed, clothed.Triangles[3 * t]);
                matte[x, y] = t < 0 ? 0 : 1;
            }
        var joints = new Vector3[Joint.Count];
        var turns = new Quaternion[Joint.Count];
        Kinematics.Forward(Skeleton.SmplH, body.RestJoints, pose, turns, joints);
        var keypoints = BodyModel.Default.Keypoints.Select(k => new KeypointObservation(
            camera.Project(joints[k.Joint] + Vector3.Transform(k.Rest.Of(body.Mesh.RestPositions) - body.RestJoints[k.Joint], turns[k.Joint])), 1));
        return (new Photo("drawn.png", image), new Person(new Keypoints([.. keypoints]), Shape.Average, pose, camera), matte);
    }

    /// <summary>What a vertex of the drawn person is coloured.</summary>
    public static Vector4 Colour(SkinnedMesh mesh, int vertex)
    {
        Vector3 p = mesh.RestPositions[vertex];
        return mesh.Parts[vertex] switch
        {
            BodyPart.Head => p.Y > 1.6f ? new Vector4(0.05f, 0.03f, 0.02f, 1) : new Vector4(0.6f, 0.4f, 0.3f, 1),
            BodyPart.LeftHand or BodyPart.RightHand => new Vector4(0.6f, 0.4f, 0.3f, 1),
            _ => p.Y > 0.95f ? new Vector4(0.7f, 0.1f, 0.1f, 1) : new Vector4(0.1f, 0.1f, 0.6f, 1),
        };
    }
}
