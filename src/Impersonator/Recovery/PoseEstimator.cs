using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Motions;
using Impersonator.Networks;

namespace Impersonator.Recovery;

/// <summary>Reads a body's pose from a look by <see cref="PoseNet"/>: where a fit may start, and what it may lean on.</summary>
/// <remarks>The network reads the look and the same mirrored; its two answers are averaged. Safe for several threads at once.</remarks>
public sealed class PoseEstimator : IDisposable
{
    /// <summary>Name of the network's weights among <see cref="Weights.Shipped"/>.</summary>
    public const string Network = "pose-net";

    private static readonly int Side = new PoseNetSize().Grid;
    private static readonly int[] Mirror = [.. Enumerable.Range(0, PoseNet.JointCount).Select(LimbPrior.MirrorOf)];
    private readonly OnnxEngine _engine;

    /// <summary>Prepares the network.</summary>
    /// <exception cref="Files.InputException">The weights are of another network.</exception>
    public PoseEstimator(Weights weights) => _engine = new OnnxEngine(PoseNet.Build(), weights);

    /// <summary>The pose that a look shows; null for looks of another resolution than the network's.</summary>
    /// <param name="look">What was seen.</param>
    /// <param name="width">Columns of the photo.</param>
    /// <param name="height">Rows of the photo.</param>
    /// <param name="focalLength">Pixels; null where the photo does not tell it.</param>
    public PoseEstimate? Estimate(PersonLook look, int width, int height, float? focalLength)
    {
        ArgumentNullException.ThrowIfNull(look);
        if (look.Maps.Side != Side) return null;
        var options = new BodyFitOptions();
        float focal = focalLength ?? (options.DefaultFocalLength * Math.Max(width, height));
        IReadOnlyDictionary<string, NetworkArray> said = _engine.Run(PoseProxies.OfBoth(look, focal, focalLength is null ? options.FocalLengthSpread : 0));

        float[] six = said["rotations"].Values, places = said["place"].Values;
        var rotations = new Quaternion[PoseNet.JointCount];
        for (int j = 0; j < rotations.Length; j++)
        {
            // A mirrored rotation turns about y and z the other way.
            Quaternion own = Rotation(six, j, j), other = Rotation(six, PoseNet.JointCount + Mirror[j], j);
            other = new Quaternion(other.X, -other.Y, -other.Z, other.W);
            rotations[j] = Quaternion.Normalize(Quaternion.Dot(own, other) < 0 ? own - other : own + other);
        }
        float[] spread = Mean(said["spread"].Values, 3), error = Mean(said["error"].Values, 1), shapes = said["shape"].Values;
        var shape = new Shape([.. Enumerable.Range(0, PoseNet.ShapeCount).Select(k => (shapes[k] + shapes[PoseNet.ShapeCount + k]) / 2)]);

        Vector2 middle = (look.Window.ToPhoto(new Vector2(0.5f)) - (new Vector2(width, height) / 2)) / focal;
        rotations[0] = Quaternion.Normalize(Quaternion.Conjugate(ToAxis(middle)) * rotations[0]);
        Vector2 pelvis = look.Window.ToPhoto((new Vector2((places[0] - places[3]) / 2, (places[1] + places[4]) / 2) + Vector2.One) / 2);
        return new PoseEstimate([.. rotations], [.. Enumerable.Range(0, PoseNet.JointCount).Select(j => Three(spread, j)).Select(s => new Vector3(MathF.Exp(s.X), MathF.Exp(s.Y), MathF.Exp(s.Z)))],
            [.. error.Select(MathF.Exp)], shape, pelvis, look.Window.Side / 2 / MathF.Exp((places[2] + places[5]) / 2));
    }

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();

    /// <summary>The least turn that brings the direction (x, y, 1) to z.</summary>
    internal static Quaternion ToAxis(Vector2 direction) => Turning.Swing(new Vector3(direction, 1), Vector3.UnitZ);

    private static Quaternion Rotation(float[] six, int at, int joint)
    {
        (Vector3 first, Vector3 second) = PoseNet.Base(joint);
        return OfColumns(first + Three(six, 2 * at), second + Three(six, (2 * at) + 1));
    }

    /// <summary>The mean of the numbers of each joint and of its counterpart in the mirrored look.</summary>
    private static float[] Mean(float[] values, int numbers)
        => [.. Enumerable.Range(0, PoseNet.JointCount * numbers).Select(i => (values[i] + values[((PoseNet.JointCount + Mirror[i / numbers]) * numbers) + (i % numbers)]) / 2)];

    /// <summary>The rotation whose matrix begins with these columns once they are orthonormal.</summary>
    private static Quaternion OfColumns(Vector3 first, Vector3 second)
    {
        first = Vector3.Normalize(first);
        second = Vector3.Normalize(second - (Vector3.Dot(first, second) * first));
        Vector3 third = Vector3.Cross(first, second);
        // System.Numerics turns rows: its rows are our columns.
        return Quaternion.Normalize(Quaternion.CreateFromRotationMatrix(new Matrix4x4(first.X, first.Y, first.Z, 0, second.X, second.Y, second.Z, 0, third.X, third.Y, third.Z, 0, 0, 0, 0, 1)));
    }

    private static Vector3 Three(float[] values, int at) => new(values[3 * at], values[(3 * at) + 1], values[(3 * at) + 2]);
}
