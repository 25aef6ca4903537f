using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Recovery.Capture;

/// <summary>Moves the poses of all frames together to where what was seen, how people hold themselves, and how bodies move agree best.</summary>
/// <remarks>
/// Gauss–Newton over the whole clip. What was seen enters with its uncertainty, so that a limb seen well moves freely and one that points at the
/// camera follows its neighbours in time. Accelerations have Student's heavy tails, so that a punch stays a punch; near the ground the speeds of
/// feet have Cauchy's: they stand or they step. The tails grow heavier step by step, as noise in a first guess looks like haste
/// (graduated non-convexity; Blake and Zisserman, 1987). Frames without a person follow from their neighbours.
/// </remarks>
internal sealed class ClipSmoother
{
    private const int Size = FitProblem.PoseCount, Band = (3 * Size) - 1, RootPlace = 3;

    /// <summary>Frames solved at once, and how many of them are solved once more with those that follow.</summary>
    private const int Window = 240, Overlap = 30;

    /// <summary>Frames before a window that hold its beginning: an acceleration takes three.</summary>
    private const int Held = 2;

    private const double HeldWeight = 1e9;

    /// <summary>Spread of the root's acceleration, m/s²: steps and jumps.</summary>
    private const float RootAcceleration = 5;

    /// <summary>How heavy the tails of accelerations are in each step (degrees of freedom), the speed of a standing foot, m/s, and how far it may seem from the ground, metres.</summary>
    private static readonly (double Freedom, float FootSpeed, float Contact)[] Steps = [(1e6, 1, 0.1f), (1e6, 0.5f, 0.1f), (30, 0.3f, 0.05f), (10, 0.2f, 0.05f), (5, 0.12f, 0.025f), (4, 0.1f, 0.025f)];

    /// <summary>How much a standing foot counts, and up to which height above the ground it may stand, metres.</summary>
    private const float FootWeight = 1, FootHeight = 0.05f;

    private static readonly int[] Feet = [Joint.LeftAnkle, Joint.RightAnkle, Joint.LeftFoot, Joint.RightFoot];

    /// <summary>[22] spread of each joint's angular acceleration, rad/s².</summary>
    private static readonly float[] Accelerations = MakeAccelerations();

    private readonly FitProblem[] _problems;
    private readonly float[] _restHeights;
    private readonly float _rate;
    private readonly double _strength;
    private readonly CancellationToken _token;
    private readonly FitProblem.State[] _states;

    private ClipSmoother(FitProblem[] problems, FitProblem.State[] states, float[] restHeights, float framesPerSecond, double strength, CancellationToken token)
        => (_problems, _states, _restHeights, _rate, _strength, _token) = (problems, states, restHeights, framesPerSecond, strength, token);

    /// <summary>The states, smoothed.</summary>
    /// <param name="problemOf">What was seen in a frame.</param>
    /// <param name="states">[F] first guesses, of one shape and camera.</param>
    /// <param name="restJoints">[52] of the body of that shape.</param>
    /// <param name="framesPerSecond">Their rate.</param>
    /// <param name="strength">1 is usual.</param>
    /// <param name="done">Told how many frames are done.</param>
    /// <param name="token">Stops between steps.</param>
    public static FitProblem.State[] Apply(Func<int, FitProblem> problemOf, FitProblem.State[] states, Vector3[] restJoints, float framesPerSecond, double strength, Action<int> done, CancellationToken token)
    {
        FitProblem.State[] smooth = [.. states];
        if (states.Length < 3 || strength <= 0) return smooth;
        for (int first = 0; first < states.Length; first += Window)
        {
            int from = Math.Max(0, first - Held), to = Math.Min(states.Length, first + Window + Overlap), held = first - from;
            var problems = new FitProblem[to - from];
            Parallel.For(0, problems.Length, f => problems[f] = problemOf(from + f));
            var smoother = new ClipSmoother(problems, smooth[from..to], [.. Feet.Select(j => restJoints[j].Y)], framesPerSecond, strength, token);
            smoother.Solve(held);
            for (int f = first; f < to; f++) smooth[f] = smoother._states[f - from];
            done(Math.Min(states.Length, first + Window));
        }
        return smooth;
    }

