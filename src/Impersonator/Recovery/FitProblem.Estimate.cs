using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Recovery;

/// <content>What a network thinks of the pose: near it costs little, as far as the network trusts itself.</content>
internal sealed partial class FitProblem
{
    /// <summary>No estimate is believed more exactly, radians.</summary>
    private const float LeastTurn = 3 * MathF.PI / 180;

    /// <summary>No place is believed more exactly, metres.</summary>
    private const float LeastDistance = 0.02f;

    /// <summary>X bends legs; Z is the depth of a level camera.</summary>
    private const int BendAxis = 0, DepthAxis = 2;

    private readonly Vector3[] _saidPlaces;

    /// <summary>Degrees of freedom of its tails: now and then a limb is quite wrong.</summary>
    private const double EstimateFreedom = 3;

    /// <summary>The estimate as a state of the search; the depth is the likely focal length's.</summary>
    public State StateOf(PoseEstimate estimate)
    {
        float depth = Math.Clamp(_camera.FocalLength / estimate.PixelsPerMetre, 0.5f, 60);
        Vector3 root = new((estimate.Place - _camera.PrincipalPoint) * (depth / _camera.FocalLength), depth);
        Quaternion turn = Quaternion.Normalize(Quaternion.Conjugate(_camera.Rotation) * estimate.Rotations[0]);
        return new State(estimate.Rotations.SetItem(0, turn), _camera.WorldFromCamera(root), [.. Enumerable.Range(0, ShapeCount).Select(k => k < estimate.Shape.Coefficients.Length ? estimate.Shape.Coefficients[k] : 0)]);
    }

    private double AccumulateEstimate(State state, double[] row, double[]? gradient, double[,]? matrix)
    {
        if (_options.Estimate is not { } estimate) return 0;
        return AccumulateTurns(estimate, state, row, gradient, matrix) + AccumulatePlaces(estimate, row, gradient, matrix);
    }

    private double AccumulateTurns(PoseEstimate estimate, State state, double[] row, double[]? gradient, double[,]? matrix)
    {
        double cost = 0;
        if (_options.EstimateWeight <= 0) return cost;
        for (int j = 0; j < Joint.BodyCount; j++)
        {
            Quaternion said = j == 0 ? Quaternion.Conjugate(_camera.Rotation) * estimate.Rotations[0] : estimate.Rotations[j];
            Vector3 vector = RotationVector.Log(Quaternion.Normalize(Quaternion.Conjugate(said) * state.Rotations[j]));
            (Vector3 x, Vector3 y, Vector3 z) = RotationVector.LogDerivative(vector);
            int at = RotationAt(j);
            for (int axis = 0; axis < 3; axis++)
            {
                float spread = MathF.Max(LeastTurn, estimate.Spread[j][axis]);
                if (matrix is not null) (row[at], row[at + 1], row[at + 2]) = (x[axis] / spread, y[axis] / spread, z[axis] / spread);
                cost += AddTailed(row, vector[axis] / spread, EstimateFreedom, _options.EstimateWeight * (axis == BendAxis ? Believed(j) : 1), gradient, matrix);
            }
        }
        return cost;
    }

    /// <summary>Joints relative to the pelvis. Turns add up along a limb, places do not: the network knows better where a hand is than how each joint on the way to it is turned.</summary>
    private double AccumulatePlaces(PoseEstimate estimate, double[] row, double[]? gradient, double[,]? matrix)
    {
        double cost = 0;
        if (_options.EstimatePlaceWeight <= 0) return cost;
        for (int j = 1; j < Joint.BodyCount; j++)
        {
            Vector3 off = _places[j] - _places[0] - _saidPlaces[j];
            float spread = MathF.Max(LeastDistance, estimate.Errors[j]);
            for (int axis = 0; axis < 3; axis++)
            {
                if (matrix is not null)
                {
                    Vector3 slope = axis == 0 ? Vector3.UnitX : axis == 1 ? Vector3.UnitY : Vector3.UnitZ;
                    AddCarried(row, slope / spread, _places[j], j, 1);
                    (row[3], row[4], row[5]) = (0, 0, 0);
                }
                cost += AddTailed(row, off[axis] / spread, EstimateFreedom, _options.EstimatePlaceWeight * (axis == DepthAxis ? Believed(j) : 1), gradient, matrix);
            }
        }
        return cost;
    }

    /// <summary>[22] the estimate's joints relative to the pelvis, world space of the level camera.</summary>
    private Vector3[] Said()
    {
        if (_options.Estimate is not { } estimate) return [];
        Forward(StateOf(estimate));
        return [.. Enumerable.Range(0, Joint.BodyCount).Select(j => _places[j] - _places[0])];
    }
}
