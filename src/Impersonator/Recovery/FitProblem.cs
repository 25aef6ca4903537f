using System.Collections.Immutable;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Impersonator.Bodies;
using Impersonator.Rendering;

namespace Impersonator.Recovery;

/// <summary>The sum of squares that a fit minimises, and its Gauss–Newton normal equations with analytic derivatives.</summary>
/// <remarks>
/// Unknowns, in order: 3 root rotation, 3 root place, 21·3 joint rotations, K shape, the camera's pitch, the ground's height, the logarithm of
/// the focal length. Rotations move by q ← q · Exp(δ), so turning joint a moves a point p it carries by <c>(Rₐ e) × (p − placeₐ)</c>,
/// with Rₐ the joint's rotation in world space.
/// </remarks>
internal sealed partial class FitProblem
{
    private const int RootUnknowns = 6, ShapeAt = RootUnknowns + (3 * (Joint.BodyCount - 1));

    /// <summary>The first unknowns, which are of one instant: rotations and the root's place. Those after them hold for as long as somebody is filmed.</summary>
    public const int PoseCount = ShapeAt;

    private readonly BodyModel _model;
    private readonly Camera _camera;
    private readonly Keypoints _keypoints;
    private readonly IReadOnlyList<SurfaceObservation> _surface;
    private readonly BodyFitOptions _options;
    private readonly PosePrior _prior;
    private readonly float _height;
    private readonly Vector3[] _meanJoints;
    private readonly Vector3[][] _shapeJoints;
    private readonly FitPoint[] _points, _surfacePoints;
    private readonly int[][] _chains;
    private readonly Vector3 _sight;
    private readonly Vector3[,] _shapePlaces;
    private readonly Quaternion[] _rotations = new Quaternion[Joint.Count];
    private readonly Vector3[] _places = new Vector3[Joint.Count], _restJoints = new Vector3[Joint.Count];

    /// <summary>Poses the problem.</summary>
    /// <param name="model">The body model, 52 joints.</param>
    /// <param name="camera">A level camera at the world's origin; of unknown focal length, its most likely one.</param>
    /// <param name="keypoints">What was seen.</param>
    /// <param name="surface">Points of the skin that were seen.</param>
    /// <param name="options">Weights; a focal length that is known has no spread.</param>
    /// <param name="prior">How people hold themselves.</param>
    public FitProblem(BodyModel model, Camera camera, Keypoints keypoints, IReadOnlyList<SurfaceObservation> surface, BodyFitOptions options, PosePrior prior)
    {
        (_model, _camera, _keypoints, _surface, _options, _prior) = (model, camera, keypoints, surface, options, prior);
        _height = keypoints.PersonHeight;
        ShapeCount = Math.Min(options.ShapeComponents, model.Components.Length);
        // Everything the fit needs of the shape is linear in it: joints and points, not 13 thousand vertices.
        _meanJoints = [.. model.JointRegressors.Select(r => r.Of(model.Template.RestPositions))];
        _shapeJoints = [.. Enumerable.Range(0, ShapeCount).Select(k => model.JointRegressors.Select(r => r.Of(model.Components[k])).ToArray())];
        _points = [.. model.Keypoints.Select(k => FitPoint.Of(model, k, ShapeCount))];
        _surfacePoints = [.. surface.Select(s => FitPoint.Of(model, s, ShapeCount))];
        _shapePlaces = new Vector3[Joint.Count, ShapeCount];
        _chains = [.. Enumerable.Range(0, Joint.Count).Select(j => Chain(model.Skeleton, j))];
        Count = ShapeAt + ShapeCount + 3;
        (_meanHeight, _shapeHeights) = Heights(model, ShapeCount);
        _saidPlaces = Said();
        _sight = Sight(camera, keypoints);
        _straight = options.Standing > 0 ? StraightLegs.Of(keypoints) : default;
    }

    private FitProblem(FitProblem other)
    {
        (_model, _camera, _keypoints, _surface, _options, _prior) = (other._model, other._camera, other._keypoints, other._surface, other._options, other._prior);
        (_height, _meanJoints, _shapeJoints, _points, _surfacePoints, _chains) = (other._height, other._meanJoints, other._shapeJoints, other._points, other._surfacePoints, other._chains);
        (_meanHeight, _shapeHeights, ShapeCount, Count) = (other._meanHeight, other._shapeHeights, other.ShapeCount, other.Count);
        (_shapePlaces, _saidPlaces, _sight, _straight) = (new Vector3[Joint.Count, ShapeCount], other._saidPlaces, other._sight, other._straight);
    }

