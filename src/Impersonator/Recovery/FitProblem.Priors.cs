using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Recovery;

/// <content>What people and cameras are like: poses, joint limits, shapes, heights, focal lengths, pitches.</content>
/// <remarks>Student's t: mostly near the mean, now and then far from it, and far is then not much worse than less far.</remarks>
internal sealed partial class FitProblem
{
    /// <summary>Outside a limit two degrees cost as much as a spread inside.</summary>
    private const float LimitSpread = 2 * MathF.PI / 180;

    private const float PitchSpread = 7 * MathF.PI / 180, MostPitch = 35 * MathF.PI / 180, MostZoom = 1.2f;
    private const double PitchFreedom = 20, HeightFreedom = 2, ZoomFreedom = 100;

    private readonly float _meanHeight;
    private readonly float[] _shapeHeights;

    private double AccumulatePriors(State state, double[] row, double[]? gradient, double[,]? matrix)
    {
        double cost = 0;
        Span<double> vectors = stackalloc double[3 * Joint.BodyCount];
        var slopes = new (Vector3 X, Vector3 Y, Vector3 Z)[Joint.BodyCount];
        for (int j = 1; j < Joint.BodyCount; j++)
        {
            Vector3 vector = RotationVector.Log(state.Rotations[j]);
            slopes[j] = RotationVector.LogDerivative(vector);
            for (int axis = 0; axis < 3; axis++)
            {
                float value = vector[axis];
                vectors[(3 * j) + axis] = value;
                float beyond = value < PosePrior.Low[j][axis] ? value - PosePrior.Low[j][axis] : value > PosePrior.High[j][axis] ? value - PosePrior.High[j][axis] : 0;
                if (beyond == 0) continue;
                double residual = beyond / LimitSpread;
                cost += residual * residual;
                if (matrix is null) continue;
                AddVector(row, j, axis, 1 / LimitSpread);
                Add(row, residual, 1, gradient!, matrix);
            }
        }

        Span<double> own = stackalloc double[3 * Joint.BodyCount];
        foreach (LimbPrior limb in _prior.Limbs)
        {
            for (int i = 0; i < limb.Joints.Length; i++) vectors.Slice(3 * limb.Joints[i], 3).CopyTo(own[(3 * i)..]);
            Span<double> pose = own[..(3 * limb.Joints.Length)];
            (LimbMode best, double least) = (limb.Modes[0], limb.Modes[0].Cost(pose));
            foreach (LimbMode mode in limb.Modes.AsSpan()[1..])
                if (mode.Cost(pose) is var other && other < least) (best, least) = (mode, other);
            cost += _options.PosePrior * least;
            if (matrix is null) continue;
            foreach (double[] axis in best.Axes)
            {
                double residual = best.Residual(axis, pose);
                for (int i = 0; i < axis.Length; i++) AddVector(row, limb.Joints[i / 3], i % 3, axis[i]);
                Add(row, residual, _options.PosePrior / (1 + (residual * residual / LimbMode.Freedom)), gradient!, matrix);
            }
        }

        float height = _meanHeight;
        for (int k = 0; k < ShapeCount; k++)
        {
            float residual = state.Shape[k] - (k < _options.LikelyShape.Coefficients.Length ? _options.LikelyShape.Coefficients[k] : 0);
            height += state.Shape[k] * _shapeHeights[k];
            cost += residual * residual;
            if (matrix is null) continue;
            gradient![ShapeAt + k] += residual;
            matrix[ShapeAt + k, ShapeAt + k] += 1;
        }
        if (matrix is not null)
            for (int k = 0; k < ShapeCount; k++) row[ShapeAt + k] = _shapeHeights[k] / _options.HeightSpread;
        cost += AddTailed(row, (height - _options.Height) / _options.HeightSpread, HeightFreedom, 1, gradient, matrix);

        row[PitchAt] = 1 / PitchSpread;
        cost += AddTailed(row, state.Pitch / PitchSpread, PitchFreedom, 1, gradient, matrix);
        // A focal length that is known is held: nothing else may move it.
        float zoomSpread = _options.FocalLengthSpread > 0 ? _options.FocalLengthSpread : 1e-4f;
        row[ZoomAt] = 1 / zoomSpread;
        return cost + AddTailed(row, state.Zoom / zoomSpread, ZoomFreedom, 1, gradient, matrix);

        void AddVector(double[] target, int joint, int axis, double scale)
        {
            int at = RotationAt(joint);
            target[at] += slopes[joint].X[axis] * scale;
            target[at + 1] += slopes[joint].Y[axis] * scale;
            target[at + 2] += slopes[joint].Z[axis] * scale;
        }
    }

    /// <summary>Adds a residual with Student's tails and clears its row.</summary>
    private static double AddTailed(double[] row, double residual, double freedom, double weight, double[]? gradient, double[,]? matrix)
    {
        double tail = 1 + (residual * residual / freedom);
        if (matrix is not null) Add(row, residual, weight / tail, gradient!, matrix);
        else Array.Clear(row);
        return weight * freedom * Math.Log(tail);
    }

    /// <summary>Height of the average body and what each component adds to it: skull over soles.</summary>
    private static (float Mean, float[] Shape) Heights(BodyModel model, int shapeCount)
    {
        Vector3[] at = model.Template.RestPositions;
        int top = Enumerable.Range(0, at.Length).MaxBy(v => at[v].Y), sole = Enumerable.Range(0, at.Length).MinBy(v => at[v].Y);
        return (at[top].Y - at[sole].Y, [.. model.Components.Take(shapeCount).Select(c => c[top].Y - c[sole].Y)]);
    }
}
