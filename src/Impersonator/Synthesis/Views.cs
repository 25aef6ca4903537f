using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Imaging;
using Impersonator.Networks;
using Impersonator.Recovery;
using Impersonator.Rendering;
using Impersonator.Subjects;
using Impersonator.Synthesis.Generation;

namespace Impersonator.Synthesis;

/// <summary>Still pictures of a subject: as in the photo, and from other sides.</summary>
public static class Views
{
    /// <summary>The subject in its photo pose before the photo's camera.</summary>
    /// <param name="subject">Whom to draw.</param>
    /// <param name="size">The longer side, pixels.</param>
    /// <param name="generator">Weights of the generator to draw with, see <see cref="ShotOptions.Generator"/>.</param>
    /// <exception cref="Files.InputException">The size is out of range, or the generator cannot draw this subject.</exception>
    public static Frame Portrait(Subject subject, int size, Weights? generator = null) => Turned(subject, size, [0], generator)[0];

    /// <summary>The subject in its photo pose seen from all around: the camera goes around it in equal steps.</summary>
    /// <param name="subject">Whom to draw.</param>
    /// <param name="size">The longer side of each picture, pixels.</param>
    /// <param name="count">Pictures, 1 to 360; the first is the photo's own view.</param>
    /// <param name="generator">Weights of the generator to draw with, see <see cref="ShotOptions.Generator"/>.</param>
    /// <exception cref="Files.InputException">A number is out of range, or the generator cannot draw this subject.</exception>
    public static ImmutableArray<Frame> Around(Subject subject, int size, int count, Weights? generator = null)
    {
        if (count is < 1 or > 360) throw new Files.InputException($"{count} views are out of range; give 1 to 360.");
        return Turned(subject, size, [.. Enumerable.Range(0, count).Select(k => 2 * MathF.PI * k / count)], generator);
    }

    /// <summary>Pictures side by side, in rows of four.</summary>
    public static Frame Sheet(ImmutableArray<Frame> pictures)
    {
        int columns = Math.Min(4, pictures.Length), rows = (pictures.Length + columns - 1) / columns, width = pictures[0].Width, height = pictures[0].Height;
        var sheet = new Frame(columns * width, rows * height);
        for (int k = 0; k < pictures.Length; k++)
            for (int y = 0; y < height; y++)
                pictures[k].Rgba.AsSpan(4 * width * y, 4 * width).CopyTo(sheet.Rgba.AsSpan(4 * (((((k / columns) * height) + y) * sheet.Width) + ((k % columns) * width))));
        return sheet;
    }

    private static ImmutableArray<Frame> Turned(Subject subject, int size, ImmutableArray<float> angles, Weights? generator)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var options = new ShotOptions { Size = size };
        options.Validate();
        Canvas canvas = Canvas.OfPhoto(subject.Person.Camera, subject.Background, size);
        Camera photo = canvas.Camera;
        if (angles.Length > 1) canvas = canvas.Widened(seed: 1);
        Vector3 centre = subject.Person.Pose.Root;
        var backdrop = new Backdrop(canvas.Background, canvas.Camera, centre);
        using GeneratorSubject? generated = generator is null ? null : new GeneratorSubject(subject, generator, threads: 0);
        ISubjectPainter painter = generated is null ? new SubjectPainter(subject, SubjectPainter.Textures(subject)) : new GeneratorPainter(generated);
        return [.. angles.Select(angle =>
        {
            Camera camera = angle == 0 ? photo : CameraPath.Orbit(photo, centre, angle);
            var frame = new Frame(photo.Width, photo.Height);
            backdrop.Draw(camera, frame);
            painter.Draw(frame, camera, subject.Person.Pose, shadow: !HalfBodies.IsHalf(subject.Person.Keypoints));
            return frame;
        })];
    }
}
