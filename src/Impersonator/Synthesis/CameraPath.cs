using System.Globalization;
using System.Numerics;
using Impersonator.Files;
using Impersonator.Rendering;

namespace Impersonator.Synthesis;

/// <summary>Where the camera is over time, starting from the photo's own.</summary>
/// <param name="OrbitDegrees">How far it travels around the subject during the shot, degrees; positive goes to the subject's left.</param>
/// <param name="Follow">Go along with the subject's travel over the ground.</param>
public sealed record CameraPath(float OrbitDegrees = 0, bool Follow = false)
{
    /// <summary>The photo's camera, standing still.</summary>
    public static CameraPath Still { get; } = new();

    /// <summary>Whether every frame has the same camera.</summary>
    public bool IsStill => OrbitDegrees == 0 && !Follow;

    /// <summary>Reads <c>still</c> or <c>orbit:DEGREES</c>.</summary>
    /// <exception cref="InputException">The text is neither.</exception>
    public static CameraPath Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == "still") return Still;
        if (text.StartsWith("orbit:", StringComparison.Ordinal)
            && float.TryParse(text.AsSpan(6), NumberStyles.Float, CultureInfo.InvariantCulture, out float degrees) && float.IsFinite(degrees))
            return new CameraPath(degrees);
        throw new InputException($"Camera path \"{text}\" is unknown; use still or orbit:DEGREES, e.g. orbit:360.");
    }

    /// <summary>The camera at a moment of the shot.</summary>
    /// <param name="photo">The photo's camera, at the output's size.</param>
    /// <param name="start">Where the subject stood at the start: a point of its vertical axis, metres, world space.</param>
    /// <param name="now">Where its pelvis is now.</param>
    /// <param name="progress">How much of the shot has passed, [0, 1].</param>
    public Camera At(Camera photo, Vector3 start, Vector3 now, float progress)
    {
        ArgumentNullException.ThrowIfNull(photo);
        Camera camera = photo;
        if (OrbitDegrees != 0) camera = Orbit(camera, start, OrbitDegrees * progress * MathF.PI / 180);
        if (Follow)
        {
            // Only over the ground: a camera that bobs with every step makes viewers seasick.
            Vector3 travel = new(now.X - start.X, 0, now.Z - start.Z);
            camera = camera with { Translation = camera.Translation - Vector3.Transform(travel, camera.Rotation) };
        }
        return camera;
    }

    /// <summary>A camera carried around the vertical through a point.</summary>
    /// <param name="camera">The camera at angle 0.</param>
    /// <param name="centre">A point of the axis, metres, world space.</param>
    /// <param name="angle">Radians; positive moves a camera that looks along −Z towards +X.</param>
    public static Camera Orbit(Camera camera, Vector3 centre, float angle)
    {
        ArgumentNullException.ThrowIfNull(camera);
        // Carrying the camera by R about the centre is the same as turning the world by R⁻¹ before looking.
        var worldFromCarried = Quaternion.CreateFromAxisAngle(Vector3.UnitY, -angle);
        Quaternion rotation = Quaternion.Normalize(camera.Rotation * worldFromCarried);
        Vector3 translation = camera.CameraFromWorld(centre) - Vector3.Transform(centre, rotation);
        return camera with { Rotation = rotation, Translation = translation };
    }
}
