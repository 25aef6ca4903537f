using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Rendering;

namespace Impersonator.Recovery;

/// <summary>The sum of squares that a fit minimises, and its Gauss–Newton normal equations with analytic derivatives.</summary>
/// <remarks>
/// Unknowns, in order: 3 root rotation, 3 root place, 21·3 joint rotations, K shape, the camera's pitch, the ground's height. Rotations move by q ← q · Exp(δ), so
/// turning joint a moves a point p it carries by <c>(Rₐ e) × (p − placeₐ)</c>, with Rₐ the joint's rotation in world space.
/// Keypoints enter with Geman–McClure weights, so one that is far off is a mistake and stops to pull.
/// </remarks>
internal sealed partial class FitProblem
{
    private const int RootUnknowns = 6, ShapeAt = RootUnknowns + (3 * (Joint.BodyCount - 1));

    /// <summary>Outside a limit a degree costs as much as three spreads inside.</summary>
    private const float LimitSpread = 2 * MathF.PI / 180;

    /// <summary>Degrees of freedom of the pose prior's tails.</summary>
    private const double Freedom = 4;

    private readonly BodyModel _model;
    private readonly Camera _camera;
    private readonly Keypoints _keypoints;
    private readonly BodyFitOptions _options;
    private readonly PosePrior _prior;
    private readonly float _height;
    private readonly Vector3[] _meanJoints, _meanPoints;
    private readonly Vector3[][] _shapeJoints, _shapePoints;
    private readonly bool[,] _moves;
    private readonly Quaternion[] _rotations = new Quaternion[Joint.Count];
    private readonly Vector3[] _places = new Vector3[Joint.Count];

    public FitProblem(BodyModel model, Camera camera, Keypoints keypoints, BodyFitOptions options, PosePrior prior)
    {
        (_model, _camera, _keypoints, _options, _prior) = (model, camera, keypoints, options, prior);
        _height = keypoints.PersonHeight;
        ShapeCount = Math.Min(options.ShapeComponents, model.Components.Length);
        // Everything the fit needs of the shape is linear in it: joints and keypoints, not 13 thousand vertices.
        _meanJoints = [.. model.JointRegressors.Select(r => r.Of(model.Template.RestPositions))];
        _meanPoints = [.. model.Keypoints.Select(k => k.Rest.Of(model.Template.RestPositions))];
        _shapeJoints = [.. Enumerable.Range(0, ShapeCount).Select(k => model.JointRegressors.Select(r => r.Of(model.Components[k])).ToArray())];
        _shapePoints = [.. Enumerable.Range(0, ShapeCount).Select(k => model.Keypoints.Select(p => p.Rest.Of(model.Components[k])).ToArray())];
        _moves = new bool[Joint.Count, Joint.Count];
        for (int j = 0; j < Joint.Count; j++)
            for (int a = j; a >= 0; a = model.Skeleton.Parents[a]) _moves[a, j] = true;
        Count = ShapeAt + ShapeCount + 2;
    }

    /// <summary>Unknowns.</summary>
    public int Count { get; }

    public int ShapeCount { get; }

    /// <summary>A point of the search, in the world of a level camera.</summary>
    /// <param name="Rotations">[22] local rotations.</param>
    /// <param name="Root">The pelvis' place, metres.</param>
    /// <param name="Shape">[K] coefficients.</param>
    /// <param name="Pitch">How far true up leans towards the camera, radians: positive when the camera looks up.</param>
    /// <param name="Ground">Height of the ground along true up, metres.</param>
    public sealed record State(ImmutableArray<Quaternion> Rotations, Vector3 Root, ImmutableArray<float> Shape, float Pitch = 0, float Ground = 0);

    /// <summary>Where each joint and keypoint is, world space, for a state.</summary>
    public void Evaluate(State state, Span<Vector3> points)
    {
        Forward(state);
        for (int k = 0; k < points.Length; k++) points[k] = PointAt(state, k, out _);
    }

    /// <summary>World places of the joints at the last evaluation.</summary>
    public ReadOnlySpan<Vector3> Places => _places;

    /// <summary>World rotations of the joints at the last evaluation.</summary>
    public ReadOnlySpan<Quaternion> JointRotations => _rotations;

