using System.Numerics;

namespace Impersonator.Bodies;

/// <summary>A rigid motion as two quaternions, which blend without collapsing where matrices do.</summary>
/// <remarks>Source: Kavan, Collins, Žára, O'Sullivan, "Geometric Skinning with Approximate Dual Quaternion Blending", ACM TOG 2008.</remarks>
/// <param name="Real">The rotation (x, y, z, w).</param>
/// <param name="Dual">Half the translation times the rotation (x, y, z, w).</param>
internal readonly record struct DualQuaternion(Vector4 Real, Vector4 Dual)
{
    /// <summary>The motion of a rotation with translation (row vectors).</summary>
    public static DualQuaternion From(in Matrix4x4 rigid)
    {
        Quaternion q = Quaternion.Normalize(Quaternion.CreateFromRotationMatrix(rigid));
        Quaternion dual = new Quaternion(rigid.Translation * 0.5f, 0) * q;
        return new DualQuaternion(q.AsVector4(), dual.AsVector4());
    }

    /// <summary>Moves a point. The length of the real part does not matter: a weighted sum is normalised here.</summary>
    public Vector3 Transform(Vector3 point)
    {
        float scale = 2 / Real.LengthSquared();
        Vector3 r = Real.AsVector3(), d = Dual.AsVector3();
        Vector3 turned = Vector3.Cross(r, Vector3.Cross(r, point) + (point * Real.W));
        Vector3 moved = (d * Real.W) - (r * Dual.W) + Vector3.Cross(r, d);
        return point + ((turned + moved) * scale);
    }
}
