using Impersonator.Bodies;
using static Impersonator.Motions.Library.Channel;

namespace Impersonator.Motions.Library;

/// <summary>Motions that turn the whole body over or around.</summary>
internal static class Acrobatics
{
    /// <summary>Wind up, once around to the left with the feet close, arms drawn in, settle.</summary>
    public static AuthoredMotion Spin()
    {
        const float End = 2.6f;
        var s = new MotionSketch().Stands(0, 0, 0.55f).Stands(1, 0, 0.55f)
            .At(0, (PelvisYaw, 0), (SpineYaw, 0), (HeadYaw, 0), (PelvisY, -0.012f)).Both(0, (LeftArmOut, 9), (LeftArmSwing, 0), (LeftElbow, 14))
            .At(0.55f, (PelvisYaw, -26), (SpineYaw, -26), (HeadYaw, 30), (PelvisY, -0.09f)).At(0.55f, (LeftArmOut, 20), (LeftArmSwing, 55), (LeftElbow, 70), (RightArmOut, 62), (RightArmSwing, -10), (RightElbow, 30))
            .At(0.95f, (PelvisYaw, 80), (SpineYaw, 10), (HeadYaw, -26), (PelvisY, -0.005f)).Both(1.0f, (LeftArmOut, 12), (LeftArmSwing, 42), (LeftElbow, 108))
            .At(1.35f, (PelvisYaw, 235), (SpineYaw, 6), (HeadYaw, 22)).At(1.75f, (PelvisYaw, 345), (SpineYaw, -6), (HeadYaw, 10), (PelvisY, -0.01f))
            .At(2.0f, (PelvisYaw, 366), (SpineYaw, 10), (HeadYaw, -8), (PelvisY, -0.06f)).Both(1.95f, (LeftArmOut, 42), (LeftArmSwing, 18), (LeftElbow, 30))
            .At(2.5f, (PelvisYaw, 360), (SpineYaw, 0), (HeadYaw, 0), (PelvisY, -0.012f)).Both(2.5f, (LeftArmOut, 9), (LeftArmSwing, 0), (LeftElbow, 14));
        // The weight goes onto the left foot, which turns on its ball; the right foot comes up to the knee.
        s.At(0, (PelvisX, 0), (PelvisZ, 0)).At(0.35f, (PelvisX, 0.01f)).At(0.8f, (PelvisX, 0.10f), (PelvisZ, 0.05f)).At(1.8f, (PelvisX, 0.10f), (PelvisZ, 0.05f)).At(2.3f, (PelvisX, 0), (PelvisZ, 0))
         .At(0.55f, (LeftPivot, 0)).At(0.95f, (LeftPivot, 70)).At(1.35f, (LeftPivot, 230)).At(1.75f, (LeftPivot, 345)).At(2.0f, (LeftPivot, 360))
         .At(0.6f, (LeftFootPitch, 0)).At(0.85f, (LeftFootPitch, 30)).At(1.75f, (LeftFootPitch, 30)).At(2.0f, (LeftFootPitch, 0))
         .At(0.55f, (RightLegFree, 0), (RightFootPitch, 0), (RightFootY, 0), (RightHip, 24), (RightHipOut, 4), (RightKnee, 52), (RightPoint, -12)).At(0.72f, (RightFootPitch, 30), (RightFootY, 0.09f)).At(0.8f, (RightLegFree, 1), (RightHip, 36), (RightKnee, 74), (RightPoint, -12))
         .At(1.0f, (RightHip, 58), (RightHipOut, 26), (RightKnee, 104), (RightPoint, 34)).At(1.6f, (RightHip, 58), (RightHipOut, 26), (RightKnee, 104), (RightPoint, 34))
         .At(1.85f, (RightLegFree, 1), (RightHip, 28), (RightHipOut, 6), (RightKnee, 58), (RightPoint, -12), (RightFootPitch, 16), (RightFootY, 0.05f)).At(2.1f, (RightLegFree, 0), (RightFootPitch, 0), (RightFootY, 0))
         .Stands(0, 0.55f, End).Stands(1, 2.12f, End);
        return new AuthoredMotion(s.Finish("spin", End), s);
    }

