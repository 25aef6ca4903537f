using static Impersonator.Motions.Library.Channel;

namespace Impersonator.Motions.Library;

/// <summary>Walking and running: cycles of steps.</summary>
internal static class Gaits
{
    /// <summary>Six steps; each foot stands 62 % of its cycle.</summary>
    public static AuthoredMotion Walk()
    {
        const float Step = 0.54f, Length = 0.62f;
        const int Steps = 8;
        var s = new MotionSketch(cyclic: true);
        for (int i = -2; i <= Steps + 3; i++)
        {
            // Foot i strikes at t, half a stride before the pelvis passes over it.
            int side = i & 1;
            float t = (i - 1) * Step, z = i * Length - (Length * 0.5f), off = t + (1.24f * Step), next = t + (2 * Step);
            s.At(t, (LeftFootZ + side, z), (LeftFootY + side, 0), (LeftFootPitch + side, -18))
             .At(t + 0.09f, (LeftFootPitch + side, 0))
             .At(t + (0.75f * Step), (LeftFootPitch + side, 0))
             .At(off, (LeftFootZ + side, z), (LeftFootY + side, 0), (LeftFootPitch + side, 38))
             .At(off + (0.3f * Step), (LeftFootY + side, 0.075f), (LeftFootPitch + side, 42))
             .At(off + (0.6f * Step), (LeftFootY + side, 0.03f), (LeftFootPitch + side, 0))
             .At(next - 0.04f, (LeftFootY + side, 0.006f), (LeftFootPitch + side, -18))
             .Stands(side, t + 0.1f, off - 0.03f);
            float sign = side == 0 ? 1 : -1, mid = t + (0.5f * Step);
            // At the strike the striking side's hip leads, the opposite arm too.
            s.At(t, (PelvisYaw, -5 * sign), (SpineYaw, 9 * sign), (PelvisY, -0.028f), (HeadYaw, -4 * sign), (PelvisRoll, 0))
             .At(mid, (PelvisY, 0.004f), (PelvisX, 0.022f * sign), (PelvisRoll, 2.2f * sign), (SpineRoll, -2.5f * sign))
             .At(t + 0.06f, (LeftArmSwing + side, -24), (LeftArmSwing + (1 - side), 24), (LeftElbow + side, 12), (LeftElbow + (1 - side), 30));
        }
        for (int i = -2; i <= Steps + 2; i++) s.Key(i * Step, PelvisZ, i * Length);
        s.Both(0, (LeftFootYaw, 5), (LeftArmOut, 7)).At(0, (SpinePitch, 2));
        return new AuthoredMotion(s.Finish("walk", Steps * Step), s);
    }

    /// <summary>Eight steps with flight between them.</summary>
    public static AuthoredMotion Run()
    {
        const float Step = 0.36f, Length = 1.05f, Ground = 0.24f;
        const int Steps = 10;
        var s = new MotionSketch(cyclic: true);
        for (int i = -3; i <= Steps + 3; i++)
        {
            int side = i & 1;
            float sign = side == 0 ? 1 : -1, t = i * Step, z = (i * Length) + 0.26f, off = t + Ground, next = t + (2 * Step);
            s.At(t, (LeftFootZ + side, z), (LeftFootY + side, 0), (LeftFootPitch + side, 0))
             .At(t + (0.6f * Ground), (LeftFootPitch + side, 8))
             .At(off, (LeftFootZ + side, z), (LeftFootY + side, 0), (LeftFootPitch + side, 52))
             .At(off + 0.12f, (LeftFootY + side, 0.22f), (LeftFootPitch + side, 70), (LeftFootZ + side, z + 0.42f))
             .At(off + 0.27f, (LeftFootY + side, 0.20f), (LeftFootPitch + side, 40), (LeftFootZ + side, z + 1.58f))
             .At(next - 0.05f, (LeftFootY + side, 0.05f), (LeftFootPitch + side, -4), (LeftFootZ + side, z + (2 * Length) + 0.02f))
             .Stands(side, t + 0.02f, off - 0.03f)
             .At(t, (PelvisYaw, -7 * sign), (SpineYaw, 15 * sign), (HeadYaw, -8 * sign), (PelvisY, -0.065f))
             .At(t + (0.45f * Ground), (PelvisY, -0.10f), (PelvisX, 0.015f * sign), (PelvisRoll, 3 * sign), (SpineRoll, -3 * sign))
             .At(off, (PelvisY, -0.05f))
             .At(t + 0.03f, (LeftArmSwing + side, -48), (LeftArmSwing + (1 - side), 42), (LeftElbow + side, 88), (LeftElbow + (1 - side), 100));
        }
        for (int i = -2; i <= Steps + 2; i++) s.Key(i * Step, PelvisZ, i * Length);
        for (int i = -1; i <= Steps; i++) s.Flies((i * Step) + Ground, (i + 1) * Step);
        s.Both(0, (LeftFootYaw, 2), (LeftFootX, -0.045f), (LeftArmOut, 14), (LeftFist, 45), (LeftForearm, 25)).At(0, (PelvisPitch, 7), (SpinePitch, 9), (HeadPitch, -9));
        return new AuthoredMotion(s.Finish("run", Steps * Step), s);
    }
}
