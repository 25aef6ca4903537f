using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Rendering;

namespace Impersonator.Training.Evaluation;

/// <summary>From how different a side two pictures show a person.</summary>
internal static class ViewAngle
{
    /// <summary>Names of the thirds of half a turn, in order.</summary>
    private static readonly string[] Thirds = ["0–60°", "60–120°", "120–180°"];

    /// <summary>Degrees, 0..180, between the sides of the pelvis that two cameras see, around the camera's vertical.</summary>
    public static float Between(Pose one, Camera oneCamera, Pose other, Camera otherCamera)
    {
        float turn = MathF.Abs(Of(one, oneCamera) - Of(other, otherCamera)) % (2 * MathF.PI);
        return MathF.Min(turn, (2 * MathF.PI) - turn) * 180 / MathF.PI;
    }

    /// <summary>The third of half a turn that an angle lies in.</summary>
    public static string ThirdOf(float degrees) => Thirds[Math.Clamp((int)(degrees / 60), 0, 2)];

    /// <summary>Where the pelvis faces, seen along the direction from the camera to it; 0 = to the camera.</summary>
    private static float Of(Pose pose, Camera camera)
    {
        Vector3 facing = Vector3.Transform(Vector3.Transform(Vector3.UnitZ, pose.Rotations[Joint.Pelvis]), camera.Rotation);
        Vector3 place = camera.CameraFromWorld(pose.Root);
        return MathF.Atan2(facing.X, -facing.Z) + MathF.Atan2(place.X, place.Z);
    }
}
