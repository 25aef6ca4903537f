using System.Numerics;

namespace Impersonator.Motions;

/// <summary>Rotations from directions.</summary>
internal static class Turning
{
    /// <summary>The smallest rotation that carries one direction onto another; any length but zero.</summary>
    public static Quaternion Swing(Vector3 from, Vector3 to)
    {
        (from, to) = (Vector3.Normalize(from), Vector3.Normalize(to));
        float cosine = Vector3.Dot(from, to);
        if (cosine < -0.99999f)
        {
            Vector3 axis = Vector3.Cross(from, MathF.Abs(from.Y) < 0.9f ? Vector3.UnitY : Vector3.UnitX);
            return Quaternion.CreateFromAxisAngle(Vector3.Normalize(axis), MathF.PI);
        }
        // (axis · sin, cos) of the whole angle plus (0, 1) halves it.
        return Quaternion.Normalize(new Quaternion(Vector3.Cross(from, to), 1 + cosine));
    }

    /// <summary>The rotation whose x axis is the first direction and whose y axis lies nearest to the second.</summary>
    public static Quaternion Frame(Vector3 first, Vector3 second)
    {
        Vector3 x = Vector3.Normalize(first), z = Vector3.Cross(x, second);
        z = z.LengthSquared() > 1e-10f ? Vector3.Normalize(z) : Vector3.Normalize(Vector3.Cross(x, MathF.Abs(x.Y) < 0.9f ? Vector3.UnitY : Vector3.UnitZ));
        Vector3 y = Vector3.Cross(z, x);
        // Row vectors: the rows are the images of the axes.
        return Quaternion.Normalize(Quaternion.CreateFromRotationMatrix(new Matrix4x4(x.X, x.Y, x.Z, 0, y.X, y.Y, y.Z, 0, z.X, z.Y, z.Z, 0, 0, 0, 0, 1)));
    }

    /// <summary>The signed axis nearest to a direction.</summary>
    public static Vector3 NearestAxis(Vector3 direction)
    {
        Vector3 size = Vector3.Abs(direction);
        return size.X >= size.Y && size.X >= size.Z ? Vector3.UnitX * MathF.Sign(direction.X)
            : size.Y >= size.Z ? Vector3.UnitY * MathF.Sign(direction.Y) : Vector3.UnitZ * MathF.Sign(direction.Z);
    }

    /// <summary>Angle between two directions, radians.</summary>
    public static float Angle(Vector3 a, Vector3 b) => MathF.Atan2(Vector3.Cross(a, b).Length(), Vector3.Dot(a, b));

    /// <summary>Axis times angle of a rotation, the shorter way, radians.</summary>
    public static Vector3 Vector(Quaternion rotation)
    {
        if (rotation.W < 0) rotation = -rotation;
        var imaginary = new Vector3(rotation.X, rotation.Y, rotation.Z);
        float sine = imaginary.Length();
        return sine < 1e-6f ? 2 * imaginary : imaginary * (2 * MathF.Atan2(sine, rotation.W) / sine);
    }

    /// <summary>The rotation of axis times angle.</summary>
    public static Quaternion Rotation(Vector3 vector)
    {
        float angle = vector.Length();
        return angle < 1e-8f ? Quaternion.Identity : Quaternion.CreateFromAxisAngle(vector / angle, angle);
    }
}