    /// <summary>A state moved by a step.</summary>
    public State Step(State state, ReadOnlySpan<double> step)
    {
        var rotations = ImmutableArray.CreateBuilder<Quaternion>(Joint.BodyCount);
        for (int j = 0; j < Joint.BodyCount; j++)
        {
            int at = RotationAt(j);
            Vector3 delta = new((float)step[at], (float)step[at + 1], (float)step[at + 2]);
            rotations.Add(Quaternion.Normalize(state.Rotations[j] * RotationVector.Exp(delta)));
        }
        var shape = ImmutableArray.CreateBuilder<float>(ShapeCount);
        for (int k = 0; k < ShapeCount; k++) shape.Add(Math.Clamp(state.Shape[k] + (float)step[ShapeAt + k], -4, 4));
        return new State(rotations.MoveToImmutable(), state.Root + new Vector3((float)step[3], (float)step[4], (float)step[5]), shape.MoveToImmutable(),
            Math.Clamp(state.Pitch + (float)step[PitchAt], -MostPitch, MostPitch), state.Ground + (float)step[GroundAt]);
    }

    /// <summary>The cost of a state.</summary>
    public double Cost(State state) => Accumulate(state, null, null);

    /// <summary>The cost, its half gradient and the Gauss–Newton matrix.</summary>
    /// <param name="state">Where.</param>
    /// <param name="gradient">[Count] receives Jᵀr.</param>
    /// <param name="matrix">[Count, Count] receives JᵀJ.</param>
    public double Linearise(State state, double[] gradient, double[,] matrix)
    {
        Array.Clear(gradient);
        Array.Clear(matrix);
        return Accumulate(state, gradient, matrix);
    }

    private static int RotationAt(int joint) => joint == 0 ? 0 : RootUnknowns + (3 * (joint - 1));

    private void Forward(State state)
    {
        for (int j = 0; j < Joint.Count; j++)
        {
            int parent = _model.Skeleton.Parents[j];
            if (parent < 0)
            {
                (_rotations[j], _places[j]) = (state.Rotations[j], state.Root);
                continue;
            }
            _rotations[j] = j < Joint.BodyCount ? Quaternion.Normalize(_rotations[parent] * state.Rotations[j]) : _rotations[parent];
            _places[j] = _places[parent] + Vector3.Transform(Rest(_meanJoints, _shapeJoints, state, j) - Rest(_meanJoints, _shapeJoints, state, parent), _rotations[parent]);
        }
    }

    private static Vector3 Rest(Vector3[] mean, Vector3[][] shape, State state, int index)
    {
        Vector3 sum = mean[index];
        for (int k = 0; k < shape.Length; k++) sum += shape[k][index] * state.Shape[k];
        return sum;
    }

    private Vector3 PointAt(State state, int keypoint, out int joint)
    {
        joint = _model.Keypoints[keypoint].Joint;
        return _places[joint] + Vector3.Transform(Rest(_meanPoints, _shapePoints, state, keypoint) - Rest(_meanJoints, _shapeJoints, state, joint), _rotations[joint]);
    }

