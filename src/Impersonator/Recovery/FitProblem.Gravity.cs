using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Recovery;

/// <content>What gravity does to people: they hold themselves upright, in balance over their feet, with the feet on one ground.</content>
/// <remarks>
/// One eye does not see whether a body leans away from it. All terms have Cauchy's or Student's heavy tails, so that who jumps, kicks or lies
/// pays once and is then left alone. Shares of mass after Winter, "Biomechanics and Motor Control of Human Movement", 2009.
/// </remarks>
internal sealed partial class FitProblem
{
    private const float BalanceSpread = 0.05f, UprightSpread = 0.05f;
    private const double BalanceFreedom = 8, UprightFreedom = 2, ContactFreedom = 1;

    /// <summary>Four points of two feet say one thing, and shoes have heels.</summary>
    private const double ContactWeight = 0.35;

    /// <summary>Centre of mass minus the middle of the support.</summary>
    private static readonly (int Joint, float Share)[] Balance =
    [
        (Joint.Pelvis, 0.2f), (Joint.Spine3, 0.3f), (Joint.Head, 0.1f), (Joint.LeftElbow, 0.05f), (Joint.RightElbow, 0.05f),
        (Joint.LeftKnee, 0.1f), (Joint.RightKnee, 0.1f), (Joint.LeftAnkle, 0.05f - 0.25f), (Joint.RightAnkle, 0.05f - 0.25f),
        (Joint.LeftFoot, -0.25f), (Joint.RightFoot, -0.25f),
    ];

    private static readonly (int Joint, float Share)[] Torso = [(Joint.Neck, 1), (Joint.Pelvis, -1)];
    private static readonly int[] Feet = [Joint.LeftAnkle, Joint.RightAnkle, Joint.LeftFoot, Joint.RightFoot];

    /// <summary>How far from the ground a foot that stands may seem, one spread, metres. Default 2.5 cm.</summary>
    public float ContactSpread { get; set; } = 0.025f;

    /// <summary>The same state with the ground under its lowest foot.</summary>
    public State Grounded(State state)
    {
        Forward(state);
        Vector3 up = new(0, MathF.Cos(state.Pitch), MathF.Sin(state.Pitch));
        return state with { Ground = Feet.Min(j => Vector3.Dot(_places[j], up) - _meanJoints[j].Y) };
    }

    /// <summary>The same body on the ground; if it stands, its lean towards or away from the camera explained by the camera's pitch.</summary>
    public State Upright(State state)
    {
        Forward(state);
        Vector3 lean = _places[Joint.Neck] - ((_places[Joint.LeftAnkle] + _places[Joint.RightAnkle]) / 2);
        bool stands = MathF.Abs(lean.Z) < 0.85f * lean.Y && lean.Y > 0.6f * _meanJoints[Joint.Neck].Y;
        return Grounded(!stands ? state : state with { Pitch = Math.Clamp(MathF.Atan2(lean.Z, MathF.Max(lean.Y, 0.1f)), -MostPitch, MostPitch) });
    }

    private double AccumulateGravity(State state, double[] row, double[]? gradient, double[,]? matrix)
    {
        if (_options.Gravity <= 0) return 0;
        (float sine, float cosine) = MathF.SinCos(state.Pitch);
        // d(up)/d(pitch) = level, d(level)/d(pitch) = −up.
        Vector3 up = new(0, cosine, sine), level = new(0, -sine, cosine);
        double cost = Term(Balance, level, -up, 0, BalanceSpread, BalanceFreedom, 1, false) + Term(Torso, level, -up, 0, UprightSpread, UprightFreedom, 1, false);
        foreach (int j in Feet) cost += Term([(j, 1)], up, level, state.Ground + _meanJoints[j].Y, ContactSpread, ContactFreedom, ContactWeight, true);
        return cost;

        double Term((int Joint, float Share)[] points, Vector3 direction, Vector3 slope, float offset, float spread, double freedom, double weight, bool ground)
        {
            Vector3 sum = Vector3.Zero;
            foreach ((int j, float share) in points) sum += share * _places[j];
            if (matrix is not null)
            {
                foreach ((int j, float share) in points) AddCarried(row, direction / spread, share * _places[j], j, share);
                row[PitchAt] = Vector3.Dot(sum, slope) / spread;
                if (ground) row[GroundAt] = -1 / spread;
            }
            return AddTailed(row, (Vector3.Dot(sum, direction) - offset) / spread, freedom, weight * _options.Gravity, gradient, matrix);
        }
    }
}
