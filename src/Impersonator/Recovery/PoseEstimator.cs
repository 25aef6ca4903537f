using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Networks;

namespace Impersonator.Recovery;

/// <summary>Reads a body's pose from a look by <see cref="PoseNet"/>: where a fit may start, and what it may lean on.</summary>
/// <remarks>Safe for several threads at once.</remarks>
public sealed class PoseEstimator : IDisposable
{
    /// <summary>Name of the network's weights among <see cref="Weights.Shipped"/>.</summary>
    public const string Network = "pose-net";

    private static readonly int Side = new PoseNetSize().Grid;
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
        IReadOnlyDictionary<string, NetworkArray> said = _engine.Run(PoseProxies.Of(look, focal, focalLength is null ? options.FocalLengthSpread : 0));

        Vector2 middle = (look.Window.ToPhoto(new Vector2(0.5f)) - (new Vector2(width, height) / 2)) / focal;
        Quaternion windowFromCamera = ToAxis(middle);
        float[] six = said["rotations"].Values, spread = said["spread"].Values, place = said["place"].Values;
        var rotations = new Quaternion[PoseNet.JointCount];
        for (int j = 0; j < rotations.Length; j++)
        {
            (Vector3 first, Vector3 second) = PoseNet.Base(j);
            rotations[j] = OfColumns(first + Three(six, 2 * j), second + Three(six, (2 * j) + 1));
        }
        rotations[0] = Quaternion.Normalize(Quaternion.Conjugate(windowFromCamera) * rotations[0]);
        Vector2 pelvis = look.Window.ToPhoto((new Vector2(place[0], place[1]) + Vector2.One) / 2);
        return new PoseEstimate([.. rotations], [.. Enumerable.Range(0, rotations.Length).Select(j => { Vector3 s = Three(spread, j); return new Vector3(MathF.Exp(s.X), MathF.Exp(s.Y), MathF.Exp(s.Z)); })],
            [.. said["error"].Values.Select(MathF.Exp)], new Shape([.. said["shape"].Values]), pelvis, look.Window.Side / 2 / MathF.Exp(place[2]));
    }

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();

    /// <summary>The least turn that brings the direction (x, y, 1) to z.</summary>
    internal static Quaternion ToAxis(Vector2 direction)
    {
        Vector3 from = Vector3.Normalize(new Vector3(direction, 1));
        return Quaternion.Normalize(new Quaternion(Vector3.Cross(from, Vector3.UnitZ), 1 + from.Z));
    }

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
