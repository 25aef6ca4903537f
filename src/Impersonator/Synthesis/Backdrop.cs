using System.Numerics;
using Impersonator.Imaging;
using Impersonator.Rendering;

namespace Impersonator.Synthesis;

/// <summary>The completed background seen from another camera: a floor and a round wall behind the subject.</summary>
/// <remarks>
/// One photo knows nothing of what lies behind its camera. The floor (y = 0) and a cylinder around the subject take their
/// colours from where the photo's camera saw them; what it could not see repeats mirrored, so that an orbit closes.
/// Seen from the photo's own camera the backdrop is the background itself.
/// </remarks>
public sealed class Backdrop
{
    /// <summary>Radius of the wall, in distances from the photo's camera to the subject.</summary>
    private const float WallDistance = 2.5f;

    private readonly Image _background;
    private readonly Camera _photo;
    private readonly Vector3 _centre, _towardsCamera;
    private readonly float _radius, _mirrorAt;

    /// <summary>Places a background around a subject.</summary>
    /// <param name="background">The photo without the person.</param>
    /// <param name="photo">The photo's camera, at the background's size.</param>
    /// <param name="subject">Where the subject stands, metres, world space.</param>
    /// <exception cref="ArgumentException">Camera and background differ in size.</exception>
    public Backdrop(Image background, Camera photo, Vector3 subject)
    {
        ArgumentNullException.ThrowIfNull(background);
        ArgumentNullException.ThrowIfNull(photo);
        if (photo.Width != background.Width || photo.Height != background.Height)
            throw new ArgumentException($"The camera's picture is {photo.Width}x{photo.Height}, the background {background.Width}x{background.Height}.", nameof(photo));
        (_background, _photo, _centre) = (background, photo, subject with { Y = 0 });
        Vector3 away = (photo.Position - subject) with { Y = 0 };
        float distance = MathF.Max(away.Length(), 0.5f);
        _towardsCamera = away / distance;
        _radius = WallDistance * distance;
        // Just before the camera: nearer floor was never in the picture, and behind it everything mirrors.
        _mirrorAt = 0.8f * distance;
    }

    /// <summary>Draws the backdrop as a camera sees it, opaque.</summary>
    /// <param name="camera">Any camera; its size is the result's.</param>
    /// <param name="frame">Receives the picture.</param>
    /// <exception cref="ArgumentException">The frame has another size than the camera.</exception>
    public void Draw(Camera camera, Frame frame)
    {
        ArgumentNullException.ThrowIfNull(camera);
        ArgumentNullException.ThrowIfNull(frame);
        if (frame.Width != camera.Width || frame.Height != camera.Height)
            throw new ArgumentException($"A frame of {frame.Width}x{frame.Height} for a camera of {camera.Width}x{camera.Height}.", nameof(frame));
        bool same = camera.Rotation == _photo.Rotation && camera.Translation == _photo.Translation;
        var (sx, sy) = ((float)_background.Width / camera.Width, (float)_background.Height / camera.Height);
        Vector3 eye = camera.Position;
        Quaternion worldFromCamera = Quaternion.Conjugate(camera.Rotation);
        Parallel.For(0, camera.Height, y =>
        {
            for (int x = 0; x < camera.Width; x++)
            {
                Vector2 at = new(x + 0.5f, y + 0.5f);
                Vector2 place;
                if (same) place = at * new Vector2(sx, sy);
                else
                {
                    Vector2 plane = (at - camera.PrincipalPoint) / camera.FocalLength;
                    place = Place(eye, Vector3.Transform(new Vector3(plane, 1), worldFromCamera));
                }
                Vector4 colour = _background.Sample(place.X, place.Y);
                Frames.ToBytes(new ReadOnlySpan<Vector4>(in colour), frame.Rgba.AsSpan(4 * ((y * camera.Width) + x), 4));
            }
        });
    }

    /// <summary>The background's pixel that a ray from an eye meets.</summary>
    private Vector2 Place(Vector3 eye, Vector3 ray)
    {
        // The wall: |eye + t·ray − centre| = radius over the ground, the far crossing as seen from inside.
        Vector2 e = new(eye.X - _centre.X, eye.Z - _centre.Z), r = new(ray.X, ray.Z);
        float a = MathF.Max(r.LengthSquared(), 1e-9f), b = Vector2.Dot(e, r), c = e.LengthSquared() - (_radius * _radius);
        float t = (-b + MathF.Sqrt(MathF.Max(0, (b * b) - (a * c)))) / a;
        if (ray.Y < 0) t = MathF.Min(t, -eye.Y / ray.Y);
        Vector3 point = eye + (ray * t);

        float ahead = Vector3.Dot(point - _centre, _towardsCamera);
        if (ahead > _mirrorAt) point -= _towardsCamera * (2 * (ahead - _mirrorAt));
        Vector3 seen = _photo.CameraFromWorld(point);
        if (seen.Z < 0.05f) seen.Z = 0.05f;
        Vector2 pixel = _photo.PrincipalPoint + (new Vector2(seen.X, seen.Y) * (_photo.FocalLength / seen.Z));
        return new Vector2(MirrorRepeat(pixel.X, _background.Width), MirrorRepeat(pixel.Y, _background.Height));
    }

    private static float MirrorRepeat(float at, float size)
    {
        at = MathF.Abs(at) % (2 * size);
        return at > size ? (2 * size) - at : at;
    }
}
