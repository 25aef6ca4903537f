using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Motions;

namespace Impersonator.Recovery.Capture;

/// <summary>Takes a person's motion from a video whose camera stays in its place; it may be held by hand, pan and zoom.</summary>
/// <remarks>
/// The person is followed through the frames, which are looked at one by one and not kept, and what the camera does is taken out
/// (<see cref="Steadying"/>); one body is fitted to all that was seen
/// (<see cref="ClipFit"/>), and its standing feet are planted on the ground.
/// </remarks>
public sealed class MotionCapture
{
    /// <summary>Fewest frames that make a motion.</summary>
    public const int MinFrames = 2;

    private readonly PersonRecovery _recovery;

    /// <summary>Prepares to watch.</summary>
    /// <param name="recovery">What finds people, and the model that it fits.</param>
    public MotionCapture(PersonRecovery recovery)
    {
        ArgumentNullException.ThrowIfNull(recovery);
        _recovery = recovery;
    }

    /// <summary>Watches a video.</summary>
    /// <param name="name">Of the video, for messages.</param>
    /// <param name="frames">Its frames, all of one size; read once, in order, as many as are needed.</param>
    /// <param name="frameRate">Frames per second.</param>
    /// <param name="frameCount">About how many there are, for the progress; null if that is not known.</param>
    /// <param name="options">Who and which part; null = the largest person, all of it.</param>
    /// <param name="progress">Told of each frame.</param>
    /// <param name="token">Stops between frames.</param>
    /// <exception cref="InputException">Fewer than two frames, or fewer than two that show a person well enough.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public CapturedMotion Watch(string name, IEnumerable<Frame> frames, double frameRate, int? frameCount = null, CaptureOptions? options = null, IProgress<StageProgress>? progress = null, CancellationToken token = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(frames);
        options ??= new CaptureOptions();
        options.Validate();
        int from = (int)Math.Round(options.From * frameRate), to = options.To is { } end ? (int)Math.Min(int.MaxValue, Math.Round(end * frameRate)) : int.MaxValue;
        int total = Math.Max(1, Math.Min(frameCount ?? 0, to) - from);
        var tracker = new PersonTracker((photo, low, high, turns) => _recovery.Finder.LookAt(photo, low, high, turns, token), photo => _recovery.Finder.FindAll(photo, token: token), options.Person);
        var seen = new List<SeenFrame?>();
        var steadying = new Steadying();
        var steadied = new List<Similarity>();
        (int number, int width, int height) = (0, 0, 0);
        foreach (Frame frame in frames)
        {
            token.ThrowIfCancellationRequested();
            if (number > to) break;
            if (number++ < from) continue;
            (width, height) = (frame.Width, frame.Height);
            PersonLook? look = tracker.Next(new Photo($"{name} frame {number - 1}", frame.ToImage()));
            steadied.Add(steadying.Next(frame, look?.Box));
            seen.Add(Seen(look, width, height)?.Moved(steadied[^1], BodyFit.LevelCamera(width, height, null, new BodyFitOptions())));
            progress?.Report(new StageProgress("Watching", seen.Count, Math.Max(total, seen.Count)));
        }
        if (seen.Count < MinFrames)
            throw new InputException(number >= MinFrames ? $"{name}: {seen.Count} of its {number} frames lie in the part asked for, a motion needs {MinFrames}; choose another start and end." : $"{name} has {number} frame{(number == 1 ? "" : "s")}, a motion needs at least {MinFrames}; give a longer video.");
        return Fit(name, _recovery.Model, seen, steadied, from, width, height, (float)frameRate, options, progress, token);
    }

    /// <summary>What the fit uses of a look; null if that is too little.</summary>
    private SeenFrame? Seen(PersonLook? look, int width, int height)
    {
        if (look is null || look.Size < PersonRecovery.SmallestPerson) return null;
        Keypoints keypoints = look.ToKeypoints();
        return keypoints.Observations.Count(o => o.Confidence > 0) < BodyFit.MinKeypoints ? null : new SeenFrame(keypoints, [.. _recovery.Surface(look)], look.Score, _recovery.Estimate(look, width, height));
    }

    /// <summary>The motion of what was seen, in pixels of the first frame; null where the person was not.</summary>
    internal static CapturedMotion Fit(string name, BodyModel model, IReadOnlyList<SeenFrame?> seen, IReadOnlyList<Similarity> steadied, int firstFrame, int width, int height, float frameRate, CaptureOptions options, IProgress<StageProgress>? progress, CancellationToken token)
    {
        int[] good = [.. Enumerable.Range(0, seen.Count).Where(f => seen[f] is not null)];
        if (good.Length < MinFrames)
            throw new InputException($"{name}: {(good.Length == 0 ? "no person was found" : "a person was found in one frame only")}; give a video that shows one clearly.");
        (int first, int last) = (good[0], good[^1]);
        SeenFrame?[] frames = SideRepair.Apply([.. seen.Skip(first).Take(last - first + 1)], frameRate);
        // Who is filmed moves: knees that bend a little before a leap must not be straightened.
        var fit = new ClipFit(model, frames, width, height, frameRate, new BodyFitOptions { Standing = 0 }, token);
        FitProblem.State?[] found = fit.Solve((done, of) => progress?.Report(new StageProgress("Fitting", done, of)));
        FitProblem.State[] states = Filled(found);
        Body body = model.Create(new Shape(states[0].Shape));
        FitProblem Problem(int frame)
        {
            FitProblem problem = fit.ProblemOf(frame);
            problem.FollowSkin(states[frame], body);
            return problem;
        }
        states = ClipSmoother.Apply(Problem, states, body.RestJoints, frameRate, options.Smoothing, done => progress?.Report(new StageProgress("Smoothing", done, states.Length)), token);
        return CaptureGrounding.Apply(name, model, states, fit.Camera, [.. steadied.Skip(first).Take(frames.Length)], frameRate, firstFrame + first, [.. Enumerable.Range(0, frames.Length).Where(f => frames[f] is null)], token) with { FramesLeftOut = seen.Count - frames.Length };
    }

    /// <summary>Frames between two that were seen, on the shortest way.</summary>
    private static FitProblem.State[] Filled(FitProblem.State?[] found)
    {
        var states = new FitProblem.State[found.Length];
        int before = 0;
        for (int f = 0; f < found.Length; f++)
        {
            if (found[f] is not { } state) continue;
            states[f] = state;
            for (int g = before + 1; g < f; g++)
            {
                float share = PoseInterpolation.Ease((float)(g - before) / (f - before));
                FitProblem.State start = states[before];
                states[g] = start with
                {
                    Root = Vector3.Lerp(start.Root, state.Root, share),
                    Rotations = [.. start.Rotations.Zip(state.Rotations, (a, b) => Quaternion.Normalize(Quaternion.Slerp(a, b, share)))],
                };
            }
            before = f;
        }
        return states;
    }
}
