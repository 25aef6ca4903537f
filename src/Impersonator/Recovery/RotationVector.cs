using System.Numerics;

namespace Impersonator.Recovery;

/// <summary>Rotations as axis times angle: the exponential map of SO(3) and its derivative.</summary>
/// <remarks>Source: Solà, "Quaternion kinematics for the error-state Kalman filter", 2017, sections 2.4 and 4.3.</remarks>
internal static class RotationVector
{
    /// <summary>The rotation of a vector's length, radians, about its direction.</summary>
    public static Quaternion Exp(Vector3 vector)
    {
        float angle = vector.Length();
        return angle < 1e-8f ? Quaternion.Normalize(new Quaternion(vector / 2, 1)) : Quaternion.CreateFromAxisAngle(vector / angle, angle);
    }

    /// <summary>The shortest vector of a rotation, radians.</summary>
    public static Vector3 Log(Quaternion q)
    {
        if (q.W < 0) q = -q;
        Vector3 v = new(q.X, q.Y, q.Z);
        float sine = v.Length();
        return sine < 1e-7f ? 2 * v : v * (2 * MathF.Atan2(sine, q.W) / sine);
    }

    /// <summary>d Log(q · Exp(δ)) / dδ at δ = 0: the inverse right Jacobian, by columns.</summary>
    public static (Vector3 X, Vector3 Y, Vector3 Z) LogDerivative(Vector3 vector)
    {
        float angle = vector.Length();
        float k = angle < 1e-3f ? 1f / 12 : (1 / (angle * angle)) - ((1 + MathF.Cos(angle)) / (2 * angle * MathF.Sin(angle)));
        Vector3 Column(Vector3 e)
        {
            Vector3 cross = Vector3.Cross(vector, e);
            return e + (cross / 2) + (k * Vector3.Cross(vector, cross));
        }
        return (Column(Vector3.UnitX), Column(Vector3.UnitY), Column(Vector3.UnitZ));
    }
}
