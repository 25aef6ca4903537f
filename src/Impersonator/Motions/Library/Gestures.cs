using static Impersonator.Motions.Library.Channel;

namespace Impersonator.Motions.Library;

/// <summary>What people do on the spot.</summary>
internal static class Gestures
{
    public static AuthoredMotion Wave()
    {
        var s = new MotionSketch().Stands(0, 0, 3.2f).Stands(1, 0, 3.2f)
            .At(0, (RightArmOut, 9), (RightElbow, 14), (RightForearm, 0), (SpineRoll, 0), (HeadRoll, 0), (PelvisX, 0), (RightFist, 22), (RightArmSwing, 0), (RightArmTwist, 0))
            .At(0, (RightShrug, 0), (SpineYaw, 0), (LeftArmSwing, 0)).At(0.2f, (PelvisX, -0.012f), (RightArmOut, 7))
            .At(0.65f, (RightArmOut, 88), (RightArmSwing, 12), (RightElbow, 100), (RightArmTwist, 88), (RightForearm, 20), (RightFist, 4), (PelvisX, 0.028f), (SpineRoll, -4), (HeadRoll, 5), (HeadYaw, -4), (RightShrug, 8))
            .At(2.5f, (RightArmOut, 88), (RightArmSwing, 12), (RightArmTwist, 88), (RightForearm, 20), (RightFist, 4), (PelvisX, 0.028f), (SpineRoll, -4), (HeadRoll, 5), (HeadYaw, -4));
        // The forearm swings, the hand follows a little late.
        for (int i = 0; i < 6; i++)
        {
            float t = 0.75f + (0.3f * i);
            // The whole body answers a little: shoulder, back and head, each later than the one before.
            float sway = i % 2 == 0 ? 1 : -1;
            s.At(t, (RightElbow, i % 2 == 0 ? 72 : 118)).At(t + 0.06f, (RightWrist, -14 * sway))
             .At(t, (RightShrug, 9 + (3 * sway))).At(t + 0.05f, (SpineYaw, 2.5f * sway), (PelvisX, 0.028f + (0.004f * sway))).At(t + 0.1f, (HeadRoll, 5 + (1.5f * sway)), (LeftArmSwing, 2.5f * sway));
        }
        s.At(3.2f, (RightArmOut, 9), (RightArmSwing, 0), (RightElbow, 14), (RightArmTwist, 0), (RightForearm, 0), (RightFist, 22), (RightWrist, 0), (PelvisX, 0), (SpineRoll, 0), (SpineYaw, 0), (HeadRoll, 0), (HeadYaw, 0), (RightShrug, 0), (LeftArmSwing, 0));
        return new AuthoredMotion(s.Finish("wave", 3.2f), s);
    }

    public static AuthoredMotion Bow()
    {
        var s = new MotionSketch().Stands(0, 0, 3).Stands(1, 0, 3)
            .Both(0, (LeftArmSwing, 0), (LeftArmOut, 6))
            .At(0, (PelvisPitch, 0), (SpinePitch, 0), (HeadPitch, 0), (PelvisZ, 0), (PelvisY, -0.012f))
            .At(0.25f, (PelvisPitch, -2), (SpinePitch, -2), (HeadPitch, -3))
            .At(1.15f, (PelvisPitch, 42), (SpinePitch, 26), (HeadPitch, 16), (PelvisZ, -0.11f), (PelvisY, -0.03f)).Both(1.2f, (LeftArmSwing, 52), (LeftArmOut, 4), (LeftElbow, 10))
            .At(1.75f, (PelvisPitch, 43), (SpinePitch, 27), (HeadPitch, 18), (PelvisZ, -0.112f), (PelvisY, -0.03f)).Both(1.75f, (LeftArmSwing, 53), (LeftElbow, 10))
            .At(2.75f, (PelvisPitch, 0), (SpinePitch, 0), (HeadPitch, 0), (PelvisZ, 0), (PelvisY, -0.012f)).Both(2.8f, (LeftArmSwing, 0), (LeftArmOut, 6), (LeftElbow, 14));
        return new AuthoredMotion(s.Finish("bow", 3), s);
    }

    public static AuthoredMotion Idle()
    {
        var s = new MotionSketch().Stands(0, 0, 6).Stands(1, 0, 6);
        for (int i = 0; i <= 4; i++)
        {
            float t = 1.5f * i, in_ = i % 2 == 0 ? 0 : 1;
            s.At(t, (SpinePitch, -1.6f * in_), (HeadPitch, 0.8f * in_), (LeftShrug, 2 * in_), (RightShrug, 2 * in_))
             .At(t + 0.12f, (LeftArmOut, 9 + (0.9f * in_)), (RightArmOut, 9 + (0.9f * in_)), (LeftElbow, 14 + (1.5f * in_)), (RightElbow, 14 + (1.5f * in_)));
        }
        s.At(0, (PelvisX, 0), (PelvisRoll, 0), (SpineRoll, 0), (HeadYaw, 0))
         .At(1.6f, (PelvisX, 0.03f), (PelvisRoll, 1.5f), (SpineRoll, -1.5f), (HeadYaw, 7))
         .At(3.4f, (PelvisX, 0.026f), (PelvisRoll, 1.3f), (SpineRoll, -1.2f), (HeadYaw, 5))
         .At(4.8f, (PelvisX, -0.012f), (PelvisRoll, -0.6f), (SpineRoll, 0.6f), (HeadYaw, -5))
         .At(2.2f, (LeftFist, 22), (RightFist, 22)).At(2.9f, (LeftFist, 30), (RightFist, 25)).At(4.4f, (LeftFist, 20), (RightFist, 28)).At(6, (LeftFist, 22), (RightFist, 22))
         .At(6, (PelvisX, 0), (PelvisRoll, 0), (SpineRoll, 0), (HeadYaw, 0));
        return new AuthoredMotion(s.Finish("idle", 6), s);
    }
}
