using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Recovery;

/// <content>What a network thinks of the pose: near it costs little, as far as the network trusts itself.</content>
internal sealed partial class FitProblem
{
    /// <summary>No estimate is believed more exactly, radians.</summary>
    private const float LeastTurn = 3 * MathF.PI / 180;

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
        if (_options.Estimate is not { } estimate || _options.EstimateWeight <= 0) return 0;
        double cost = 0;
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
                cost += AddTailed(row, vector[axis] / spread, EstimateFreedom, _options.EstimateWeight, gradient, matrix);
            }
        }
        return cost;
    }
}
