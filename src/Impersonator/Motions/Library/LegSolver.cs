using System.Numerics;

namespace Impersonator.Motions.Library;

/// <summary>Two-bone inverse kinematics of a leg.</summary>
internal static class LegSolver
{
    /// <summary>Thigh and shin rotations, world space, that bring the ankle to a place.</summary>
    /// <param name="hip">Where the hip is.</param>
    /// <param name="ankle">Where the ankle shall be; further than the leg is long, it comes as near as it can.</param>
    /// <param name="restThigh">Hip to knee at rest.</param>
    /// <param name="restShin">Knee to ankle at rest.</param>
    /// <param name="pole">Which way the knee points.</param>
    public static (Quaternion Thigh, Quaternion Shin) Solve(Vector3 hip, Vector3 ankle, Vector3 restThigh, Vector3 restShin, Vector3 pole)
    {
        float thigh = restThigh.Length(), shin = restShin.Length();
        Vector3 reach = ankle - hip;
        float distance = Math.Clamp(reach.Length(), MathF.Abs(thigh - shin) + 1e-3f, (thigh + shin) * 0.9999f);
        Vector3 along = Vector3.Normalize(reach);
        Vector3 forward = Vector3.Normalize(pole - (along * Vector3.Dot(pole, along)));
        float cosine = ((thigh * thigh) + (distance * distance) - (shin * shin)) / (2 * thigh * distance);
        Vector3 thighDirection = (along * cosine) + (forward * MathF.Sqrt(MathF.Max(0, 1 - (cosine * cosine))));
        Vector3 shinDirection = Vector3.Normalize((along * distance) - (thighDirection * thigh));
        Vector3 hinge = Vector3.Normalize(Vector3.Cross(forward, along));
        return (Frame(restThigh, thighDirection, hinge), Frame(restShin, shinDirection, hinge));
    }

    /// <summary>The rotation that brings a rest direction onto another and the X axis as near as can be to a hinge.</summary>
    private static Quaternion Frame(Vector3 rest, Vector3 direction, Vector3 hinge)
    {
        static Matrix4x4 Basis(Vector3 y, Vector3 x)
        {
            y = Vector3.Normalize(y);
            x = Vector3.Normalize(x - (y * Vector3.Dot(x, y)));
            Vector3 z = Vector3.Cross(x, y);
            return new Matrix4x4(x.X, x.Y, x.Z, 0, y.X, y.Y, y.Z, 0, z.X, z.Y, z.Z, 0, 0, 0, 0, 1);
        }
        return Quaternion.Normalize(Quaternion.CreateFromRotationMatrix(Matrix4x4.Transpose(Basis(rest, Vector3.UnitX)) * Basis(direction, hinge)));
    }
}
