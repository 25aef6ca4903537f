using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Imaging;
using Impersonator.Rendering;

namespace Impersonator.Recovery;

/// <summary>Finds shape, pose and place of a body from keypoints in one photo.</summary>
/// <remarks>
/// Damped Gauss–Newton (Levenberg, 1944; Marquardt, 1963) from several headings. Seen by one eye a limb may bend towards
/// the camera or away from it (Taylor, CVPR 2000): after the first solution each limb segment is tried the other way round, and what
/// costs less stays.
/// </remarks>
public static class BodyFit
{
    /// <summary>Fewest known keypoints for a fit.</summary>
    public const int MinKeypoints = 8;

    /// <summary>Fewest where points of the skin are known too: of head and shoulders.</summary>
    public const int MinKeypointsWithSkin = 5;

    /// <summary>So many points of the skin stand for keypoints that are not there.</summary>
    private const int MinSkin = 20;

    /// <summary>Headings that are fitted to the end; the others cost too much after the rough fit.</summary>
    private const int Finalists = 3;

    /// <summary>Refinements after which points of the skin lie where skinning puts them.</summary>
    private const int SkinRounds = 2;

    /// <summary>A try that costs this much more than the best after so many steps is given up.</summary>
    private const double HopelessCost = 15;
    private const int HopelessAfter = 10;

    private static readonly (int Upper, int Middle, int End)[] Limbs =
    [
        (Joint.LeftHip, Joint.LeftKnee, Joint.LeftAnkle), (Joint.RightHip, Joint.RightKnee, Joint.RightAnkle),
        (Joint.LeftShoulder, Joint.LeftElbow, Joint.LeftWrist), (Joint.RightShoulder, Joint.RightElbow, Joint.RightWrist),
    ];

    /// <summary>Fits the model to a person in a photo; what it does not show is as the priors have it.</summary>
    /// <param name="model">The body model, 52 joints.</param>
    /// <param name="photo">The photo; its EXIF may tell the focal length.</param>
    /// <param name="keypoints">What was seen, pixels of the upright photo.</param>
    /// <param name="options">Weights and limits.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <exception cref="InputException">Too few keypoints, or they lie on one spot.</exception>
    public static FitResult Fit(BodyModel model, Photo photo, Keypoints keypoints, BodyFitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(keypoints);
        return Fit(model, keypoints, photo.Width, photo.Height, photo.FocalLength, options, cancellationToken);
    }

    /// <summary>Fits the model to one person's keypoints, whatever they show.</summary>
    /// <param name="model">The body model, 52 joints.</param>
    /// <param name="keypoints">What was seen, pixels of the upright photo.</param>
    /// <param name="width">Columns of the photo.</param>
    /// <param name="height">Rows of the photo.</param>
    /// <param name="focalLength">Pixels, from EXIF; null takes the prior.</param>
    /// <param name="options">Weights and limits.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <exception cref="InputException">Too few keypoints, or they lie on one spot.</exception>
    public static FitResult Fit(BodyModel model, Keypoints keypoints, int width, int height, float? focalLength = null, BodyFitOptions? options = null, CancellationToken cancellationToken = default)
        => Fit(model, keypoints, [], width, height, focalLength, options, cancellationToken);

    /// <summary>Fits the model to one person's keypoints and to points of the skin, such as a network's dense surface coordinates.</summary>
    /// <param name="model">The body model, 52 joints.</param>
    /// <param name="keypoints">What was seen, pixels of the upright photo.</param>
    /// <param name="surface">Points of the skin that were seen.</param>
    /// <param name="width">Columns of the photo.</param>
    /// <param name="height">Rows of the photo.</param>
    /// <param name="focalLength">Pixels, from EXIF; null takes the prior.</param>
    /// <param name="options">Weights and limits.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <exception cref="InputException">Too few keypoints, or they lie on one spot.</exception>
    /// <exception cref="ArgumentException">A surface point names a vertex that the model has not.</exception>
    public static FitResult Fit(BodyModel model, Keypoints keypoints, IReadOnlyList<SurfaceObservation> surface, int width, int height, float? focalLength = null, BodyFitOptions? options = null, CancellationToken cancellationToken = default)
        => Fit(model, keypoints, surface, width, height, focalLength, options ?? new BodyFitOptions(), PosePrior.Learned, cancellationToken);

