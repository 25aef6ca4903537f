using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Training.Synthesis;
using static TorchSharp.torch;

namespace Impersonator.Training.Augmentations;

/// <summary>Bodies and cameras of samples, a row of numbers each: what PoseNet is to find out.</summary>
/// <param name="rows">[N, <see cref="Numbers"/>].</param>
internal sealed class StoredBodies(Tensor rows)
{
    /// <summary>Shape coefficients.</summary>
    public const int ShapeCount = 32;

    private const int ShapeAt = 4 * Joint.BodyCount, PelvisAt = ShapeAt + ShapeCount, CameraAt = PelvisAt + 3;

    /// <summary>Numbers of a body.</summary>
    public const int Numbers = CameraAt + 3;

    /// <summary>[N, 22, 4] local rotations x, y, z, w; the root's is cameraFromBody.</summary>
    public Tensor Rotations => rows.narrow(1, 0, ShapeAt).view(-1, Joint.BodyCount, 4);

    /// <summary>[N, 32] coefficients.</summary>
    public Tensor Shape => rows.narrow(1, ShapeAt, ShapeCount);

    /// <summary>[N, 3] the pelvis in the camera's space, metres.</summary>
    public Tensor Pelvis => rows.narrow(1, PelvisAt, 3);

    /// <summary>[N] focal length, pixels of the sample.</summary>
    public Tensor Focal => rows.select(1, CameraAt);

    /// <summary>[N, 2] principal point, pixels of the sample.</summary>
    public Tensor Principal => rows.narrow(1, CameraAt + 1, 2);

    /// <summary>Writes a sample's body.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="row">[<see cref="Numbers"/>].</param>
    public static void Store(Sample sample, Span<float> row)
    {
        for (int j = 0; j < Joint.BodyCount; j++)
        {
            Quaternion turn = j == 0 ? Quaternion.Normalize(sample.Camera.Rotation * sample.Pose[0]) : sample.Pose[j];
            (row[4 * j], row[(4 * j) + 1], row[(4 * j) + 2], row[(4 * j) + 3]) = (turn.X, turn.Y, turn.Z, turn.W);
        }
        sample.Shape.CopyTo(row[ShapeAt..]);
        sample.Joints3D.AsSpan(0, 3).CopyTo(row[PelvisAt..]);
        (row[CameraAt], row[CameraAt + 1], row[CameraAt + 2]) = (sample.Camera.FocalLength, sample.Camera.PrincipalPoint.X, sample.Camera.PrincipalPoint.Y);
    }
}
