using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Recovery;

/// <summary>Which joint rotations people have: habits of each limb, and limits that anatomy sets.</summary>
/// <remarks>
/// Axes are the T-pose's: X bends legs and back, Y turns, Z raises. Limits are in degrees of the rotation vectors; they
/// follow the ranges of motion of the American Academy of Orthopaedic Surgeons (1994), a little wider.
/// </remarks>
internal sealed partial class PosePrior
{
    private const float Degree = MathF.PI / 180;

    public PosePrior(ImmutableArray<LimbPrior> limbs) => Limbs = limbs;

    /// <summary>The limbs; no joint is in two of them.</summary>
    public ImmutableArray<LimbPrior> Limbs { get; }

    /// <summary>[22] rotation vectors of a person who stands with hanging arms, radians: where a search starts.</summary>
    public static Vector3[] Standing { get; }

    /// <summary>[22] lowest rotation vector, radians.</summary>
    public static Vector3[] Low { get; }

    /// <summary>[22] highest rotation vector, radians.</summary>
    public static Vector3[] High { get; }

    /// <summary>Means and spreads set by hand, every joint for itself.</summary>
    public static PosePrior Anatomical { get; }

    static PosePrior()
    {
        var (mean, spread, low, high) = (new Vector3[Joint.BodyCount], new Vector3[Joint.BodyCount], new Vector3[Joint.BodyCount], new Vector3[Joint.BodyCount]);
        void Set(int joint, Vector3 m, Vector3 s, Vector3 l, Vector3 h) => (mean[joint], spread[joint], low[joint], high[joint]) = (m * Degree, s * Degree, l * Degree, h * Degree);
        // A left joint, and the right one mirrored in the body's middle plane: Y and Z change sign.
        void Pair(int left, Vector3 m, Vector3 s, Vector3 l, Vector3 h)
        {
            Set(left, m, s, l, h);
            Set(left + 1, new Vector3(m.X, -m.Y, -m.Z), s, new Vector3(l.X, -h.Y, -h.Z), new Vector3(h.X, -l.Y, -l.Z));
        }
        Vector3 wide = new(180);
        Set(Joint.Pelvis, default, wide, -wide, wide);
        foreach (int spine in (ReadOnlySpan<int>)[Joint.Spine1, Joint.Spine2, Joint.Spine3])
            Set(spine, new(2, 0, 0), new(4, 4, 4), new(-15, -20, -16), new(35, 20, 16));
        Set(Joint.Neck, new(3, 0, 0), new(8, 10, 6), new(-35, -45, -25), new(35, 45, 25));
        Set(Joint.Head, default, new(8, 10, 6), new(-30, -40, -20), new(30, 40, 20));
        Pair(Joint.LeftCollar, new(0, 0, -3), new(4, 6, 7), new(-10, -25, -15), new(10, 20, 35));
        Pair(Joint.LeftShoulder, new(0, -5, -60), new(20, 22, 22), new(-90, -130, -110), new(90, 60, 95));
        Pair(Joint.LeftElbow, new(0, -15, 0), new(14, 18, 3), new(-80, -150, -4), new(80, 2, 4));
        Pair(Joint.LeftWrist, default, new(10, 10, 10), new(-40, -30, -60), new(40, 30, 60));
        Pair(Joint.LeftHip, new(-2, 0, 2), new(8, 9, 7), new(-135, -45, -30), new(35, 45, 75));
        Pair(Joint.LeftKnee, new(5, 0, 0), new(10, 3, 2), new(-1, -15, -3), new(155, 15, 3));
        Pair(Joint.LeftAnkle, default, new(8, 7, 5), new(-30, -25, -20), new(50, 25, 20));
        Pair(Joint.LeftFoot, default, new(4, 2, 2), new(-45, -5, -5), new(20, 5, 5));
        (Standing, Low, High) = (mean, low, high);
        Anatomical = new PosePrior([.. Enumerable.Range(1, Joint.BodyCount - 1).Select(j => new LimbPrior([j], [new LimbMode(0,
            [mean[j].X, mean[j].Y, mean[j].Z], [[1 / spread[j].X, 0, 0], [0, 1 / spread[j].Y, 0], [0, 0, 1 / spread[j].Z]])]))]);
    }
}
