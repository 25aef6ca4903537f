using System.Numerics;

namespace Impersonator.Rendering;

/// <summary>Moves many points from the world into a camera's space.</summary>
internal static class CameraTransform
{
    /// <summary>As <see cref="Camera.CameraFromWorld"/>, with the rotation made a matrix once.</summary>
    public static void Apply(Camera camera, ReadOnlySpan<Vector3> world, Span<Vector3> positions)
    {
        Matrix4x4 cameraFromWorld = Matrix4x4.CreateFromQuaternion(camera.Rotation) with { Translation = camera.Translation };
        for (int v = 0; v < world.Length; v++) positions[v] = Vector3.Transform(world[v], cameraFromWorld);
    }
}
