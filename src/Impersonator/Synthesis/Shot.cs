using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Motions;
using Impersonator.Rendering;
using Impersonator.Subjects;

namespace Impersonator.Synthesis;

/// <summary>One take: a subject performs a motion before a camera. Frames are independent of each other.</summary>
public sealed class Shot
{
    private readonly Subject _subject;
    private readonly Performance _performance;
    private readonly ShotOptions _options;
    private readonly ImmutableArray<Texture> _textures;
    private readonly Camera _camera;
    private readonly Backdrop _backdrop;
    private readonly Frame? _still;
    private readonly ConcurrentBag<SubjectPainter> _painters = [];

    /// <summary>Prepares a shot.</summary>
    /// <exception cref="Files.InputException">An option is out of its range.</exception>
    public Shot(Subject subject, Motion motion, ShotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(motion);
        (_subject, _options) = (subject, options ?? new ShotOptions());
        _options.Validate();
        float seconds = _options.Seconds ?? MathF.Max(motion.Duration, 1 / _options.FramesPerSecond);
        if (seconds > motion.Duration && motion.FrameCount > 2) motion = motion.Repeat((int)MathF.Ceiling(seconds / motion.Duration));
        _performance = new Performance(motion, subject.Body, subject.Person.Pose);
        FrameCount = Math.Max(1, (int)MathF.Round(seconds * _options.FramesPerSecond));
        (Width, Height) = _options.FrameSize(subject.Person.Camera.Width, subject.Person.Camera.Height);
        _camera = subject.Person.Camera.Scaled(Width, Height);
        _textures = SubjectPainter.Textures(subject);
        Image background = subject.Background.Resize(Width, Height);
        _backdrop = new Backdrop(background, _camera, Start);
        if (!_options.Camera.IsStill) return;
        _still = new Frame(Width, Height);
        _backdrop.Draw(_camera, _still);
    }

    /// <summary>Frames in all.</summary>
    public int FrameCount { get; }

    /// <summary>Columns of a frame; even.</summary>
    public int Width { get; }

    /// <summary>Rows of a frame; even.</summary>
    public int Height { get; }

    private Vector3 Start => _subject.Person.Pose.Root;

    /// <summary>Renders one frame; may be called from several threads.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such frame.</exception>
    public Frame Render(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, FrameCount);
        Pose pose = _performance.At(index / _options.FramesPerSecond);
        Camera camera = _options.Camera.At(_camera, Start, pose.Root, FrameCount > 1 ? (float)index / FrameCount : 0);
        var frame = new Frame(Width, Height);
        if (_still is not null) _still.Rgba.CopyTo(frame.Rgba, 0);
        else _backdrop.Draw(camera, frame);
        if (!_painters.TryTake(out SubjectPainter? painter)) painter = new SubjectPainter(_subject, _textures);
        painter.Draw(frame, camera, pose, _options.Shadow);
        _painters.Add(painter);
        return frame;
    }

    /// <summary>All frames in order, rendered on all cores a few ahead of the one who takes them.</summary>
    public IEnumerable<Frame> RenderAll(CancellationToken cancellationToken = default)
        => OrderedFrames.Render(FrameCount, Render, Environment.ProcessorCount + 2, cancellationToken);
}
