using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Subjects;

namespace Impersonator.Recovery;

/// <summary>How much a photo suggests that somebody stands on straight legs.</summary>
/// <remarks>
/// One eye does not see whether a knee bends towards it: bent by 25° a leg looks two percent shorter. But people who stand hold a leg straight
/// that looks straight, hangs down, and is as long in the picture as it can be; who squats, strides, kicks or sits has a leg that does not.
/// </remarks>
internal static class StraightLegs
{
    private const float Degree = MathF.PI / 180;

    // From where on a leg is in doubt, and from where on it is not straight: how far the knee lies off the line from hip to ankle, of that line's length.
    private static readonly (float Sure, float Never) Aside = (0.04f, 0.1f);

    // How far the leg and the trunk lean in the picture.
    private static readonly (float Sure, float Never) Slant = (14 * Degree, 28 * Degree), TrunkSlant = (20 * Degree, 35 * Degree);

    // How many times longer the other leg is, its logarithm.
    private static readonly (float Sure, float Never) Shorter = (0.06f, 0.16f);

    // Hip to ankle in lengths of the trunk, of which a body has 1.7: a picture taken from above shows less, a seat still less.
    private static readonly (float Never, float Sure) Long = (1.0f, 1.2f);

    /// <summary>How sure it is that each leg is straight, 0 to 1.</summary>
    public static (float Left, float Right) Of(Keypoints keypoints)
    {
        if (Middle(keypoints, Keypoint.LeftShoulder, Keypoint.RightShoulder) is not { } shoulders || Middle(keypoints, Keypoint.LeftHip, Keypoint.RightHip) is not { } hips) return default;
        Vector2 trunk = hips - shoulders, left = Span(keypoints, Keypoint.LeftHip, Keypoint.LeftAnkle), right = Span(keypoints, Keypoint.RightHip, Keypoint.RightAnkle);
        float upright = Below(MathF.Abs(SlantOf(trunk)), TrunkSlant), longest = MathF.Max(left.Length(), right.Length());
        return (Leg(left, Keypoint.LeftHip, Keypoint.LeftKnee, Keypoint.LeftAnkle), Leg(right, Keypoint.RightHip, Keypoint.RightKnee, Keypoint.RightAnkle));

        float Leg(Vector2 span, Keypoint hip, Keypoint knee, Keypoint ankle)
        {
            if (span == default || keypoints[knee].Confidence <= 0) return 0;
            Vector2 thigh = keypoints[knee].Position - keypoints[hip].Position;
            float length = span.Length(), aside = MathF.Abs((thigh.X * span.Y) - (thigh.Y * span.X)) / length;
            // Under a coat nobody sees exactly where a knee is: what it may be off does not bend the leg.
            aside = MathF.Max(0, aside - keypoints[knee].Sigma);
            return upright * Below(aside / length, Aside) * Below(MathF.Abs(SlantOf(span)), Slant) * Below(MathF.Log(longest / length), Shorter) * (1 - Below(length / MathF.Max(trunk.Length(), 1), Long));
        }
    }

    /// <summary>1 below the first number, 0 beyond the second.</summary>
    private static float Below(float value, (float Low, float High) range)
        => 1 - TextureProjection.SmoothStep(range.Low, range.High, value);

    /// <summary>From the vertical of the picture, radians; head down is half a turn.</summary>
    private static float SlantOf(Vector2 down) => MathF.Atan2(down.X, down.Y);

    private static Vector2 Span(Keypoints keypoints, Keypoint from, Keypoint to)
        => keypoints[from].Confidence > 0 && keypoints[to].Confidence > 0 ? keypoints[to].Position - keypoints[from].Position : default;

    private static Vector2? Middle(Keypoints keypoints, Keypoint a, Keypoint b)
        => keypoints[a].Confidence > 0 && keypoints[b].Confidence > 0 ? (keypoints[a].Position + keypoints[b].Position) / 2 : null;
}
