using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Rendering;

namespace Impersonator.Recovery.Capture;

/// <summary>Fits one body to all frames of a clip: shape and camera from a few frames, then a pose to each frame, from its neighbours on.</summary>
/// <remarks>
/// One eye mistakes a limb that bends away for one that bends near, and a network mistakes left for right; a mistake lasts a few frames. Every
/// frame is therefore fitted from the frame before it and from the frame after it, and the way through these answers that costs and moves
/// least is taken (Viterbi, 1967).
/// </remarks>
internal sealed class ClipFit
{
    /// <summary>Frames from which shape and camera are found.</summary>
    private const int MostKeys = 6;

    /// <summary>Frames from which they are found once more when all poses are known.</summary>
    private const int MostShared = 24;

    /// <summary>Steps from a neighbour's pose, before and after the skin is followed.</summary>
    private const int FirstSteps = 8, MoreSteps = 4;

    /// <summary>A joint turns, and the body moves, about so much in a second: what the way through the answers costs, radians and metres.</summary>
    private const float TurnSpeed = 4, MoveSpeed = 2;

    private static readonly SeenFrame Nobody = new(new Keypoints([.. new KeypointObservation[Keypoints.Count]]), [], 0);

    private readonly BodyModel _model;
    private readonly BodyFitOptions _options;
    private readonly PosePrior _prior;
    private readonly IReadOnlyList<SeenFrame?> _frames;
    private readonly float _rate;
    private readonly CancellationToken _token;
    private readonly Camera _camera;

    public ClipFit(BodyModel model, IReadOnlyList<SeenFrame?> frames, int width, int height, float framesPerSecond, BodyFitOptions options, CancellationToken token)
    {
        (_model, _frames, _rate, _options, _prior, _token) = (model, frames, framesPerSecond, options, PosePrior.Learned, token);
        _camera = BodyFit.LevelCamera(width, height, null, options);
    }

    /// <summary>The level camera; the focal length found is in the states' zoom.</summary>
    public Camera Camera => _camera;

    /// <summary>[F] a state for each frame that was seen, all of one shape and camera; null for the others.</summary>
    /// <param name="done">Told how many frames are fitted, of how many.</param>
    public FitProblem.State?[] Solve(Action<int, int> done)
    {
        int[] seen = [.. Enumerable.Range(0, _frames.Count).Where(f => _frames[f] is not null)];
        int[] keys = Keys(seen);
        int total = keys.Length + (2 * seen.Length), count = 0;
        var found = new Dictionary<int, FitProblem.State>();
        foreach (int f in keys)
        {
            SeenFrame frame = _frames[f]!;
            found[f] = BodyFit.Solve(_model, frame.Keypoints, frame.Surface, _camera.Width, _camera.Height, null, OptionsOf(frame), _prior, _token).State;
            done(++count, total);
        }
        FitProblem.State shared = Shared([.. found.Values]);
        Body body = _model.Create(new Shape(shared.Shape));
        foreach (int f in keys) found[f] = With(found[f], shared);

        var answers = new List<(FitProblem.State State, double Cost)>[_frames.Count];
        foreach (int f in seen) answers[f] = [];
        foreach (bool back in (ReadOnlySpan<bool>)[false, true])
        {
            FitProblem.State? before = null;
            foreach (int f in back ? seen.Reverse() : seen)
            {
                FitProblem problem = ProblemOf(f);
                (FitProblem.State State, double Cost)? best = null;
                if (before is not null) best = Refine(problem, before, body);
                if (found.TryGetValue(f, out FitProblem.State? own) || before is null)
                {
                    (FitProblem.State State, double Cost) other = Refine(problem, own ?? found[keys.MinBy(k => Math.Abs(k - f))], body);
                    if (best is null || other.Cost < best.Value.Cost) best = other;
                }
                answers[f].Add(best!.Value);
                before = best.Value.State;
                done(++count, total);
            }
        }
        return OnOneGround(seen, Way(seen, answers));
    }

    /// <summary>The states with shape, camera and ground found once more from frames all over the clip.</summary>
    private FitProblem.State?[] OnOneGround(int[] seen, FitProblem.State?[] states)
    {
        int count = Math.Min(MostShared, seen.Length);
        int[] some = [.. Enumerable.Range(0, count).Select(i => seen[(int)((i + 0.5f) * seen.Length / count)])];
        Body body = _model.Create(new Shape(states[seen[0]]!.Shape));
        FitProblem[] problems = [.. some.Select(ProblemOf)];
        Parallel.For(0, count, i => problems[i].FollowSkin(states[some[i]]!, body));
        FitProblem.State shared = SharedFit.Solve(problems, [.. some.Select(f => states[f]!)], _token)[0];
        return [.. states.Select(s => s is null ? null : With(s, shared))];
    }

    /// <summary>The sum of squares of one frame; where nobody was seen, what is usual alone.</summary>
    public FitProblem ProblemOf(int frame) => new(_model, _camera, (_frames[frame] ?? Nobody).Keypoints, (_frames[frame] ?? Nobody).Surface, OptionsOf(_frames[frame]), _prior);

