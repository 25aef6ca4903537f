using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Motions;

namespace Impersonator.Recovery.Learning;

/// <summary>Learns the habits of torso, arms and legs from motions, the same on both sides.</summary>
/// <remarks>
/// Motions hardly show what most people in photos do, to stand: that habit is set by hand (<see cref="PosePrior.Anatomical"/>) and stands beside the
/// learned ones.
/// </remarks>
internal static class PosePriorLearner
{
    /// <summary>A frame is taken when some joint has turned by so much since the last one taken, radians.</summary>
    private const float Change = 12 * MathF.PI / 180;

    /// <summary>A pose that turns no joint by so much is a skeleton without a motion, radians.</summary>
    private const float Rest = 3 * MathF.PI / 180;

    /// <summary>Poses of a motion that differ from each other, thinned; empty if it holds only the rest pose.</summary>
    public static IReadOnlyList<Pose> Thin(Motion motion)
    {
        var taken = new List<Pose>();
        foreach (Pose pose in motion.Poses)
        {
            if (Largest(pose.Rotations, null) < Rest) continue;
            if (taken.Count == 0 || Largest(pose.Rotations, taken[^1].Rotations) > Change) taken.Add(pose);
        }
        return taken;
    }

    /// <summary>Learns from poses that <see cref="Thin"/> chose.</summary>
    /// <param name="motions">One list per motion.</param>
    /// <param name="options">How many habits, how strict.</param>
    public static PosePrior Learn(IReadOnlyList<IReadOnlyList<Pose>> motions, PosePriorOptions options)
    {
        int[] counts = [options.TorsoModes, options.ArmModes, options.LegModes];
        var limbs = new LimbPrior[counts.Length];
        for (int l = 0; l < limbs.Length; l++)
        {
            ImmutableArray<int> joints = PosePrior.LearnedLimbs[l].Joints;
            ImmutableArray<int> opposite = [.. joints.Select(LimbPrior.MirrorOf)];
            var rows = new List<double[]>();
            var weights = new List<double>();
            foreach (IReadOnlyList<Pose> poses in motions)
                foreach (Pose pose in poses)
                {
                    // A long motion repeats itself: it counts as the root of its poses.
                    double weight = 0.5 / Math.Sqrt(poses.Count);
                    rows.Add(Row(pose, joints, 1));
                    rows.Add(Row(pose, opposite, -1));
                    weights.AddRange([weight, weight]);
                }
            limbs[l] = new LimbPrior(joints, Modes(joints, [.. rows], [.. weights], counts[l], options));
        }
        return PosePrior.Symmetric(limbs);
    }

    private static ImmutableArray<LimbMode> Modes(ImmutableArray<int> joints, double[][] rows, double[] weights, int count, PosePriorOptions options)
    {
        LimbPrior[] standing = [.. joints.Select(j => PosePrior.Anatomical.Limbs.First(l => l.Joints is [var own] && own == j))];
        var axes = new List<double[]>();
        foreach ((LimbPrior joint, int i) in standing.Select((joint, i) => (joint, i)))
            foreach (double[] axis in joint.Modes[0].Axes)
            {
                var wide = new double[3 * joints.Length];
                axis.CopyTo(wide, 3 * i);
                axes.Add(wide);
            }
        LimbMode[] modes =
        [
            new LimbMode(Rarity(-2 * axes.Sum(a => Math.Log(a.Max())), options.Standing), [.. standing.SelectMany(s => s.Modes[0].Mean)], [.. axes]),
            .. GaussianMixture.Fit(rows, weights, count, options.Floor, options.Shared, new Random(options.Seed)).Select(c =>
            {
                double[][] own = GaussianMixture.Whitening(c.Covariance, out double logDeterminant);
                return new LimbMode(Rarity(logDeterminant, c.Weight * (1 - options.Standing)), c.Mean, own);
            }),
        ];
        double least = modes.Min(m => m.Rarity);
        return [.. modes.Select(m => m with { Rarity = m.Rarity - least })];
    }

    private static double Rarity(double logDeterminant, double share) => logDeterminant - (2 * Math.Log(share));

    /// <summary>Rotation vectors of joints, mirrored if the sign is −1.</summary>
    private static double[] Row(Pose pose, ImmutableArray<int> joints, int sign) => [.. joints.SelectMany(j =>
    {
        Vector3 v = RotationVector.Log(pose.Rotations[j]);
        return (double[])[v.X, sign * v.Y, sign * v.Z];
    })];

    private static float Largest(ImmutableArray<Quaternion> a, ImmutableArray<Quaternion>? b)
    {
        float largest = 0;
        for (int j = 1; j < Joint.BodyCount; j++) largest = MathF.Max(largest, RotationVector.Log(b is { } other ? Quaternion.Conjugate(other[j]) * a[j] : a[j]).Length());
        return largest;
    }
}