    private double Accumulate(State state, double[]? gradient, double[,]? matrix)
    {
        Forward(state);
        double cost = 0;
        var row = new double[Count];
        double outlier = _options.OutlierScale / _options.KeypointSpread;
        for (int k = 0; k < Keypoints.Count; k++)
        {
            KeypointObservation seen = _keypoints.Observations[k];
            if (seen.Confidence <= 0) continue;
            Vector3 point = PointAt(state, k, out int joint);
            Vector3 p = _camera.CameraFromWorld(point);
            float z = MathF.Max(p.Z, 0.1f);
            float unit = 1 / (_options.KeypointSpread * _height);
            Vector2 error = (_camera.PrincipalPoint + (new Vector2(p.X, p.Y) * (_camera.FocalLength / z)) - seen.Position) * unit;
            // Geman–McClure: ρ(e²) = e² / (1 + e²/c²); its weight ρ' keeps the normal equations those of least squares.
            double e2 = error.LengthSquared(), shrink = 1 + (e2 / (outlier * outlier));
            double confidence = seen.Confidence * seen.Confidence;
            cost += confidence * e2 / shrink;
            if (matrix is null) continue;
            double weight = confidence / (shrink * shrink);
            float scale = _camera.FocalLength * unit / z;
            for (int axis = 0; axis < 2; axis++)
            {
                // d(pixel)/d(world): the row of the projection's derivative, turned into world space.
                Vector3 slope = axis == 0 ? new Vector3(scale, 0, -scale * p.X / z) : new Vector3(0, scale, -scale * p.Y / z);
                slope = Vector3.Transform(slope, Quaternion.Conjugate(_camera.Rotation));
                Array.Clear(row);
                AddPoint(row, slope, point, joint);
                for (int s = 0; s < ShapeCount; s++) row[ShapeAt + s] += Vector3.Dot(slope, Vector3.Transform(_shapePoints[s][k] - _shapeJoints[s][joint], _rotations[joint]));
                Add(row, axis == 0 ? error.X : error.Y, weight, gradient!, matrix);
            }
        }

        for (int j = 1; j < Joint.BodyCount; j++)
        {
            Vector3 vector = RotationVector.Log(state.Rotations[j]);
            var derivative = RotationVector.LogDerivative(vector);
            int at = RotationAt(j);
            for (int axis = 0; axis < 3; axis++)
            {
                float value = vector[axis];
                double residual = (value - _prior.Mean[j][axis]) / _prior.Spread[j][axis];
                // Student's t: mostly near the mean, now and then far from it, and far is then not much worse than less far.
                double tail = 1 + (residual * residual / Freedom);
                cost += Freedom * Math.Log(tail);
                if (matrix is not null) AddRotation(at, derivative, axis, 1 / (_prior.Spread[j][axis] * Math.Sqrt(tail)), residual / Math.Sqrt(tail), gradient!, matrix);
                float beyond = value < _prior.Low[j][axis] ? value - _prior.Low[j][axis] : value > _prior.High[j][axis] ? value - _prior.High[j][axis] : 0;
                if (beyond == 0) continue;
                residual = beyond / LimitSpread;
                cost += residual * residual;
                if (matrix is not null) AddRotation(at, derivative, axis, 1 / LimitSpread, residual, gradient!, matrix);
            }
        }
        for (int k = 0; k < ShapeCount; k++)
        {
            cost += state.Shape[k] * state.Shape[k];
            if (matrix is null) continue;
            int at = ShapeAt + k;
            gradient![at] += state.Shape[k];
            matrix[at, at] += 1;
        }
        return cost + AccumulateGravity(state, row, gradient, matrix);
    }

    /// <summary>Adds slope · d(point)/d(unknowns) for a point that a joint carries; its own place in the joint's frame held fixed.</summary>
    private void AddPoint(double[] row, Vector3 slope, Vector3 point, int joint)
    {
        row[3] += slope.X;
        row[4] += slope.Y;
        row[5] += slope.Z;
        for (int a = 0; a < Joint.BodyCount; a++)
        {
            if (!_moves[a, joint]) continue;
            // slope · ((R e) × d) = e · Rᵀ(d × slope)
            Vector3 turned = Vector3.Transform(Vector3.Cross(point - _places[a], slope), Quaternion.Conjugate(_rotations[a]));
            int at = RotationAt(a);
            row[at] += turned.X;
            row[at + 1] += turned.Y;
            row[at + 2] += turned.Z;
        }
        for (int j = joint; _model.Skeleton.Parents[j] is >= 0 and var parent; j = parent)
        {
            Vector3 local = Vector3.Transform(slope, Quaternion.Conjugate(_rotations[parent]));
            for (int k = 0; k < ShapeCount; k++) row[ShapeAt + k] += Vector3.Dot(local, _shapeJoints[k][j] - _shapeJoints[k][parent]);
        }
    }

    private static void AddRotation(int at, (Vector3 X, Vector3 Y, Vector3 Z) derivative, int axis, double scale, double residual, double[] gradient, double[,] matrix)
    {
        Span<double> slope = [derivative.X[axis] * scale, derivative.Y[axis] * scale, derivative.Z[axis] * scale];
        for (int i = 0; i < 3; i++)
        {
            gradient[at + i] += slope[i] * residual;
            for (int k = 0; k < 3; k++) matrix[at + i, at + k] += slope[i] * slope[k];
        }
    }

    private static void Add(double[] row, double residual, double weight, double[] gradient, double[,] matrix)
    {
        Span<int> used = stackalloc int[row.Length];
        int count = 0;
        for (int i = 0; i < row.Length; i++)
            if (row[i] != 0) used[count++] = i;
        foreach (int i in used[..count])
        {
            double scaled = row[i] * weight;
            gradient[i] += scaled * residual;
            foreach (int k in used[..count]) matrix[i, k] += scaled * row[k];
        }
    }
}
