using System.Collections.Immutable;
using Impersonator.Bodies;

namespace Impersonator.Recovery;

/// <summary>How the joints of one limb are held, as one of several habits.</summary>
/// <param name="Joints">[D/3] the limb's joints.</param>
/// <param name="Modes">The habits; the one that explains a pose best counts.</param>
internal sealed record LimbPrior(ImmutableArray<int> Joints, ImmutableArray<LimbMode> Modes)
{
    /// <summary>The same limb on the other side of the body: rotation vectors keep X and change the sign of Y and Z.</summary>
    public LimbPrior Mirrored() => new([.. Joints.Select(MirrorOf)], [.. Modes.Select(m => m.Mirrored())]);

    /// <summary>The joint on the other side; itself in the middle.</summary>
    internal static int MirrorOf(int joint)
    {
        string name = Skeleton.SmplH.JointNames[joint];
        return name.StartsWith("left_", StringComparison.Ordinal) ? Skeleton.SmplH.IndexOf("right_" + name[5..])
            : name.StartsWith("right_", StringComparison.Ordinal) ? Skeleton.SmplH.IndexOf("left_" + name[6..]) : joint;
    }
}

/// <summary>One habit: independent Student's t distributions along the axes of an ellipsoid over the limb's rotation vectors.</summary>
/// <param name="Rarity">What choosing this habit costs, in units of twice a negative log-likelihood; the commonest costs 0.</param>
/// <param name="Mean">[D] rotation vectors of the limb's joints, radians.</param>
/// <param name="Axes">[D][D] rows that whiten: <c>row · (vector − mean)</c> has unit spread.</param>
internal sealed record LimbMode(double Rarity, double[] Mean, double[][] Axes)
{
    /// <summary>Degrees of freedom of the tails.</summary>
    public const double Freedom = 4;

    /// <summary>The cost of a pose, twice its negative log-likelihood up to a constant.</summary>
    public double Cost(ReadOnlySpan<double> vector)
    {
        double cost = Rarity;
        foreach (double[] axis in Axes)
        {
            double r = Residual(axis, vector);
            cost += Freedom * Math.Log(1 + (r * r / Freedom));
        }
        return cost;
    }

    /// <summary>Where a pose lies along one axis, in spreads.</summary>
    public double Residual(double[] axis, ReadOnlySpan<double> vector)
    {
        double sum = 0;
        for (int i = 0; i < axis.Length; i++) sum += axis[i] * (vector[i] - Mean[i]);
        return sum;
    }

    /// <summary>The habit of the other side.</summary>
    public LimbMode Mirrored() => new(Rarity, Signed(Mean), [.. Axes.Select(Signed)]);

    private static double[] Signed(double[] values) => [.. values.Select((v, i) => i % 3 == 0 ? v : -v)];
}
