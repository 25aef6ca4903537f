using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Motions;
using Impersonator.Rendering;
using Impersonator.Subjects;
using Impersonator.Synthesis.Generation;

namespace Impersonator.Synthesis;

/// <summary>One take: a subject performs a motion before a camera. Frames are independent of each other.</summary>
public sealed class Shot : IDisposable
{
    /// <summary>Poses that are enough to see where a motion goes.</summary>
    private const int MostSamples = 120;

    /// <summary>So much may leave the picture before a camera goes along by itself, in shares of it.</summary>
    private const float LittleOverrun = 0.05f;

    private readonly Subject _subject;
    private readonly Performance _performance;
    private readonly UpperBodyPerformance? _upper;
    private readonly ShotOptions _options;
    private readonly Func<ISubjectPainter> _newPainter;
    private readonly GeneratorSubject? _generated;
    private readonly Camera _camera;
    private readonly Backdrop _backdrop;
    private readonly Frame? _still;
    private readonly ConcurrentBag<ISubjectPainter> _painters = [];

    /// <summary>Prepares a shot.</summary>
    /// <param name="subject">Who performs.</param>
    /// <param name="motion">What.</param>
    /// <param name="options">Size, rate, length, camera.</param>
    /// <param name="cancellationToken">Stops the preparation.</param>
    /// <exception cref="Files.InputException">An option is out of its range, or the generator cannot draw this subject or needs other weights.</exception>
    public Shot(Subject subject, Motion motion, ShotOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(motion);
        (_subject, _options) = (subject, options ?? new ShotOptions());
        _options.Validate();
        float seconds = _options.Seconds ?? MathF.Max(motion.Duration, 1 / _options.FramesPerSecond);
        if (seconds > motion.Duration && motion.FrameCount > 2) motion = motion.Repeat((int)MathF.Ceiling(seconds / motion.Duration));
        _performance = new Performance(motion, subject.Body, subject.Person.Pose, cancellationToken);
        _upper = UpperBodyPerformance.Of(subject.Person, subject.Body, _performance.At(0));
        FrameCount = Math.Max(1, (int)MathF.Round(seconds * _options.FramesPerSecond));
        Camera = _options.Camera ?? CameraPath.Still;
        MotionExtent extent = Measure(Camera, cancellationToken), own = MotionExtent.Of(subject, [(subject.Person.Pose, subject.Person.Camera)], cancellationToken);
        if (!Camera.Follow && !ShowsUpperBodyOnly)
        {
            CameraPath along = Camera with { Follow = true };
            float still = FindOverrun(extent, own, subject.Person.Camera).Most;
            if (_options.Fit ? !Canvas.CanHold(subject.Person.Camera, extent) : _options.Camera is null && still > LittleOverrun)
            {
                // Who does not travel leaves the picture all the same.
                MotionExtent there = Measure(along, cancellationToken);
                if (_options.Fit || FindOverrun(there, own, subject.Person.Camera).Most < still / 2) (Camera, extent) = (along, there);
            }
        }
        // Below the photo's edge a half body is made up: nothing is added there.
        if (ShowsUpperBodyOnly) extent = extent with { High = extent.High with { Y = MathF.Min(extent.High.Y, subject.Person.Camera.Height) } };
        Canvas canvas = _options.Fit ? Canvas.Around(subject.Person.Camera, subject.Background, extent, _options.Size, _options.Seed, cancellationToken)
            : Canvas.OfPhoto(subject.Person.Camera, subject.Background, _options.Size);
        _camera = canvas.Camera;
        Overrun = FindOverrun(extent, own, _camera);
        if (_options.Generator is { } weights)
        {
            // Frames are drawn on all cores at once, so each is left to one.
            _generated = new GeneratorSubject(subject, weights, threads: 1);
            _newPainter = () => new GeneratorPainter(_generated);
        }
        else
        {
            ImmutableArray<Texture> textures = SubjectPainter.Textures(subject);
            _newPainter = () => new SubjectPainter(subject, textures);
        }
        if (!Camera.IsStill) canvas = canvas.Widened(_options.Seed, cancellationToken);
        _backdrop = new Backdrop(canvas.Background, canvas.Camera, Start);
        if (!Camera.IsStill) return;
        _still = new Frame(Width, Height);
        _backdrop.Draw(_camera, _still);
    }

