using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Recovery;

/// <content>What was seen: keypoints and points of the skin, projected.</content>
/// <remarks>
/// Errors are in spreads. They enter with Geman–McClure weights, <c>ρ(e²) = e² / (1 + e²/c²)</c>, so a point that is far off is a mistake and
/// stops to pull; its weight ρ' keeps the normal equations those of least squares.
/// </remarks>
internal sealed partial class FitProblem
{
    /// <summary>[17] how exactly people mark each keypoint against the mean of all: hips lie deep in the body, wrists are thin.</summary>
    /// <remarks>After Ronchi and Perona, "Benchmarking and Error Diagnosis in Multi-Instance Pose Estimation", ICCV 2017; skull, neck and toes by eye.</remarks>
    private static readonly float[] Vagueness = [0.7f, 1.2f, 1.2f, 1, 0.9f, 0.8f, 1, 0.9f, 0.8f, 1.6f, 1.1f, 1, 1.6f, 1.1f, 1, 1.2f, 1.2f];

    /// <summary>Degrees of freedom of a depth's tails: a limb may be taken for the other.</summary>
    private const double DepthFreedom = 3;

    /// <summary>Nothing is seen more exactly, pixels.</summary>
    private const float LeastSigma = 0.1f;

    /// <summary>Moves the points of the skin to where skinning puts them at a state; near it they follow the bones from there.</summary>
    public void FollowSkin(State state) => FollowSkin(state, _model.Create(new Shape(state.Shape)));

    /// <summary>The same, with the body of the state's shape.</summary>
    public void FollowSkin(State state, Body body)
    {
        var posed = new Vector3[body.Mesh.VertexCount];
        body.Pose(new Pose([.. state.Rotations, .. Enumerable.Repeat(Quaternion.Identity, Joint.Count - Joint.BodyCount)], state.Root), posed);
        Forward(state);
        for (int k = 0; k < _surface.Count; k++)
        {
            SurfaceObservation seen = _surface[k];
            Vector3 skin = (posed[seen.Vertex0] * seen.Barycentric.X) + (posed[seen.Vertex1] * seen.Barycentric.Y) + (posed[seen.Vertex2] * seen.Barycentric.Z);
            int strongest = Enumerable.Range(0, _surfacePoints[k].Parts.Length).MaxBy(p => _surfacePoints[k].Parts[p].Weight);
            FitPart part = _surfacePoints[k].Parts[strongest];
            Vector3 missing = Vector3.Transform(skin - PlaceOf(_surfacePoints[k], state), Quaternion.Conjugate(_rotations[part.Joint]));
            _surfacePoints[k] = new FitPoint(_surfacePoints[k].Parts.SetItem(strongest, part with { Mean = part.Mean + missing }));
        }
    }

    private double AccumulateSeen(State state, double[] row, double[]? gradient, double[,]? matrix)
    {
        double cost = 0;
        float own = _options.KeypointSpread * _height, far = _options.OutlierScale * _height;
        for (int k = 0; k < Keypoints.Count; k++)
        {
            KeypointObservation seen = _keypoints.Observations[k];
            if (seen.Confidence <= 0) continue;
            cost += AccumulatePoint(state, _points[k], seen.Position, MathF.Sqrt((own * own * Vagueness[k] * Vagueness[k]) + (seen.Sigma * seen.Sigma)), far, seen.Confidence * seen.Confidence, row, gradient, matrix);
        }
        for (int k = 0; k < _surface.Count; k++)
        {
            SurfaceObservation seen = _surface[k];
            cost += AccumulatePoint(state, _surfacePoints[k], seen.Position, MathF.Max(seen.Sigma, LeastSigma), far, seen.Weight, row, gradient, matrix);
            if (seen.Depth is { } depth && _options.DepthSpread > 0) cost += AccumulateDepth(state, _surfacePoints[k], depth, seen.Weight, row, gradient, matrix);
        }
        return cost;
    }

    /// <summary>How far a point lies behind the pelvis: what one eye sees of depth, a network may tell.</summary>
    private double AccumulateDepth(State state, FitPoint point, float depth, double share, double[] row, double[]? gradient, double[,]? matrix)
    {
        float residual = (Vector3.Dot(PlaceOf(point, state) - _places[0], _sight) - depth) / _options.DepthSpread;
        if (matrix is not null)
        {
            Vector3 slope = _sight / _options.DepthSpread;
            AddPoint(row, slope, point, state);
            // The pelvis moves along.
            (row[3], row[4], row[5]) = (row[3] - slope.X, row[4] - slope.Y, row[5] - slope.Z);
        }
        return AddTailed(row, residual, DepthFreedom, share, gradient, matrix);
    }

    private double AccumulatePoint(State state, FitPoint point, Vector2 seen, float spread, float far, double share, double[] row, double[]? gradient, double[,]? matrix)
    {
        Vector3 p = _camera.CameraFromWorld(PlaceOf(point, state));
        float z = MathF.Max(p.Z, 0.1f), focal = _camera.FocalLength * MathF.Exp(state.Zoom);
        Vector2 fromMiddle = new Vector2(p.X, p.Y) * (focal / z);
        Vector2 error = (_camera.PrincipalPoint + fromMiddle - seen) / spread;
        double outlier = far / spread, e2 = error.LengthSquared(), shrink = 1 + (e2 / (outlier * outlier));
        if (matrix is not null)
        {
            double weight = share / (shrink * shrink);
            float scale = focal / (z * spread);
            for (int axis = 0; axis < 2; axis++)
            {
                // d(pixel)/d(world): the row of the projection's derivative, turned into world space.
                Vector3 slope = axis == 0 ? new Vector3(scale, 0, -scale * p.X / z) : new Vector3(0, scale, -scale * p.Y / z);
                AddPoint(row, Vector3.Transform(slope, Quaternion.Conjugate(_camera.Rotation)), point, state);
                row[ZoomAt] = fromMiddle[axis] / spread;
                Add(row, error[axis], weight, gradient!, matrix);
            }
        }
        return share * e2 / shrink;
    }
}