    internal static FitResult Fit(BodyModel model, Keypoints keypoints, IReadOnlyList<SurfaceObservation> surface, int width, int height, float? focalLength, BodyFitOptions options, PosePrior prior, CancellationToken cancellationToken)
    {
        (FitProblem problem, FitProblem.State state, double cost, int iterations, FitStopReason reason, Camera camera) = Solve(model, keypoints, surface, width, height, focalLength, options, prior, cancellationToken);
        camera = camera with { FocalLength = camera.FocalLength * MathF.Exp(state.Zoom) };
        var points = new Vector3[Keypoints.Count];
        problem.Evaluate(state, points);
        int known = keypoints.Observations.Count(o => o.Confidence > 0);
        float error = 0;
        for (int k = 0; k < points.Length; k++)
            if (keypoints.Observations[k].Confidence > 0) error += Vector2.Distance(camera.Project(points[k]), keypoints.Observations[k].Position) / (known * keypoints.PersonHeight);

        Pose pose = new([.. state.Rotations, .. Enumerable.Repeat(Quaternion.Identity, Joint.Count - Joint.BodyCount)], state.Root);
        var shape = new Shape(state.Shape);
        return new FitResult(Grounding.Apply(model, new Person(keypoints, shape, RelaxedHands.Apply(pose), camera), state.Pitch), error, cost, iterations, reason);
    }

    /// <summary>The same before anything is made of it: the least state, and the level camera with the most likely focal length that it is meant for.</summary>
    internal static (FitProblem Problem, FitProblem.State State, double Cost, int Iterations, FitStopReason Reason, Camera Camera) Solve(BodyModel model, Keypoints keypoints, IReadOnlyList<SurfaceObservation> surface, int width, int height, float? focalLength, BodyFitOptions options, PosePrior prior, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(keypoints);
        ArgumentNullException.ThrowIfNull(surface);
        int known = keypoints.Observations.Count(o => o.Confidence > 0);
        int needed = surface.Count < MinSkin ? MinKeypoints : MinKeypointsWithSkin;
        if (known < needed) throw new InputException($"{known} keypoints are known, at least {needed} are needed; mark more joints of the person.");
        if (keypoints.PersonHeight < 16) throw new InputException($"The person is {keypoints.PersonHeight:F0} pixels tall, at least 16 are needed; give a larger picture or check the joints' coordinates.");

        Camera camera = LevelCamera(width, height, focalLength, options);
        if (focalLength is not null) options = options with { FocalLengthSpread = 0 };
        // A few points of the skin tell which way round a limb is; where exactly it is, all of them.
        var problem = new FitProblem(model, camera, keypoints, Thinned(surface), options, prior);
        // Far from the solution every keypoint looks like a mistake: the first steps trust them all, and nothing else yet.
        var trusting = new FitProblem(model, camera, keypoints, [], options with { OutlierScale = 1, Gravity = 0, Standing = 0, FocalLengthSpread = 0, EstimateWeight = 0, EstimatePlaceWeight = 0 }, prior);
        Found[] rough = Each([.. Headings(keypoints).Select(yaw => Start(model, camera, keypoints, yaw))], start => Minimise(trusting.Twin(), start, options.MaxIterations / 2, double.PositiveInfinity, cancellationToken), cancellationToken);
        var starts = rough.OrderBy(found => found.Cost).Take(Finalists).Select(found => found.State).ToList();
        if (options.Estimate is { } estimate) starts.Add(problem.StateOf(estimate));
        Found best = Each([.. starts.Select(problem.Upright)], start => Minimise(problem.Twin(), start, options.MaxIterations, double.PositiveInfinity, cancellationToken), cancellationToken).MinBy(found => found.Cost);
        for (bool better = true; better;)
        {
            better = false;
            Try([problem.Upright(best.State)]);
            foreach ((int Upper, int Middle, int End)[] pair in Limbs.Chunk(2))
            {
                Try([.. pair.SelectMany(limb =>
                {
                    FitProblem.State flipped = Flip(problem, best.State, camera, limb.Upper, limb.Middle);
                    return (FitProblem.State[])[problem.Grounded(flipped), problem.Grounded(Flip(problem, best.State, camera, limb.Middle, limb.End)), problem.Grounded(Flip(problem, flipped, camera, limb.Middle, limb.End))];
                })]);
            }

            void Try(FitProblem.State[] states)
            {
                double toBeat = best.Cost;
                Found found = Each(states, start => Minimise(problem.Twin(), start, options.MaxIterations, toBeat, cancellationToken), cancellationToken).MinBy(f => f.Cost);
                if (found.Cost >= best.Cost - 0.05) return;
                best = found;
                better = true;
            }
        }

        if (surface.Count > 0) problem = new FitProblem(model, camera, keypoints, surface, options, prior);
        for (int round = 0; round < SkinRounds && surface.Count > 0; round++)
        {
            problem.FollowSkin(best.State);
            best = Minimise(problem, best.State, options.MaxIterations, double.PositiveInfinity, cancellationToken);
        }

        return (problem, best.State, best.Cost, best.Iterations, best.Reason, camera);
    }

