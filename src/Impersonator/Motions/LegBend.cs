using System.Numerics;

namespace Impersonator.Motions;

/// <summary>Moves the ankle of a posed leg with as little change as can be: the knee opens or closes in its own plane, then the leg swings.</summary>
internal static class LegBend
{
    /// <summary>Sine of a knee's bend below which the plane of its bend is noise and its joint's own hinge says more.</summary>
    private const float Straight = 0.15f;

    /// <summary>Share of a leg's length over which a reach comes softly to its limit: a straight knee turns a millimetre into degrees.</summary>
    private const float Softness = 0.012f;

    /// <summary>World rotations to put before the thigh's and the shin's.</summary>
    /// <param name="hip">Where the hip is.</param>
    /// <param name="knee">Where the knee is.</param>
    /// <param name="ankle">Where the ankle is.</param>
    /// <param name="hinge">The knee joint's own axis of bending, world space.</param>
    /// <param name="wanted">Where the ankle shall be with the hip where it is.</param>
    /// <param name="longest">Furthest that the ankle may be from the hip; beyond, it comes as near as that allows.</param>
    public static (Quaternion Thigh, Quaternion Shin) Move(Vector3 hip, Vector3 knee, Vector3 ankle, Vector3 hinge, Vector3 wanted, float longest)
    {
        Vector3 thigh = knee - hip, shin = ankle - knee, reach = wanted - hip;
        float a = thigh.Length(), b = shin.Length(), distance = Math.Clamp(reach.Length(), MathF.Abs(a - b) + 1e-3f, MathF.Min(longest, a + b));
        // Only what was moved: a leg that keeps its place keeps its bend.
        float soft = MathF.Min(Softness * (a + b), Vector3.Distance(ankle, wanted)), over = reach.Length() - (MathF.Min(longest, a + b) - soft);
        if (over > 0) distance = MathF.Min(longest, a + b) - (soft * MathF.Exp(-over / soft));
        if (!(reach.LengthSquared() > 1e-8f)) return (Quaternion.Identity, Quaternion.Identity);
        Vector3 along = thigh / a;
        Vector3 axis = Vector3.Cross(along, shin / b);
        axis += MathF.Max(0, Straight - axis.Length()) * hinge;
        axis -= along * Vector3.Dot(axis, along);
        if (axis.LengthSquared() < 1e-8f) return (Quaternion.Identity, Quaternion.Identity);
        axis = Vector3.Normalize(axis);
        float bend = MathF.Acos(Math.Clamp(((distance * distance) - (a * a) - (b * b)) / (2 * a * b), -1, 1));
        Vector3 bent = b * ((along * MathF.Cos(bend)) + (Vector3.Cross(axis, along) * MathF.Sin(bend)));
        Quaternion fold = Turning.Swing(shin, bent), swing = Turning.Swing(thigh + bent, reach);
        return (swing, Quaternion.Normalize(swing * fold));
    }
}
