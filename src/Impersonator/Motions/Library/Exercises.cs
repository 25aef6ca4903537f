using static Impersonator.Motions.Library.Channel;

namespace Impersonator.Motions.Library;

/// <summary>Gymnastics that stays on its feet, more or less.</summary>
internal static class Exercises
{
    public static AuthoredMotion Squat()
    {
        const float Cycle = 1.9f;
        var s = new MotionSketch().Stands(0, 0, 2 * Cycle).Stands(1, 0, 2 * Cycle).Both(0, (LeftFootX, 0.05f), (LeftFootYaw, 20));
        for (int i = 0; i <= 2; i++)
        {
            float t = i * Cycle;
            s.At(t, (PelvisY, -0.015f), (PelvisZ, 0), (PelvisPitch, 0), (SpinePitch, 0), (HeadPitch, 0)).Both(t, (LeftArmSwing, 4), (LeftElbow, 12), (LeftKneeOut, 0));
            if (i == 2) break;
            s.At(t + 0.85f, (PelvisY, -0.42f), (PelvisZ, -0.13f), (PelvisPitch, 27), (SpinePitch, 14), (HeadPitch, -16)).Both(t + 0.8f, (LeftArmSwing, 86), (LeftElbow, 6), (LeftKneeOut, 12))
             .At(t + 1.05f, (PelvisY, -0.42f), (PelvisZ, -0.13f), (PelvisPitch, 27), (SpinePitch, 14), (HeadPitch, -16)).Both(t + 1.1f, (LeftArmSwing, 86), (LeftKneeOut, 12));
        }
        return new AuthoredMotion(s.Finish("squat", 2 * Cycle), s);
    }

    public static AuthoredMotion JumpingJack()
    {
        const float Half = 0.46f;
        const int Halves = 6;
        var s = new MotionSketch(cyclic: true);
        for (int i = 0; i <= Halves; i++)
        {
            float t = i * Half;
            bool wide = i % 2 == 1;
            float x = wide ? 0.24f : 0, land = t;
            // Landed, sunk in, pushed off again.
            s.Both(land, (LeftFootX, x), (LeftFootY, 0), (LeftFootPitch, 14))
             .Both(land + 0.05f, (LeftFootPitch, 0)).Both(land + 0.18f, (LeftFootPitch, 0), (LeftFootY, 0)).Both(land + 0.24f, (LeftFootX, x), (LeftFootY, 0), (LeftFootPitch, 34))
             .At(land, (PelvisY, wide ? -0.045f : -0.02f)).At(land + 0.1f, (PelvisY, wide ? -0.115f : -0.085f)).At(land + 0.24f, (PelvisY, wide ? -0.02f : 0.01f))
             .Both(land + 0.02f, (LeftArmOut, wide ? 168 : 12), (LeftElbow, wide ? 16 : 8), (LeftShrug, wide ? 16 : 0))
             .At(land + 0.1f, (SpinePitch, 4), (HeadPitch, -3)).At(land + 0.24f, (SpinePitch, 0), (HeadPitch, 0));
            s.Stands(0, land + 0.03f, MathF.Min(land + 0.21f, Halves * Half)).Stands(1, land + 0.03f, MathF.Min(land + 0.21f, Halves * Half));
            if (i == Halves) break;
            s.Both(land + 0.34f, (LeftFootY, 0.075f), (LeftFootPitch, 40)).At(land + 0.35f, (PelvisY, 0.055f));
            s.Flies(land + 0.27f, land + Half);
        }
        s.Both(0, (LeftFist, 6));
        return new AuthoredMotion(s.Finish("jumping-jack", Halves * Half), s);
    }

    public static AuthoredMotion Jump()
    {
        const float Off = 0.9f, Land = 1.4f, End = 2.3f;
        var s = new MotionSketch().Stands(0, 0, 0.7f).Stands(1, 0, 0.7f).Stands(0, Land + 0.07f, End).Stands(1, Land + 0.07f, End).Flies(Off, Land)
            .At(0, (PelvisY, -0.012f), (SpinePitch, 0), (PelvisPitch, 0), (PelvisZ, 0)).Both(0, (LeftArmSwing, 0), (LeftArmOut, 9), (LeftElbow, 14), (LeftFootY, 0), (LeftFootPitch, 0))
            .At(0.6f, (PelvisY, -0.30f), (SpinePitch, 22), (PelvisPitch, 24), (PelvisZ, -0.05f), (HeadPitch, -18)).Both(0.6f, (LeftArmSwing, -48), (LeftElbow, 8), (LeftFootPitch, 0))
            .At(Off, (PelvisY, 0.055f), (SpinePitch, -4), (PelvisPitch, 0), (PelvisZ, 0.02f), (HeadPitch, -8)).Both(Off, (LeftArmSwing, 120), (LeftElbow, 12), (LeftFootPitch, 50), (LeftFootY, 0))
            .Both(1.0f, (LeftFootY, 0.19f)).Both(1.15f, (LeftFootY, 0.40f))
            .Both(1.1f, (LeftArmSwing, 168), (LeftArmOut, 22), (LeftFootPitch, 62)).At(1.12f, (SpinePitch, -9))
            .At(Off - 0.1f, (PelvisY, -0.13f)).At(Off + 0.1f, (PelvisY, 0.28f)).At(1.15f, (PelvisY, 0.36f)).At(Land - 0.1f, (PelvisY, 0.2f)).At(Land + 0.1f, (PelvisY, -0.17f))
            .Both(Land, (LeftFootY, 0), (LeftFootPitch, 22), (LeftArmSwing, 95)).At(Land, (PelvisY, -0.02f), (SpinePitch, 4), (PelvisPitch, 4))
            .Both(Land + 0.06f, (LeftFootPitch, 0)).Both(Land + 0.25f, (LeftArmSwing, 20), (LeftArmOut, 26), (LeftElbow, 24)).At(Land + 0.2f, (PelvisY, -0.24f), (SpinePitch, 18), (PelvisPitch, 18), (PelvisZ, -0.03f))
            .At(End - 0.1f, (PelvisY, -0.012f), (SpinePitch, 0), (PelvisPitch, 0), (PelvisZ, 0), (HeadPitch, 0)).Both(End - 0.1f, (LeftArmSwing, 0), (LeftArmOut, 9), (LeftElbow, 14), (LeftFootPitch, 0));
        return new AuthoredMotion(s.Finish("jump", End), s);
    }
}