    private BodyFitOptions OptionsOf(SeenFrame? frame) => _options with { Estimate = frame?.Estimate };

    /// <summary>One frame out of each of as many equal parts of the clip: the surest.</summary>
    private int[] Keys(int[] seen)
    {
        int parts = Math.Min(MostKeys, seen.Length);
        return [.. Enumerable.Range(0, parts).Select(p => seen[(p * seen.Length / parts)..((p + 1) * seen.Length / parts)]
            .MaxBy(f => (_frames[f]!.Keypoints.Observations.Count(o => o.Confidence > 0), _frames[f]!.Score)))];
    }

    /// <summary>The middle of each number that all frames share.</summary>
    private FitProblem.State Shared(FitProblem.State[] states) => states[0] with
    {
        Shape = [.. Enumerable.Range(0, states[0].Shape.Length).Select(k => Median(states.Select(s => s.Shape[k])))],
        Pitch = Median(states.Select(s => s.Pitch)),
        Zoom = Median(states.Select(s => s.Zoom)),
        Ground = Median(states.Select(s => s.Ground)),
    };

    /// <summary>The same pose in the shared shape and camera, as far away as keeps its size in the picture.</summary>
    private static FitProblem.State With(FitProblem.State state, FitProblem.State shared)
        => state with { Shape = shared.Shape, Pitch = shared.Pitch, Zoom = shared.Zoom, Ground = shared.Ground, Root = state.Root * MathF.Exp(shared.Zoom - state.Zoom) };

    private static float Median(IEnumerable<float> values)
    {
        float[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private (FitProblem.State State, double Cost) Refine(FitProblem problem, FitProblem.State start, Body body)
    {
        (FitProblem.State state, double cost) = Descend(problem, start, FirstSteps);
        problem.FollowSkin(state, body);
        return Descend(problem, state, MoreSteps);
    }

    /// <summary>Damped Gauss–Newton over the pose alone.</summary>
    private (FitProblem.State State, double Cost) Descend(FitProblem problem, FitProblem.State state, int steps)
    {
        const double Enough = 1e-3;
        var gradient = new double[problem.Count];
        var matrix = new double[problem.Count, problem.Count];
        var step = new double[problem.Count];
        double damping = 1e-3, cost = problem.Linearise(state, gradient, matrix);
        for (int i = 0; i < steps; i++)
        {
            _token.ThrowIfCancellationRequested();
            double before = cost;
            while (true)
            {
                if (LinearSolver.SolveDamped(matrix, gradient[..FitProblem.PoseCount], damping) is { } moved)
                {
                    moved.CopyTo(step, 0);
                    FitProblem.State next = problem.Step(state, step);
                    if (problem.Cost(next) < cost)
                    {
                        (state, damping) = (next, Math.Max(damping / 4, 1e-7));
                        break;
                    }
                }
                damping *= 5;
                if (damping > 1e6) return (state, cost);
            }
            cost = problem.Linearise(state, gradient, matrix);
            if (before - cost < Enough * (1 + cost)) break;
        }
        return (state, cost);
    }

    private FitProblem.State?[] Way(int[] seen, List<(FitProblem.State State, double Cost)>[] answers)
    {
        var costs = new double[seen.Length][];
        var from = new int[seen.Length][];
        for (int i = 0; i < seen.Length; i++)
        {
            var own = answers[seen[i]];
            (costs[i], from[i]) = ([.. own.Select(a => a.Cost)], new int[own.Count]);
            if (i == 0) continue;
            var before = answers[seen[i - 1]];
            float seconds = (seen[i] - seen[i - 1]) / _rate;
            for (int a = 0; a < own.Count; a++)
            {
                (int best, double least) = (0, double.PositiveInfinity);
                for (int b = 0; b < before.Count; b++)
                    if (costs[i - 1][b] + Change(before[b].State, own[a].State, seconds) is var sum && sum < least) (best, least) = (b, sum);
                costs[i][a] += least;
                from[i][a] = best;
            }
        }
        var way = new FitProblem.State?[_frames.Count];
        int at = Array.IndexOf(costs[^1], costs[^1].Min());
        for (int i = seen.Length - 1; i >= 0; at = from[i--][at]) way[seen[i]] = answers[seen[i]][at].State;
        return way;
    }

    private static double Change(FitProblem.State a, FitProblem.State b, float seconds)
    {
        double sum = Tailed(Vector3.Distance(a.Root, b.Root) / (MoveSpeed * seconds));
        for (int j = 0; j < Joint.BodyCount; j++)
            sum += Tailed(RotationVector.Log(Quaternion.Conjugate(a.Rotations[j]) * b.Rotations[j]).Length() / (TurnSpeed * seconds));
        return sum;

        static double Tailed(double r) => 2 * Math.Log(1 + (r * r / 2));
    }
}