    /// <summary>The same problem for another thread: evaluating it leaves places and rotations behind.</summary>
    public FitProblem Twin() => new(this);

    /// <summary>Unknowns.</summary>
    public int Count { get; }

    public int ShapeCount { get; }

    private int PitchAt => Count - 3;

    private int GroundAt => Count - 2;

    private int ZoomAt => Count - 1;

    /// <summary>A point of the search, in the world of a level camera.</summary>
    /// <param name="Rotations">[22] local rotations.</param>
    /// <param name="Root">The pelvis' place, metres.</param>
    /// <param name="Shape">[K] coefficients.</param>
    /// <param name="Pitch">How far true up leans towards the camera, radians: positive when the camera looks up.</param>
    /// <param name="Ground">Height of the ground along true up, metres.</param>
    /// <param name="Zoom">Logarithm of the focal length over the camera's.</param>
    public sealed record State(ImmutableArray<Quaternion> Rotations, Vector3 Root, ImmutableArray<float> Shape, float Pitch = 0, float Ground = 0, float Zoom = 0);

    /// <summary>Where each joint and keypoint is, world space, for a state.</summary>
    public void Evaluate(State state, Span<Vector3> points)
    {
        Forward(state);
        for (int k = 0; k < points.Length; k++) points[k] = PlaceOf(_points[k], state);
    }

    /// <summary>World places of the joints at the last evaluation.</summary>
    public ReadOnlySpan<Vector3> Places => _places;

    /// <summary>World rotations of the joints at the last evaluation.</summary>
    public ReadOnlySpan<Quaternion> JointRotations => _rotations;