    private static float[] MakeAccelerations()
    {
        var spread = new float[Joint.BodyCount];
        Array.Fill(spread, 40);
        spread[Joint.Pelvis] = 15;
        foreach (int j in (ReadOnlySpan<int>)[Joint.Spine1, Joint.Spine2, Joint.Spine3, Joint.LeftCollar, Joint.RightCollar]) spread[j] = 8;
        foreach (int j in (ReadOnlySpan<int>)[Joint.Neck, Joint.Head, Joint.LeftFoot, Joint.RightFoot]) spread[j] = 15;
        foreach (int j in (ReadOnlySpan<int>)[Joint.LeftHip, Joint.RightHip, Joint.LeftWrist, Joint.RightWrist]) spread[j] = 30;
        return spread;
    }

    private void Solve(int held)
    {
        int frames = _states.Length;
        var system = new BandedSystem(frames * Size, Band);
        var gradient = new double[frames * Size];
        double damping = 1e-4;
        foreach ((double freedom, float footSpeed, float contact) in Steps)
        {
            foreach (FitProblem problem in _problems) problem.ContactSpread = contact;
            _token.ThrowIfCancellationRequested();
            float[,] standing = Standing();
            double cost = Linearise(system, gradient, freedom, footSpeed, standing, held);
            FitProblem.State[] before = [.. _states];
            for (; damping < 1e4; damping *= 10)
            {
                if (system.SolveDamped(gradient, damping) is not { } step) continue;
                Parallel.For(0, frames, f =>
                {
                    var own = new double[_problems[f].Count];
                    step.AsSpan(f * Size, Size).CopyTo(own);
                    if (f >= held) _states[f] = _problems[f].Step(before[f], own);
                });
                if (Cost(freedom, footSpeed, standing) < cost) break;
                before.CopyTo(_states, 0);
            }
            damping = Math.Clamp(damping / 10, 1e-5, 1);
        }
    }

    /// <summary>[F, 4] how likely each foot's point is on the ground, by its height.</summary>
    private float[,] Standing()
    {
        var standing = new float[_states.Length, Feet.Length];
        Parallel.For(0, _states.Length, f =>
        {
            FitProblem.State state = _states[f];
            _problems[f].Evaluate(state, []);
            Vector3 up = new(0, MathF.Cos(state.Pitch), MathF.Sin(state.Pitch));
            for (int k = 0; k < Feet.Length; k++)
            {
                float height = MathF.Max(0, Vector3.Dot(_problems[f].Places[Feet[k]], up) - state.Ground - _restHeights[k]) / FootHeight;
                standing[f, k] = 1 / (1 + (height * height));
            }
        });
        return standing;
    }

    private double Cost(double freedom, float footSpeed, float[,] standing)
    {
        var own = new double[_states.Length];
        Parallel.For(0, own.Length, f => own[f] = _problems[f].Cost(_states[f]));
        double cost = own.Sum();
        for (int f = 1; f + 1 < _states.Length; f++)
            for (int j = 0; j <= Joint.BodyCount; j++) cost += Tailed(Acceleration(f, j).Value.LengthSquared(), freedom).Cost;
        for (int f = 0; f + 1 < _states.Length; f++)
            for (int k = 0; k < Feet.Length; k++)
                cost += FootWeight * standing[f, k] * standing[f + 1, k] * Tailed(FootStep(f, k, footSpeed).LengthSquared(), 1).Cost;
        return cost;
    }

    private double Linearise(BandedSystem system, double[] gradient, double freedom, float footSpeed, float[,] standing, int held)
    {
        int frames = _states.Length;
        system.Clear();
        var own = new double[frames];
        var places = new double[frames][][];
        Parallel.For(0, frames, f =>
        {
            FitProblem problem = _problems[f];
            (double[] g, double[,] matrix) = (new double[problem.Count], new double[problem.Count, problem.Count]);
            own[f] = problem.Linearise(_states[f], g, matrix);
            g.AsSpan(0, Size).CopyTo(gradient.AsSpan(f * Size));
            for (int i = 0; i < Size; i++)
                for (int k = 0; k <= i; k++) system.Add((f * Size) + i, (f * Size) + k, matrix[i, k]);
            places[f] = [.. Feet.SelectMany(j => problem.PlaceRows(j))];
        });
        double cost = own.Sum();
        for (int f = 1; f + 1 < frames; f++)
            for (int j = 0; j <= Joint.BodyCount; j++) cost += AddAcceleration(system, gradient, f, j, freedom);
        for (int f = 0; f + 1 < frames; f++)
            for (int k = 0; k < Feet.Length; k++) cost += AddFoot(system, gradient, f, k, footSpeed, standing[f, k] * standing[f + 1, k], places);
        for (int i = 0; i < held * Size; i++) system.Add(i, i, HeldWeight);
        return cost;
    }

