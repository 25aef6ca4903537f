using System.Numerics;

namespace Impersonator.Rendering;

/// <summary>A pinhole camera.</summary>
/// <remarks>
/// <c>camera = Rotation · world + Translation</c>; camera space is x right, y down, z forward, so
/// <c>pixel = PrincipalPoint + FocalLength · (x, y) / z</c>. World space is Y up, right-handed.
/// </remarks>
/// <param name="Width">Columns of its picture.</param>
/// <param name="Height">Rows of its picture.</param>
/// <param name="FocalLength">Pixels.</param>
/// <param name="PrincipalPoint">Pixels; the middle of the picture unless it was cropped.</param>
/// <param name="Rotation">cameraFromWorld.</param>
/// <param name="Translation">The world's origin in camera space, metres.</param>
public sealed record Camera(int Width, int Height, float FocalLength, Vector2 PrincipalPoint, Quaternion Rotation, Vector3 Translation)
{
    /// <summary>Turns world space (Y up) into camera space (y down) when the camera looks along −Z: half a turn about X.</summary>
    public static Quaternion FacingMinusZ { get; } = new(1, 0, 0, 0);

    /// <summary>A camera that looks along −Z at the origin from a distance, principal point in the middle.</summary>
    public static Camera Front(int width, int height, float focalLength, float distance)
        => new(width, height, focalLength, new Vector2(width, height) / 2, FacingMinusZ, new Vector3(0, 0, distance));

    /// <summary>Place of the camera in world space.</summary>
    public Vector3 Position => Vector3.Transform(-Translation, Quaternion.Conjugate(Rotation));

    /// <summary>A world point in camera space.</summary>
    public Vector3 CameraFromWorld(Vector3 world) => Vector3.Transform(world, Rotation) + Translation;

    /// <summary>A camera-space point in world space.</summary>
    public Vector3 WorldFromCamera(Vector3 camera) => Vector3.Transform(camera - Translation, Quaternion.Conjugate(Rotation));

    /// <summary>Pixel of a world point; meaningful only where it lies before the camera (z &gt; 0).</summary>
    public Vector2 Project(Vector3 world)
    {
        Vector3 p = CameraFromWorld(world);
        return PrincipalPoint + (new Vector2(p.X, p.Y) * (FocalLength / p.Z));
    }

    /// <summary>The same view at another picture size.</summary>
    public Camera Scaled(int width, int height)
        => this with { Width = width, Height = height, FocalLength = FocalLength * width / Width, PrincipalPoint = PrincipalPoint * new Vector2((float)width / Width, (float)height / Height) };
}