    /// <summary>[3][Count] how a joint's place moves with the unknowns at the last state that was linearised.</summary>
    public double[][] PlaceRows(int joint)
    {
        double[][] rows = [new double[Count], new double[Count], new double[Count]];
        AddCarried(rows[0], Vector3.UnitX, _places[joint], joint, 1);
        AddCarried(rows[1], Vector3.UnitY, _places[joint], joint, 1);
        AddCarried(rows[2], Vector3.UnitZ, _places[joint], joint, 1);
        return rows;
    }

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
            Math.Clamp(state.Pitch + (float)step[PitchAt], -MostPitch, MostPitch), state.Ground + (float)step[GroundAt],
            Math.Clamp(state.Zoom + (float)step[ZoomAt], -MostZoom, MostZoom));
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
        MoveByShape(state);
        double cost = Accumulate(state, gradient, matrix);
        // Rows were added to the lower half only.
        for (int i = 0; i < Count; i++)
            for (int k = 0; k < i; k++) matrix[k, i] = matrix[i, k];
        return cost;
    }

    /// <summary>The direction in which the middle of the person is seen, world space.</summary>
    private static Vector3 Sight(Camera camera, Keypoints keypoints)
    {
        Vector2 low = new(float.PositiveInfinity), high = new(float.NegativeInfinity);
        foreach (KeypointObservation seen in keypoints.Observations)
            if (seen.Confidence > 0) (low, high) = (Vector2.Min(low, seen.Position), Vector2.Max(high, seen.Position));
        Vector2 middle = low.X > high.X ? default : (((low + high) / 2) - camera.PrincipalPoint) / camera.FocalLength;
        return Vector3.Transform(Vector3.Normalize(new Vector3(middle, 1)), Quaternion.Conjugate(camera.Rotation));
    }

    /// <summary>The joint and those above it that the fit turns.</summary>
    private static int[] Chain(Skeleton skeleton, int joint)
    {
        var chain = new List<int>();
        for (int a = joint; a >= 0; a = skeleton.Parents[a])
            if (a < Joint.BodyCount) chain.Add(a);
        return [.. chain];
    }

    internal static int RotationAt(int joint) => joint == 0 ? 0 : RootUnknowns + (3 * (joint - 1));

    private void Forward(State state)
    {
        for (int j = 0; j < Joint.Count; j++)
        {
            _restJoints[j] = _meanJoints[j];
            for (int k = 0; k < ShapeCount; k++) _restJoints[j] += _shapeJoints[k][j] * state.Shape[k];
            int parent = _model.Skeleton.Parents[j];
            if (parent < 0)
            {
                (_rotations[j], _places[j]) = (state.Rotations[j], state.Root);
                continue;
            }
            _rotations[j] = j < Joint.BodyCount ? Quaternion.Normalize(_rotations[parent] * state.Rotations[j]) : _rotations[parent];
            _places[j] = _places[parent] + Vector3.Transform(_restJoints[j] - _restJoints[parent], _rotations[parent]);
        }
    }

    /// <summary>How each shape component moves each joint, world space.</summary>
    private void MoveByShape(State state)
    {
        Forward(state);
        for (int j = 1; j < Joint.Count; j++)
        {
            int parent = _model.Skeleton.Parents[j];
            for (int k = 0; k < ShapeCount; k++)
                _shapePlaces[j, k] = _shapePlaces[parent, k] + Vector3.Transform(_shapeJoints[k][j] - _shapeJoints[k][parent], _rotations[parent]);
        }
    }

    private Vector3 PlaceOf(FitPoint point, State state)
    {
        Vector3 sum = Vector3.Zero;
        foreach (FitPart part in point.Parts) sum += PlaceOf(part, state);
        return sum;
    }

    private Vector3 PlaceOf(in FitPart part, State state)
    {
        Vector3 rest = part.Mean - (part.Weight * _restJoints[part.Joint]);
        for (int k = 0; k < ShapeCount; k++) rest += part.Shape[k] * state.Shape[k];
        return (part.Weight * _places[part.Joint]) + Vector3.Transform(rest, _rotations[part.Joint]);
    }

    private double Accumulate(State state, double[]? gradient, double[,]? matrix)
    {
        Forward(state);
        var row = new double[Count];
        return AccumulateSeen(state, row, gradient, matrix) + AccumulatePriors(state, row, gradient, matrix) + AccumulateGravity(state, row, gradient, matrix)
            + AccumulateEstimate(state, row, gradient, matrix) + AccumulateStanding(state, row, gradient, matrix);
    }

    /// <summary>Adds slope · d(point)/d(unknowns).</summary>
    private void AddPoint(double[] row, Vector3 slope, FitPoint point, State state)
    {
        foreach (FitPart part in point.Parts)
        {
            AddCarried(row, slope, PlaceOf(part, state), part.Joint, part.Weight);
            Vector3 local = Vector3.Transform(slope, Quaternion.Conjugate(_rotations[part.Joint]));
            for (int k = 0; k < ShapeCount; k++) row[ShapeAt + k] += Vector3.Dot(local, part.Shape[k] - (part.Weight * _shapeJoints[k][part.Joint]));
        }
    }

    /// <summary>Adds slope · d(share · point)/d(unknowns) for a point that a joint carries; its own place in the joint's frame held fixed.</summary>
    private void AddCarried(double[] row, Vector3 slope, Vector3 sharedPoint, int joint, float share)
    {
        row[3] += slope.X * share;
        row[4] += slope.Y * share;
        row[5] += slope.Z * share;
        foreach (int a in _chains[joint])
        {
            // slope · ((R e) × d) = e · Rᵀ(d × slope)
            Vector3 turned = Vector3.Transform(Vector3.Cross(sharedPoint - (share * _places[a]), slope), Quaternion.Conjugate(_rotations[a]));
            int at = RotationAt(a);
            row[at] += turned.X;
            row[at + 1] += turned.Y;
            row[at + 2] += turned.Z;
        }
        for (int k = 0; k < ShapeCount; k++) row[ShapeAt + k] += share * Vector3.Dot(slope, _shapePlaces[joint, k]);
    }

    /// <summary>Adds a residual to the lower half of the normal equations and clears its row.</summary>
    private static void Add(double[] row, double residual, double weight, double[] gradient, double[,] matrix)
    {
        Span<double> lines = MemoryMarshal.CreateSpan(ref matrix[0, 0], matrix.Length);
        for (int i = 0; i < row.Length; i++)
        {
            if (row[i] == 0) continue;
            double scaled = row[i] * weight;
            gradient[i] += scaled * residual;
            Span<double> line = lines.Slice(i * row.Length, i + 1);
            TensorPrimitives.MultiplyAdd(row.AsSpan(0, i + 1), scaled, line, line);
        }
        Array.Clear(row);
    }
}