    /// <summary>Crouch, swing, off; tucked over backwards; open, land, stand.</summary>
    public static AuthoredMotion Backflip()
    {
        const float Off = 29 / 30f, Land = 1.6f, End = 2.6f;
        var s = new MotionSketch().Stands(0, 0, 0.8f).Stands(1, 0, 0.8f).Stands(0, Land + 0.04f, End).Stands(1, Land + 0.04f, End).Flies(Off, Land)
            .At(0, (PelvisY, -0.012f), (PelvisPitch, 0), (SpinePitch, 0), (HeadPitch, 0), (PelvisZ, 0)).Both(0, (LeftArmSwing, 0), (LeftElbow, 14), (LeftArmOut, 9), (LeftFootPitch, 0), (LeftLegFree, 0), (LeftFootZ, 0))
            .Both(0.32f, (LeftArmSwing, 120), (LeftElbow, 8)).At(0.3f, (PelvisY, 0.0f), (SpinePitch, -4))
            .At(0.68f, (PelvisY, -0.33f), (PelvisPitch, 34), (SpinePitch, 22), (HeadPitch, -22), (PelvisZ, -0.13f)).Both(0.66f, (LeftArmSwing, -62), (LeftElbow, 6), (LeftFootPitch, 0))
            // The pelvis is as fast at the take-off and the landing as the flight between them.
            .At(0.85f, (PelvisY, -0.17f)).At(Off + 0.1f, (PelvisY, 0.36f)).At(Land - 0.1f, (PelvisY, 0.13f)).At(Land + 0.12f, (PelvisY, -0.32f))
            .At(Off, (PelvisY, 0.05f), (PelvisPitch, -14), (SpinePitch, -16), (HeadPitch, -10), (PelvisZ, -0.08f)).Both(Off - 0.02f, (LeftArmSwing, 165), (LeftElbow, 10), (LeftArmOut, 12), (LeftFootPitch, 46))
            .Both(Off, (LeftFootZ, 0), (LeftLegFree, 0), (LeftHip, 0), (LeftKnee, 8), (LeftPoint, 30)).Both(Off + 0.1f, (LeftLegFree, 1), (LeftHip, 28), (LeftKnee, 40))
            // Tucked: knees to the chest, hands to the shins.
            .Both(1.18f, (LeftHip, 112), (LeftKnee, 128), (LeftPoint, 20), (LeftArmSwing, 74), (LeftElbow, 52)).At(1.18f, (PelvisPitch, -150), (SpinePitch, 34), (HeadPitch, 14))
            .Both(1.31f, (LeftHip, 110), (LeftKnee, 124), (LeftArmSwing, 70), (LeftElbow, 50)).At(1.31f, (PelvisPitch, -240), (SpinePitch, 32), (HeadPitch, -6))
            .Both(1.49f, (LeftHip, 52), (LeftKnee, 58), (LeftPoint, -8), (LeftLegFree, 1), (LeftArmSwing, 58), (LeftElbow, 20)).At(1.49f, (PelvisPitch, -318), (SpinePitch, 24), (HeadPitch, -22))
            .At(Land, (PelvisPitch, -336), (PelvisY, -0.15f), (PelvisZ, -0.30f), (SpinePitch, 22)).Both(Land, (LeftLegFree, 0), (LeftFootZ, -0.24f), (LeftFootPitch, 8), (LeftFootY, 0))
            .Both(1.3f, (LeftFootZ, -0.24f)).Both(Land + 0.05f, (LeftFootPitch, 0)).Both(Land + 0.15f, (LeftArmSwing, 66), (LeftArmOut, 16))
            .At(Land + 0.2f, (PelvisY, -0.36f), (PelvisPitch, -322), (PelvisZ, -0.36f), (SpinePitch, 26), (HeadPitch, -20))
            .At(End - 0.15f, (PelvisY, -0.012f), (PelvisPitch, -360), (PelvisZ, -0.24f), (SpinePitch, 0), (HeadPitch, 0)).Both(End - 0.15f, (LeftArmSwing, 0), (LeftElbow, 14), (LeftArmOut, 9));
        return new AuthoredMotion(s.Finish("backflip", End), s);
    }

