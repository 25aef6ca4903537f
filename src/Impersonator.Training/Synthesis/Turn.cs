using System.Numerics;

namespace Impersonator.Training.Synthesis;

/// <summary>Rotations from words.</summary>
internal static class Turn
{
    /// <summary>About an axis, radians.</summary>
    public static Quaternion About(Vector3 axis, float angle) => Quaternion.CreateFromAxisAngle(axis, angle);

    /// <summary>About x.</summary>
    public static Quaternion X(float angle) => About(Vector3.UnitX, angle);

    /// <summary>About y.</summary>
    public static Quaternion Y(float angle) => About(Vector3.UnitY, angle);

    /// <summary>About z.</summary>
    public static Quaternion Z(float angle) => About(Vector3.UnitZ, angle);

    /// <summary>The shortest turn from one direction to another.</summary>
    public static Quaternion Between(Vector3 from, Vector3 to)
    {
        float dot = Vector3.Dot(from, to);
        if (dot < -0.9999f) return About(Vector3.Normalize(Vector3.Cross(from, MathF.Abs(from.X) < 0.8f ? Vector3.UnitX : Vector3.UnitY)), MathF.PI);
        return Quaternion.Normalize(new Quaternion(Vector3.Cross(from, to), 1 + dot));
    }

    /// <summary>The turn that brings a direction and a hinge at right angles to it onto new ones.</summary>
    public static Quaternion Frame(Vector3 from, Vector3 fromHinge, Vector3 to, Vector3 toHinge)
    {
        Quaternion swing = Between(from, to);
        Vector3 hinge = Vector3.Transform(fromHinge, swing);
        float angle = MathF.Atan2(Vector3.Dot(Vector3.Cross(hinge, toHinge), to), Vector3.Dot(hinge, toHinge));
        return About(to, angle) * swing;
    }

    /// <summary>Axis times angle, radians.</summary>
    public static Vector3 AxisAngle(Quaternion q)
    {
        if (q.W < 0) q = -q;
        var v = new Vector3(q.X, q.Y, q.Z);
        float sine = v.Length();
        return sine < 1e-7f ? 2 * v : v * (2 * MathF.Atan2(sine, q.W) / sine);
    }
}