    /// <summary>Several tries at once, on all cores; what comes out does not depend on how many there are.</summary>
    private static Found[] Each(FitProblem.State[] starts, Func<FitProblem.State, Found> attempt, CancellationToken cancellationToken)
    {
        var found = new Found[starts.Length];
        Parallel.For(0, found.Length, new ParallelOptions { CancellationToken = cancellationToken }, i => found[i] = attempt(starts[i]));
        return found;
    }

    /// <summary>The points that count much, and of those that count little each fourth for four.</summary>
    private static List<SurfaceObservation> Thinned(IReadOnlyList<SurfaceObservation> surface)
    {
        const float Little = 0.1f;
        const int Step = 4;
        return [.. surface.Where(s => s.Weight >= Little), .. surface.Where(s => s.Weight < Little).Where((_, i) => i % Step == Step / 2).Select(s => s with { Weight = s.Weight * Step })];
    }

    /// <summary>A level camera at the world's origin, of the most likely focal length where it is not known.</summary>
    internal static Camera LevelCamera(int width, int height, float? focalLength, BodyFitOptions options)
        => new(width, height, focalLength ?? (options.DefaultFocalLength * Math.Max(width, height)), new Vector2(width, height) / 2, Camera.FacingMinusZ, Vector3.Zero);

    /// <summary>Facing the camera or away, as the shoulders and hips say, and to both sides of it.</summary>
    private static float[] Headings(Keypoints keypoints)
    {
        float votes = 0;
        foreach ((Keypoint left, Keypoint right) in (ReadOnlySpan<(Keypoint, Keypoint)>)[(Keypoint.LeftShoulder, Keypoint.RightShoulder), (Keypoint.LeftHip, Keypoint.RightHip)])
            if (keypoints[left].Confidence > 0 && keypoints[right].Confidence > 0) votes += keypoints[left].Position.X - keypoints[right].Position.X;
        float front = votes >= 0 ? 0 : MathF.PI;
        return [front, front + 0.9f, front - 0.9f, front + 1.8f, front - 1.8f];
    }