    /// <summary>Arms up, over the left hand and the right hand, down on the right foot, then the left: a wheel that rolls to the left.</summary>
    public static AuthoredMotion Cartwheel()
    {
        const float End = 3.2f, Reach = 0.9f;
        var s = new MotionSketch()
            .Both(0, (LeftArmOut, 9), (LeftElbow, 14), (LeftArmSwing, 0)).Both(0.6f, (LeftArmOut, 162), (LeftElbow, 4), (LeftShrug, 18), (LeftFist, 4))
            .At(0, (PelvisRoll, 0), (PelvisY, -0.012f), (HeadRoll, 0)).At(0.6f, (PelvisRoll, 0), (PelvisY, -0.012f))
            // The left foot steps out to the side and takes the weight.
            .At(0.45f, (LeftFootX, 0), (LeftFootY, 0)).At(0.65f, (LeftFootY, 0.12f), (LeftFootX, 0.2f)).At(Reach, (LeftFootX, 0.42f), (LeftFootY, 0), (LeftFootYaw, 30), (PelvisX, 0.2f), (PelvisY, -0.08f), (PelvisRoll, -16))
            .At(0.45f, (PelvisX, 0), (LeftFootYaw, 7)).Stands(0, 0, 0.43f).Stands(1, 0, Reach - 0.02f)
            .Both(Reach - 0.04f, (LeftLegFree, 0), (LeftHip, 4), (LeftKnee, 4), (LeftPoint, 8)).Both(Reach + 0.14f, (LeftLegFree, 1), (LeftPoint, 20))
            .At(Reach, (LeftHipOut, 34), (RightHipOut, 2)).At(Reach + 0.14f, (LeftHipOut, 62), (RightHipOut, 26));
        // The wheel. While the side goes down the near leg stays under the hip, the back bends to the hand; the far leg leads.
        s.At(Reach, (SpineRoll, -8))
         .At(1.14f, (PelvisRoll, -88), (SpineRoll, -40), (LeftHipOut, 82), (RightHipOut, 48), (LeftArmOut, 124), (RightArmOut, 166))
         .At(1.45f, (PelvisRoll, -180), (SpineRoll, 0), (LeftHipOut, 60), (RightHipOut, 60), (LeftArmOut, 168), (RightArmOut, 168))
         .At(1.76f, (PelvisRoll, -272), (SpineRoll, 40), (LeftHipOut, 48), (RightHipOut, 82), (LeftArmOut, 166), (RightArmOut, 124))
         .At(2.1f, (PelvisRoll, -344), (SpineRoll, 6), (LeftHipOut, 34), (RightHipOut, 30), (LeftArmOut, 160), (RightArmOut, 160)).At(2.5f, (PelvisRoll, -360), (SpineRoll, 0))
         .Both(2.1f, (LeftHip, 6), (LeftKnee, 10), (LeftPoint, 0)).Both(2.5f, (LeftLegFree, 1), (LeftHipOut, 10), (LeftHip, 3), (LeftKnee, 6), (LeftPoint, 0))
         .Both(2.9f, (LeftArmOut, 12), (LeftElbow, 14), (LeftShrug, 0)).Both(2.95f, (LeftHipOut, 2), (LeftHip, 1), (LeftKnee, 2));
        s.Both(0.9f, (LeftWrist, 0)).Both(1.14f, (LeftWrist, -72)).Both(1.76f, (LeftWrist, -72)).Both(2.0f, (LeftWrist, 0));
        // Foot, hand, hand, foot: each stays where it touches.
        const float Foot = 0.026f, Wrist = 0.08f;
        s.Hold(Joint.LeftFoot, Foot + 0.008f, Reach, 1.05f).Hold(Joint.LeftWrist, Wrist, 1.2f, 1.42f).Hold(Joint.RightWrist, Wrist, 1.5f, 1.68f).Hold(Joint.RightFoot, Foot, 1.84f, End);
        return new AuthoredMotion(s.Finish("cartwheel", End), s);
    }
}