    /// <summary>Cost and weight of a squared residual with Student's tails.</summary>
    private static (double Cost, double Weight) Tailed(double square, double freedom)
    {
        double tail = 1 + (square / freedom);
        return (freedom * Math.Log(tail), 1 / tail);
    }

    /// <summary>A joint's change of speed at a frame in spreads, and how its last and its next turn carry over; past the last joint, the root's place.</summary>
    private (Vector3 Value, Quaternion Before, Quaternion After, float Scale) Acceleration(int frame, int joint)
    {
        FitProblem.State before = _states[frame - 1], at = _states[frame], after = _states[frame + 1];
        float scale = (float)_strength * _rate * _rate / (joint == Joint.BodyCount ? RootAcceleration : Accelerations[joint]);
        if (joint == Joint.BodyCount) return ((after.Root - (2 * at.Root) + before.Root) * scale, Quaternion.Identity, Quaternion.Identity, scale);
        Quaternion came = Quaternion.Conjugate(before.Rotations[joint]) * at.Rotations[joint], goes = Quaternion.Conjugate(at.Rotations[joint]) * after.Rotations[joint];
        return ((RotationVector.Log(goes) - RotationVector.Log(came)) * scale, Quaternion.Conjugate(came), Quaternion.Conjugate(goes), scale);
    }

    private double AddAcceleration(BandedSystem system, double[] gradient, int frame, int joint, double freedom)
    {
        (Vector3 value, Quaternion came, Quaternion goes, float scale) = Acceleration(frame, joint);
        (double cost, double weight) = Tailed(value.LengthSquared(), freedom);
        int at = joint == Joint.BodyCount ? RootPlace : FitProblem.RotationAt(joint);
        // d Log(a⁻¹ b) = δb − (b⁻¹ a) δa for small turns.
        Span<Vector3> slopes = stackalloc Vector3[9];
        Span<int> unknowns = stackalloc int[9];
        for (int axis = 0; axis < 3; axis++)
        {
            Vector3 e = axis switch { 0 => Vector3.UnitX, 1 => Vector3.UnitY, _ => Vector3.UnitZ };
            (slopes[axis], slopes[3 + axis], slopes[6 + axis]) = (Vector3.Transform(e, came) * scale, (-e - Vector3.Transform(e, goes)) * scale, e * scale);
            for (int k = 0; k < 3; k++) unknowns[(3 * k) + axis] = ((frame - 1 + k) * Size) + at + axis;
        }
        for (int i = 0; i < 9; i++)
        {
            gradient[unknowns[i]] += weight * Vector3.Dot(slopes[i], value);
            for (int k = 0; k < 9; k++)
                if (unknowns[k] <= unknowns[i]) system.Add(unknowns[i], unknowns[k], weight * Vector3.Dot(slopes[i], slopes[k]));
        }
        return cost;
    }

    private Vector3 FootStep(int frame, int foot, float footSpeed)
        => (_problems[frame + 1].Places[Feet[foot]] - _problems[frame].Places[Feet[foot]]) * (_rate / footSpeed);

    private double AddFoot(BandedSystem system, double[] gradient, int frame, int foot, float footSpeed, float standing, double[][][] places)
    {
        Vector3 value = FootStep(frame, foot, footSpeed);
        (double cost, double weight) = Tailed(value.LengthSquared(), 1);
        weight *= FootWeight * standing;
        double scale = _rate / footSpeed;
        Span<int> used = stackalloc int[2 * Size];
        Span<double> slope = stackalloc double[2 * Size];
        for (int axis = 0; axis < 3; axis++)
        {
            int count = 0;
            for (int k = 0; k < 2; k++)
            {
                double[] row = places[frame + k][(3 * foot) + axis];
                for (int i = 0; i < Size; i++)
                    if (row[i] != 0) (used[count], slope[count++]) = (((frame + k) * Size) + i, (k == 0 ? -scale : scale) * row[i]);
            }
            for (int i = 0; i < count; i++)
            {
                gradient[used[i]] += weight * slope[i] * value[axis];
                for (int k = 0; k <= i; k++) system.Add(used[i], used[k], weight * slope[i] * slope[k]);
            }
        }
        return FootWeight * standing * cost;
    }
}