    /// <summary>An average body at the prior's mean pose, as large in the picture as the person.</summary>
    private static FitProblem.State Start(BodyModel model, Camera camera, Keypoints keypoints, float yaw)
    {
        var rotations = ImmutableArray.CreateBuilder<Quaternion>(Joint.BodyCount);
        for (int j = 0; j < Joint.BodyCount; j++) rotations.Add(RotationVector.Exp(PosePrior.Standing[j]));

        // The torso gives scale and direction: hips' middle (or what there is) to the neck.
        Vector2? Middle(Keypoint a, Keypoint b)
        {
            KeypointObservation p = keypoints[a], q = keypoints[b];
            return (p.Confidence > 0, q.Confidence > 0) switch
            {
                (true, true) => (p.Position + q.Position) / 2,
                (true, false) => p.Position,
                (false, true) => q.Position,
                _ => null,
            };
        }
        Vector2? hips = Middle(Keypoint.LeftHip, Keypoint.RightHip), shoulders = Middle(Keypoint.LeftShoulder, Keypoint.RightShoulder);
        float bodyHeight = model.Template.RestPositions.Max(p => p.Y);
        float depth = camera.FocalLength * 0.55f * bodyHeight / MathF.Max(8, keypoints.PersonHeight);
        float roll = 0;
        Vector2 root;
        if (hips is { } h && shoulders is { } s)
        {
            Vector2 up = s - h;
            roll = MathF.Atan2(-up.X, -up.Y);
            depth = camera.FocalLength * 0.27f * bodyHeight / MathF.Max(8, up.Length());
            root = h;
        }
        else root = hips ?? ((shoulders ?? Mean(keypoints)) + new Vector2(0, 0.3f * keypoints.PersonHeight));
        depth = Math.Clamp(depth, 0.5f, 60);
        rotations[0] = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, roll) * Quaternion.CreateFromAxisAngle(Vector3.UnitY, yaw);
        Vector2 plane = (root - camera.PrincipalPoint) * (depth / camera.FocalLength);
        return new FitProblem.State(rotations.MoveToImmutable(), camera.WorldFromCamera(new Vector3(plane, depth)), [.. new float[Math.Min(model.Components.Length, new BodyFitOptions().ShapeComponents)]]);
    }

    private static Vector2 Mean(Keypoints keypoints)
    {
        Vector2 sum = Vector2.Zero;
        int count = 0;
        foreach (KeypointObservation o in keypoints.Observations)
            if (o.Confidence > 0) (sum, count) = (sum + o.Position, count + 1);
        return sum / count;
    }

    /// <summary>Mirrors one limb segment in the plane at right angles to the view, so that it projects to the same place.</summary>
    private static FitProblem.State Flip(FitProblem problem, FitProblem.State state, Camera camera, int joint, int child)
    {
        problem.Evaluate(state, []);
        Vector3 from = problem.Places[joint], to = problem.Places[child];
        Vector3 ray = Vector3.Normalize(from - camera.Position);
        Vector3 direction = Vector3.Normalize(to - from);
        Vector3 mirrored = direction - (2 * Vector3.Dot(direction, ray) * ray);
        Vector3 axis = Vector3.Cross(direction, mirrored);
        if (axis.Length() < 1e-4f) return state;
        Quaternion turn = Quaternion.Normalize(new Quaternion(axis, 1 + Vector3.Dot(direction, mirrored)));
        // Turn in world space → the joint's own frame, and take it back in the child, so that only this segment moves.
        Quaternion world = problem.JointRotations[joint];
        Quaternion local = Quaternion.Conjugate(world) * turn * world;
        ImmutableArray<Quaternion> rotations = state.Rotations;
        Quaternion childWorld = problem.JointRotations[child];
        Quaternion turnedParent = Quaternion.Normalize(turn * world);
        return state with
        {
            Rotations = rotations.SetItem(joint, Quaternion.Normalize(rotations[joint] * local))
                .SetItem(child, Quaternion.Normalize(Quaternion.Conjugate(turnedParent) * childWorld)),
        };
    }

    private static Found Minimise(FitProblem problem, FitProblem.State state, int maxIterations, double toBeat, CancellationToken cancellationToken)
    {
        int n = problem.Count;
        var gradient = new double[n];
        var matrix = new double[n, n];
        double damping = 1e-2, cost = problem.Linearise(state, gradient, matrix);
        for (int iteration = 1; iteration <= maxIterations; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (iteration > HopelessAfter && cost > toBeat + HopelessCost) return new Found(state, cost, iteration, FitStopReason.IterationLimit);
            double before = cost;
            while (true)
            {
                double[]? step = LinearSolver.SolveDamped(matrix, gradient, damping);
                if (step is not null)
                {
                    FitProblem.State next = problem.Step(state, step);
                    double nextCost = problem.Cost(next);
                    if (nextCost < cost)
                    {
                        (state, damping) = (next, Math.Max(damping / 4, 1e-7));
                        break;
                    }
                }
                damping *= 5;
                if (damping > 1e8) return new Found(state, cost, iteration, FitStopReason.Converged);
            }
            cost = problem.Linearise(state, gradient, matrix);
            if (before - cost < 1e-5 * (1 + cost)) return new Found(state, cost, iteration, FitStopReason.Converged);
        }
        return new Found(state, cost, maxIterations, FitStopReason.IterationLimit);
    }

    /// <summary>Where a search ended.</summary>
    private readonly record struct Found(FitProblem.State State, double Cost, int Iterations, FitStopReason Reason);
}
