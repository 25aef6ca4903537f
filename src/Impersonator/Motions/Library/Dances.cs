using static Impersonator.Motions.Library.Channel;

namespace Impersonator.Motions.Library;

/// <summary>Dances, on a steady beat.</summary>
internal static class Dances
{
    /// <summary>Step to the side, touch; knees bounce on every beat, arms swing across.</summary>
    public static AuthoredMotion Groove()
    {
        const float Beat = 0.5f;
        const int Bars = 4;
        var s = new MotionSketch(cyclic: true);
        float end = Bars * 4 * Beat;
        for (int beat = 0; beat <= Bars * 4; beat++)
        {
            float t = beat * Beat;
            s.At(t, (PelvisY, -0.075f), (SpinePitch, 5), (HeadPitch, 7)).At(t + (Beat / 2), (PelvisY, -0.025f), (SpinePitch, 1), (HeadPitch, -3));
        }
        // Each two beats: step with one foot (lead), bring the other to it. Left twice, then right twice.
        const float Width = 0.26f;
        for (int k = -1; k <= Bars * 2; k++)
        {
            int lead = k & 1;
            float sign = lead == 0 ? 1 : -1, t = k * 2 * Beat, at = sign * Width / 2, was = -at;
            int trail = 1 - lead;
            // A lift, a step, a stand: feet move only while they are up.
            s.At(t, (LeftFootX + lead, sign * was), (LeftFootY + lead, 0)).At(t + 0.2f, (LeftFootY + lead, 0.06f), (LeftFootPitch + lead, 18)).At(t + 0.40f, (LeftFootX + lead, sign * at), (LeftFootY + lead, 0), (LeftFootPitch + lead, 0))
             .At(t + Beat, (LeftFootX + trail, -sign * was), (LeftFootY + trail, 0), (LeftFootPitch + trail, 0)).At(t + Beat + 0.2f, (LeftFootY + trail, 0.06f), (LeftFootPitch + trail, 30)).At(t + Beat + 0.40f, (LeftFootX + trail, -sign * at), (LeftFootY + trail, 0), (LeftFootPitch + trail, 16))
             .At(t + (2 * Beat) - 0.02f, (LeftFootX + trail, -sign * at), (LeftFootPitch + trail, 16))
             .At(t, (PelvisX, was * 0.75f)).At(t + (1.3f * Beat), (PelvisX, at * 1.15f))
             .At(t + Beat, (PelvisRoll, 4 * sign), (SpineRoll, -7 * sign), (PelvisYaw, 8 * sign), (SpineYaw, 10 * sign), (HeadRoll, 5 * sign), (HeadYaw, -8 * sign))
             .At(t + (0.95f * Beat), (LeftArmSwing + trail, 46), (LeftArmSwing + lead, -22), (LeftElbow + trail, 78), (LeftElbow + lead, 52), (LeftArmOut + trail, 4), (LeftArmOut + lead, 30))
             .At(t + (1.95f * Beat), (LeftArmSwing + trail, 12), (LeftArmSwing + lead, 14), (LeftElbow + trail, 60), (LeftElbow + lead, 60), (LeftArmOut + trail, 14), (LeftArmOut + lead, 14));
            if (k >= 0 && k < Bars * 2) s.Stands(lead, t + 0.42f, MathF.Min(t + (3 * Beat), end)).Stands(trail, t, t + Beat - 0.02f);
        }
        s.Both(0, (LeftFist, 50), (LeftForearm, 30));
        return new AuthoredMotion(s.Finish("dance-groove", end), s);
    }

    /// <summary>Hips to the side, the right arm points up and down across the body, the left on the hip.</summary>
    public static AuthoredMotion Disco()
    {
        const float Beat = 0.48f;
        const int Beats = 16;
        float end = Beats * Beat;
        var s = new MotionSketch().Stands(0, 0, end).Both(0, (LeftFootX, 0.09f), (LeftFootYaw, 16));
        for (int beat = 0; beat <= Beats; beat++)
        {
            float t = beat * Beat, sign = beat % 2 == 0 ? 1 : -1;
            s.At(t, (PelvisX, 0.07f * sign), (PelvisRoll, 7 * sign), (SpineRoll, -11 * sign), (PelvisYaw, -8 * sign), (HeadRoll, 4 * sign), (PelvisY, -0.06f))
             .At(t + (Beat / 2), (PelvisY, -0.03f));
            bool up = beat % 2 == 0;
            s.At(t, (RightArmOut, up ? 138 : 12), (RightArmSwing, up ? 16 : 38), (RightElbow, up ? 6 : 30), (RightArmTwist, up ? 0 : -30), (RightShrug, up ? 16 : 0), (SpineYaw, up ? -14 : 14), (HeadYaw, up ? -18 : 10), (HeadPitch, up ? -8 : 8));
            // The right heel keeps time.
            s.At(t, (RightFootPitch, 0)).At(t + (Beat / 2), (RightFootPitch, up ? 22 : 0));
        }
        s.Stands(1, 0, 0.05f)
         .At(0, (LeftArmOut, 50), (LeftArmSwing, -40), (LeftElbow, 85), (LeftArmTwist, -40), (LeftFist, 70), (LeftWrist, 28)).At(0, (RightFist, 62), (RightPointing, 1));
        return new AuthoredMotion(s.Finish("dance-disco", end), s);
    }
}
