using static Impersonator.Motions.Library.Channel;

namespace Impersonator.Motions.Library;

/// <summary>Blows into the air.</summary>
internal static class Fights
{
    /// <summary>Guard up, the right knee comes up, the foot snaps forward, back, down.</summary>
    public static AuthoredMotion Kick()
    {
        const float End = 2.4f;
        var s = new MotionSketch().Stands(0, 0, End).Stands(1, 0, 0.5f).Stands(1, 1.75f, End)
            .Both(0, (LeftArmSwing, 0), (LeftElbow, 14), (LeftFist, 22), (LeftArmOut, 9))
            .Both(0.45f, (LeftArmSwing, 42), (LeftElbow, 112), (LeftFist, 78), (LeftArmOut, 14))
            .At(0, (PelvisX, 0), (PelvisY, -0.012f), (PelvisPitch, 0), (SpinePitch, 0), (PelvisYaw, 0), (PelvisRoll, 0), (PelvisZ, 0))
            .At(0.5f, (PelvisX, 0.09f), (PelvisY, -0.05f), (SpinePitch, 8), (PelvisYaw, 6), (RightLegFree, 0), (RightFootPitch, 10), (LeftKneeOut, 6))
            .At(0.62f, (RightLegFree, 1), (RightFootPitch, 30), (RightPoint, -14))
            .At(0.5f, (RightHip, 12), (RightKnee, 26), (RightPoint, 0))
            .At(0.85f, (RightHip, 98), (RightKnee, 112), (RightPoint, 20), (PelvisPitch, -6), (SpinePitch, 2), (PelvisRoll, 2))
            .At(1.02f, (RightHip, 106), (RightKnee, 6), (RightPoint, 28), (PelvisPitch, -20), (SpinePitch, 12), (PelvisX, 0.1f), (PelvisYaw, 14), (HeadPitch, 8), (PelvisY, -0.025f))
            .At(1.02f, (LeftArmSwing, 30), (RightArmSwing, -12), (RightElbow, 70), (RightArmOut, 26))
            .At(1.1f, (RightHip, 104), (RightKnee, 10), (PelvisPitch, -20))
            .At(1.28f, (RightHip, 86), (RightKnee, 108), (RightPoint, 10), (PelvisPitch, -8), (SpinePitch, 6))
            .At(1.6f, (RightHip, 36), (RightKnee, 66), (RightPoint, -20), (PelvisPitch, 0), (PelvisYaw, 4), (RightLegFree, 1), (PelvisX, 0.08f), (PelvisY, -0.05f))
            .At(1.75f, (RightLegFree, 0), (RightFootPitch, 0), (HeadPitch, 0))
            .At(1.62f, (RightFootPitch, 16)).Both(1.6f, (LeftArmSwing, 40), (LeftElbow, 108), (LeftArmOut, 14), (LeftFist, 78))
            .At(2.3f, (PelvisX, 0), (PelvisY, -0.012f), (SpinePitch, 0), (PelvisYaw, 0), (PelvisRoll, 0), (LeftKneeOut, 0)).Both(2.3f, (LeftArmSwing, 0), (LeftElbow, 14), (LeftFist, 22), (LeftArmOut, 9));
        return new AuthoredMotion(s.Finish("kick", End), s);
    }

    /// <summary>From a guard with the left foot ahead: a left jab, a right cross.</summary>
    public static AuthoredMotion Punch()
    {
        const float End = 2.6f;
        var s = new MotionSketch().Stands(0, 0.4f, End).Stands(1, 0, 0.85f)
            .At(0, (LeftFootZ, 0), (LeftFootY, 0)).At(0.05f, (LeftFootZ, 0)).At(0.2f, (LeftFootY, 0.05f)).At(0.36f, (LeftFootZ, 0.24f), (LeftFootY, 0))
            .At(0, (RightFootYaw, 7)).At(0.3f, (PelvisZ, 0.1f), (PelvisY, -0.085f), (PelvisYaw, -24), (SpineYaw, -8), (HeadYaw, 28), (SpinePitch, 10), (HeadPitch, -4))
            .At(0, (PelvisZ, 0), (PelvisY, -0.012f), (PelvisYaw, 0), (SpineYaw, 0), (HeadYaw, 0), (SpinePitch, 0))
            .Both(0, (LeftArmSwing, 0), (LeftElbow, 14), (LeftArmOut, 9), (LeftFist, 22), (LeftShrug, 0)).Both(0.4f, (LeftArmSwing, 40), (LeftElbow, 124), (LeftArmOut, 12), (LeftFist, 82), (LeftShrug, 6))
            // Jab.
            .At(0.72f, (LeftArmSwing, 40), (LeftElbow, 124), (SpineYaw, -2), (PelvisZ, 0.1f)).At(0.86f, (LeftArmSwing, 86), (LeftElbow, 4), (LeftForearm, -60), (SpineYaw, -26), (PelvisZ, 0.15f), (HeadYaw, 40))
            .At(0.93f, (LeftArmSwing, 86), (LeftElbow, 6)).At(1.14f, (LeftArmSwing, 40), (LeftElbow, 122), (LeftForearm, 0), (SpineYaw, 2), (PelvisZ, 0.12f), (HeadYaw, 22))
            // Cross, from the back heel.
            .At(1.2f, (PelvisYaw, -28), (SpineYaw, -10), (RightArmSwing, 38), (RightElbow, 126), (RightFootPitch, 0)).At(1.42f, (PelvisYaw, 26), (SpineYaw, 24), (HeadYaw, -38), (RightArmSwing, 88), (RightElbow, 4), (RightForearm, -60), (PelvisZ, 0.2f), (RightFootPitch, 34), (SpinePitch, 14))
            .At(1.5f, (RightArmSwing, 88), (RightElbow, 6), (PelvisYaw, 26), (SpineYaw, 24)).At(1.8f, (RightArmSwing, 40), (RightElbow, 120), (RightForearm, 0), (PelvisYaw, -22), (SpineYaw, -8), (HeadYaw, 26), (PelvisZ, 0.11f), (RightFootPitch, 0), (SpinePitch, 10))
            .At(2.5f, (PelvisYaw, -8), (SpineYaw, -2), (HeadYaw, 8), (PelvisY, -0.05f), (SpinePitch, 3)).Both(2.5f, (LeftArmSwing, 12), (LeftElbow, 40), (LeftArmOut, 10), (LeftFist, 40), (LeftShrug, 0));
        return new AuthoredMotion(s.Finish("punch", End), s);
    }
}
