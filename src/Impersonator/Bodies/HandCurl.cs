using System.Numerics;

namespace Impersonator.Bodies;

/// <summary>Fingers that close together: in the T-pose they are spread as on a hand pressed flat, which no resting hand is.</summary>
/// <remarks>
/// Resting fingers lie side by side and bend more from the index to the little finger, most at the middle knuckle; in a fist all are bent alike.
/// Palms face down in the T-pose. Fingers in SMPL-H's order: index, middle, little, ring, thumb.
/// </remarks>
internal static class HandCurl
{
    /// <summary>Heading of each finger in the T-pose, and on a hand at ease, radians from the arm's direction towards the thumb.</summary>
    private static readonly float[] Spread = [0.15f, -0.14f, -0.43f, -0.31f], Gathered = [0.05f, -0.01f, -0.14f, -0.08f];

    /// <summary>Bend of each finger and of each knuckle, in the hand's.</summary>
    private static readonly float[] Finger = [0.75f, 0.95f, 1.2f, 1.1f], Knuckle = [0.9f, 1.2f, 0.8f];

    /// <summary>From this bend on, fingers lie side by side; from that, they bend alike; radians.</summary>
    private const float AtEase = 0.25f, Fist = 1.2f;

    /// <summary>How far the thumb comes to the index finger on a hand at ease, and how much it bends with the others.</summary>
    private const float ThumbIn = 0.3f, ThumbBend = 0.35f;

    /// <summary>The rotation of one finger joint.</summary>
    /// <param name="joint">One of the thirty finger joints.</param>
    /// <param name="bend">Mean bend of the hand's knuckles, radians; 0 = the T-pose's flat hand.</param>
    public static Quaternion Of(int joint, float bend)
    {
        int first = joint < Joint.RightHand ? Joint.LeftHand : Joint.RightHand, finger = (joint - first) / 3, knuckle = (joint - first) % 3;
        Quaternion left = Left(finger, knuckle, bend, Math.Clamp(bend / AtEase, 0, 1));
        // Mirrored at the plane x = 0.
        return first == Joint.LeftHand ? left : new Quaternion(left.X, -left.Y, -left.Z, left.W);
    }

    private static Quaternion Left(int finger, int knuckle, float bend, float gather)
    {
        if (finger == 4) return Quaternion.CreateFromAxisAngle(Vector3.UnitY, (knuckle == 0 ? ThumbIn * gather : 0) + (ThumbBend * bend));
        float alike = Math.Clamp(bend / Fist, 0, 1), angle = bend * float.Lerp(Finger[finger], 1, alike) * float.Lerp(Knuckle[knuckle], 1, alike);
        // Down from where the finger points; the whole finger turns to its neighbours at its root.
        (float sine, float cosine) = MathF.SinCos(Spread[finger]);
        Quaternion down = Quaternion.CreateFromAxisAngle(new Vector3(sine, 0, -cosine), angle);
        return knuckle > 0 ? down : Quaternion.CreateFromAxisAngle(Vector3.UnitY, gather * (Spread[finger] - Gathered[finger])) * down;
    }
}
