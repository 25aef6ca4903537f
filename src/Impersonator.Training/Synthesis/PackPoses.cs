using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Motions;

namespace Impersonator.Training.Synthesis;

/// <summary>Body poses of motions as 16-bit fractions.</summary>
internal static class PackPoses
{
    /// <summary>Draws poses of each motion.</summary>
    /// <param name="motions">Any motions.</param>
    /// <param name="most">Poses of one motion at most.</param>
    /// <param name="dice">Chooses the frames.</param>
    public static short[] Of(IEnumerable<Motion> motions, int most, Dice dice)
    {
        var values = new List<short>();
        foreach (Motion motion in motions)
            for (int n = 0; n < Math.Min(most, motion.FrameCount); n++)
                foreach (Quaternion turn in motion.Poses[motion.FrameCount <= most ? n : dice.Below(motion.FrameCount)].Rotations.AsSpan(0, Joint.BodyCount))
                {
                    Quaternion q = Quaternion.Normalize(turn.W < 0 ? -turn : turn);
                    values.AddRange([Fraction(q.X), Fraction(q.Y), Fraction(q.Z)]);
                }
        return [.. values];
    }

    /// <summary>One stored joint rotation.</summary>
    public static Quaternion At(ReadOnlySpan<short> poses, int pose, int joint)
    {
        ReadOnlySpan<short> q = poses.Slice((pose * PeoplePack.PoseValues) + (3 * joint), 3);
        Vector3 v = new Vector3(q[0], q[1], q[2]) / short.MaxValue;
        return new Quaternion(v, MathF.Sqrt(MathF.Max(0, 1 - v.LengthSquared())));
    }

    private static short Fraction(float x) => (short)MathF.Round(Math.Clamp(x, -1, 1) * short.MaxValue);
}
