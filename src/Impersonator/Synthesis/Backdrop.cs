using System.Numerics;
using Impersonator.Imaging;
using Impersonator.Rendering;

namespace Impersonator.Synthesis;

/// <summary>The completed background seen from another camera: the ground turns under the subject, what lies behind pans past.</summary>
/// <remarks>
/// One photo knows nothing of what lies beside it. Below the end of the floor (<see cref="FloorEdge"/>) every pixel is a point of the
/// ground and moves as the ground does; above, the picture stands upright around the subject and pans as fast as the floor's end
/// does. Where either ends it goes on mirrored, so no border is ever seen (<see cref="Shot"/> widens the background before). Seen from the photo's own camera it is the background itself.
/// </remarks>
public sealed class Backdrop
{
    /// <summary>How much of the floor behind the subject fades into what stands behind it.</summary>
    private const float Fade = 0.35f;

    private readonly Image _background;
    private readonly Camera _photo;
    private readonly Vector3 _ahead, _aside, _focus, _below, _belowSeen, _aheadSeen, _asideSeen;
    private readonly float _distance, _wall, _near, _horizon;

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
        (_background, _photo, _ahead) = (background, photo, FloorEdge.Heading(photo));
        _aside = Vector3.Cross(_ahead, Vector3.UnitY);
        _below = photo.Position with { Y = 0 };
        (_belowSeen, _aheadSeen, _asideSeen) = (photo.CameraFromWorld(_below), Vector3.Transform(_ahead, photo.Rotation), Vector3.Transform(_aside, photo.Rotation));
        _distance = MathF.Max(0.5f, new Vector2(photo.Position.X - subject.X, photo.Position.Z - subject.Z).Length());
        _wall = FloorEdge.Find(background, photo, _distance);
        _horizon = FloorEdge.RowAt(photo, 1e4f);
        _focus = Focus(photo);
        // The nearest ground that the photo shows.
        Vector3 lowest = Ray(photo, photo.PrincipalPoint.X, photo.Height);
        _near = lowest.Y < -1e-3f ? Vector3.Dot(lowest, _ahead) * photo.Position.Y / -lowest.Y : float.PositiveInfinity;
    }

    /// <summary>Draws the backdrop as a camera sees it, opaque.</summary>
    /// <param name="camera">Of the background's focal length; its picture may be smaller.</param>
    /// <param name="frame">Receives the picture, of the camera's size.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public void Draw(Camera camera, Frame frame)
    {
        ArgumentNullException.ThrowIfNull(camera);
        ArgumentNullException.ThrowIfNull(frame);
        if (frame.Width != camera.Width || frame.Height != camera.Height)
            throw new ArgumentException($"A frame of {frame.Width}x{frame.Height} for a camera of {camera.Width}x{camera.Height}.", nameof(frame));
        Vector3 ahead = FloorEdge.Heading(camera), travel = Focus(camera) - _focus;
        float turn = MathF.IEEERemainder(MathF.Atan2(ahead.X, ahead.Z) - MathF.Atan2(_ahead.X, _ahead.Z), MathF.Tau);
        // Going along with the subject brings the wall nearer; it gives way before it is reached.
        float wall = MathF.Max(_wall - Vector3.Dot(ahead, travel), 0.5f * _distance), scale = Math.Clamp(wall / _wall, 0.4f, 2.5f);
        float pan = camera.FocalLength * ((turn * (_wall - _distance) / _wall) + (Vector3.Dot(Vector3.Cross(ahead, Vector3.UnitY), travel) / wall));
        Vector3 position = camera.Position;
        float fade = Fade * MathF.Max(0.1f, wall - _distance);
        bool ground = _near < _wall;
        var colours = new Vector4[camera.Width];
        Vector3 step = Ray(camera, 1, 0) - Ray(camera, 0, 0);
        for (int y = 0; y < camera.Height; y++)
        {
            float wallRow = MirrorRepeat(_horizon + ((y + 0.5f + _photo.PrincipalPoint.Y - camera.PrincipalPoint.Y - _horizon) * scale), _background.Height);
            Vector3 ray = Ray(camera, 0.5f, y + 0.5f);
            for (int x = 0; x < camera.Width; x++, ray += step)
            {
                float far = ray.Y < -1e-4f ? Vector3.Dot(ray, ahead) * position.Y / -ray.Y : float.PositiveInfinity;
                float upright = ground ? Math.Clamp(((far - wall) / fade) + 1, 0, 1) : 1;
                Vector4 colour = upright < 1 ? Ground(position + (ray * (position.Y / -ray.Y))) : default;
                if (upright > 0)
                {
                    Vector4 behind = _background.Sample(MirrorRepeat(_photo.PrincipalPoint.X + ((x + 0.5f - camera.PrincipalPoint.X) * scale) + pan, _background.Width), wallRow);
                    colour = upright < 1 ? Vector4.Lerp(colour, behind, upright) : behind;
                }
                colours[x] = colour;
            }
            Frames.ToBytes(colours, frame.Rgba.AsSpan(4 * y * camera.Width, 4 * camera.Width));
        }
    }

    /// <summary>The ground's colour at a place: where the photo does not show it, that of the place mirrored into it.</summary>
    private Vector4 Ground(Vector3 place)
    {
        Vector3 seen = place - _below;
        float far = Vector3.Dot(seen, _ahead);
        if (far > _wall) far = (2 * _wall) - far;
        // What stands at the floor's end does not belong on the floor that nobody has seen.
        if (far < _near) far = _near + MirrorRepeat(_near - far, MathF.Max(0.1f, _wall - (Fade * (_wall - _distance)) - _near));
        // The place in the photo's camera: from below it so far ahead, so far aside.
        Vector3 at = _belowSeen + (_aheadSeen * far) + (_asideSeen * Vector3.Dot(seen, _aside));
        float perDepth = _photo.FocalLength / at.Z;
        return _background.Sample(MirrorRepeat(_photo.PrincipalPoint.X + (at.X * perDepth), _background.Width), _photo.PrincipalPoint.Y + (at.Y * perDepth));
    }

    private static Vector3 Ray(Camera camera, float x, float y)
        => Vector3.Transform(new Vector3((x - camera.PrincipalPoint.X) / camera.FocalLength, (y - camera.PrincipalPoint.Y) / camera.FocalLength, 1), Quaternion.Conjugate(camera.Rotation));

    /// <summary>The point that a camera orbits: as far ahead as the subject was, over the ground.</summary>
    private Vector3 Focus(Camera camera) => (camera.Position with { Y = 0 }) + (FloorEdge.Heading(camera) * _distance);

    private static float MirrorRepeat(float at, float size)
    {
        if (at >= 0 && at <= size) return at;
        at -= 2 * size * MathF.Floor(at / (2 * size));
        return at > size ? (2 * size) - at : at;
    }
}
