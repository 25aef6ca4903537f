using System.Numerics;
using Impersonator.Imaging;
using Impersonator.Rendering;

namespace Impersonator.Synthesis;

/// <summary>The completed background seen from another camera: a far picture that pans as the camera turns.</summary>
/// <remarks>
/// One photo knows nothing of what lies beside it. The background hangs at a distance around the subject; where it ends it repeats
/// mirrored, so a pan never shows a border. Seen from the photo's own camera it is the background itself.
/// </remarks>
public sealed class Backdrop
{
    /// <summary>How far behind the camera's subject it hangs, in distances from the camera to the subject.</summary>
    private const float Far = 3;

    private readonly Image _background;
    private readonly Camera _photo;
    private readonly Vector3 _centre;
    private readonly float _distance, _heading;

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
        (_background, _photo, _heading) = (background, photo, Heading(photo));
        _distance = MathF.Max(0.5f, new Vector2(photo.Position.X - subject.X, photo.Position.Z - subject.Z).Length());
        _centre = Focus(photo);
    }

    /// <summary>Draws the backdrop as a camera sees it, opaque.</summary>
    /// <param name="camera">A camera of the background's size.</param>
    /// <param name="frame">Receives the picture.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public void Draw(Camera camera, Frame frame)
    {
        ArgumentNullException.ThrowIfNull(camera);
        ArgumentNullException.ThrowIfNull(frame);
        if (camera.Width != _photo.Width || camera.Height != _photo.Height || frame.Width != camera.Width || frame.Height != camera.Height)
            throw new ArgumentException($"A frame of {frame.Width}x{frame.Height} and a camera of {camera.Width}x{camera.Height} for a backdrop of {_photo.Width}x{_photo.Height}.", nameof(frame));
        // Turning pans; going along moves a far picture a little, and going towards it makes it larger.
        float heading = Heading(camera), turn = MathF.IEEERemainder(heading - _heading, 2 * MathF.PI);
        Vector3 travel = Focus(camera) - _centre;
        Vector3 forward = new(MathF.Sin(heading), 0, MathF.Cos(heading)), right = new(-forward.Z, 0, forward.X);
        float pan = camera.FocalLength * (turn + (Vector3.Dot(right, travel) / (Far * _distance)));
        float scale = Math.Clamp(1 - (Vector3.Dot(forward, travel) / ((Far + 1) * _distance)), 0.4f, 2.5f);
        Vector2 middle = _photo.PrincipalPoint;
        for (int y = 0; y < camera.Height; y++)
        {
            Span<byte> row = frame.Rgba.AsSpan(4 * y * camera.Width, 4 * camera.Width);
            float sy = MirrorRepeat(middle.Y + ((y + 0.5f - middle.Y) * scale), _background.Height);
            for (int x = 0; x < camera.Width; x++)
            {
                Vector4 colour = _background.Sample(MirrorRepeat(middle.X + ((x + 0.5f - middle.X) * scale) + pan, _background.Width), sy);
                Frames.ToBytes(new ReadOnlySpan<Vector4>(in colour), row.Slice(4 * x, 4));
            }
        }
    }

    /// <summary>Where a camera looks over the ground: angle from +Z towards +X, radians.</summary>
    private static float Heading(Camera camera)
    {
        Vector3 forward = Vector3.Transform(Vector3.UnitZ, Quaternion.Conjugate(camera.Rotation));
        return MathF.Atan2(forward.X, forward.Z);
    }

    /// <summary>The point that a camera orbits: as far ahead as the subject was, over the ground.</summary>
    private Vector3 Focus(Camera camera)
    {
        float heading = Heading(camera);
        return (camera.Position with { Y = 0 }) + (new Vector3(MathF.Sin(heading), 0, MathF.Cos(heading)) * _distance);
    }

    private static float MirrorRepeat(float at, float size)
    {
        at = MathF.Abs(at) % (2 * size);
        return at > size ? (2 * size) - at : at;
    }
}