    /// <summary>Frames in all.</summary>
    public int FrameCount { get; }

    /// <summary>Their rate.</summary>
    public float FramesPerSecond => _options.FramesPerSecond;

    /// <summary>Columns of a frame; even.</summary>
    public int Width => _camera.Width;

    /// <summary>Rows of a frame; even.</summary>
    public int Height => _camera.Height;

    /// <summary>Where the camera is: what was asked for, or going along where the subject would have walked out of the picture.</summary>
    public CameraPath Camera { get; }

    /// <summary>How far the subject leaves the picture during the shot, beyond what the photo itself cuts off.</summary>
    public PictureOverrun Overrun { get; }

    /// <summary>Whether the photo shows no legs: the subject then performs in place, from the hips up, framed as in the photo.</summary>
    public bool ShowsUpperBodyOnly => _upper is not null;

    private Vector3 Start => _subject.Person.Pose.Root;

    /// <summary>Renders one frame; may be called from several threads.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such frame.</exception>
    public Frame Render(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, FrameCount);
        (Pose pose, Camera camera) = Moment(index, _camera, Camera);
        var frame = new Frame(Width, Height);
        if (_still is not null) _still.Rgba.CopyTo(frame.Rgba, 0);
        else _backdrop.Draw(camera, frame);
        if (!_painters.TryTake(out ISubjectPainter? painter)) painter = _newPainter();
        painter.Draw(frame, camera, pose, _options.Shadow && !ShowsUpperBodyOnly);
        _painters.Add(painter);
        return frame;
    }

    /// <summary>All frames in order, rendered on all cores a few ahead of the one who takes them.</summary>
    public IEnumerable<Frame> RenderAll(CancellationToken cancellationToken = default)
        => OrderedFrames.Render(FrameCount, Render, Environment.ProcessorCount + 2, cancellationToken);

    /// <summary>Frees the generator, if there is one. No frame may be under way.</summary>
    public void Dispose() => _generated?.Dispose();

    private (Pose Pose, Camera Camera) Moment(int index, Camera photo, CameraPath path)
    {
        Pose pose = _performance.At(index / _options.FramesPerSecond);
        pose = _upper?.At(pose) ?? pose;
        return (pose, path.At(photo, Start, pose.Root, FrameCount > 1 ? (float)index / FrameCount : 0));
    }

    /// <summary>What the subject sweeps over in the photo's picture plane; some poses stand for all.</summary>
    private MotionExtent Measure(CameraPath path, CancellationToken cancellationToken)
    {
        Camera photo = _subject.Person.Camera;
        int count = Math.Min(FrameCount, MostSamples);
        return MotionExtent.Of(_subject, [.. Enumerable.Range(0, count).Select(k => Moment((int)((long)k * FrameCount / count), photo, path))], cancellationToken);
    }

    /// <summary>How far a motion leaves a camera's picture, beyond what the photo itself cuts off of the subject's own extent.</summary>
    private PictureOverrun FindOverrun(MotionExtent extent, MotionExtent own, Camera camera)
    {
        Camera photo = _subject.Person.Camera;
        // The canvas in the photo's pixels.
        float scale = photo.FocalLength / camera.FocalLength;
        Vector2 low = photo.PrincipalPoint - (camera.PrincipalPoint * scale), high = low + (new Vector2(camera.Width, camera.Height) * scale);
        Vector2 before = Vector2.Max(Vector2.Zero, Vector2.Min(low, own.Low) - extent.Low) / new Vector2(photo.Width, photo.Height);
        Vector2 after = Vector2.Max(Vector2.Zero, extent.High - Vector2.Max(high, own.High)) / new Vector2(photo.Width, photo.Height);
        return new PictureOverrun(before.X, before.Y, after.X, after.Y);
    }
}
