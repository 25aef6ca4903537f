using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Recovery;

/// <content>Who stands in the photo has straight knees and does not lean, as far as the photo suggests it (<see cref="StraightLegs"/>).</content>
/// <remarks>
/// Motions, from which networks and habits are learned, hardly show anybody who just stands: both bend knees by 25° where people hold them
/// straight, and lean the body forwards to keep it in balance. Tails are heavy: a leg may look straight and be bent.
/// </remarks>
internal sealed partial class FitProblem
{
    private const float KneeBend = 3 * MathF.PI / 180, KneeSpread = 5 * MathF.PI / 180, LeanSpread = 0.03f;
    private const double KneeFreedom = 4, LeanFreedom = 4;

    /// <summary>How much less a network counts that bends or places a leg in depth which looks straight.</summary>
    private const float Doubted = 0.9f;

    private static readonly (int Joint, float Share)[] HipsOverFeet = [(Joint.Pelvis, 1), (Joint.LeftAnkle, -0.5f), (Joint.RightAnkle, -0.5f)];

    /// <summary>How sure it is that the left and the right leg are straight.</summary>
    private readonly (float Left, float Right) _straight;

    private double AccumulateStanding(State state, double[] row, double[]? gradient, double[,]? matrix)
    {
        (float sine, float cosine) = MathF.SinCos(state.Pitch);
        Vector3 up = new(0, cosine, sine), level = new(0, -sine, cosine);
        float both = MathF.Min(_straight.Left, _straight.Right);
        return Knee(Joint.LeftKnee, _straight.Left) + Knee(Joint.RightKnee, _straight.Right) + Lean(HipsOverFeet) + Lean(Torso);

        double Knee(int joint, float share)
        {
            if (share <= 0) return 0;
            Vector3 vector = RotationVector.Log(state.Rotations[joint]);
            if (matrix is not null)
            {
                (Vector3 x, Vector3 y, Vector3 z) = RotationVector.LogDerivative(vector);
                int at = RotationAt(joint);
                (row[at], row[at + 1], row[at + 2]) = (x.X / KneeSpread, y.X / KneeSpread, z.X / KneeSpread);
            }
            return AddTailed(row, (vector.X - KneeBend) / KneeSpread, KneeFreedom, share * _options.Standing, gradient, matrix);
        }

        double Lean((int Joint, float Share)[] points)
        {
            if (both <= 0) return 0;
            Vector3 sum = Vector3.Zero;
            foreach ((int j, float share) in points) sum += share * _places[j];
            if (matrix is not null)
            {
                foreach ((int j, float share) in points) AddCarried(row, level / LeanSpread, share * _places[j], j, share);
                row[PitchAt] = Vector3.Dot(sum, -up) / LeanSpread;
            }
            return AddTailed(row, Vector3.Dot(sum, level) / LeanSpread, LeanFreedom, both * _options.Standing, gradient, matrix);
        }
    }

    /// <summary>What remains of a network's word on how far a joint is bent.</summary>
    private float Believed(int joint) => joint switch
    {
        Joint.LeftHip or Joint.LeftKnee or Joint.LeftAnkle or Joint.LeftFoot => 1 - (Doubted * _straight.Left),
        Joint.RightHip or Joint.RightKnee or Joint.RightAnkle or Joint.RightFoot => 1 - (Doubted * _straight.Right),
        _ => 1,
    };
}
