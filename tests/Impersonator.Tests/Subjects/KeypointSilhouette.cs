using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Imaging;
using Impersonator.Recovery;

namespace Impersonator.Tests.Subjects;

/// <summary>A naked body's silhouette made of capsules between keypoints: stands in for a fitted body.</summary>
internal static class KeypointSilhouette
{
    // Bone and radius in heights, a little thinner than an average adult.
    private static readonly (Keypoint From, Keypoint To, float Radius)[] Capsules =
    [
        (Keypoint.HeadTop, Keypoint.Nose, 0.045f), (Keypoint.Nose, Keypoint.Neck, 0.035f),
        (Keypoint.RightShoulder, Keypoint.LeftShoulder, 0.03f), (Keypoint.RightHip, Keypoint.LeftHip, 0.05f),
        (Keypoint.RightShoulder, Keypoint.RightHip, 0.035f), (Keypoint.LeftShoulder, Keypoint.LeftHip, 0.035f), (Keypoint.Neck, Keypoint.RightHip, 0.05f), (Keypoint.Neck, Keypoint.LeftHip, 0.05f),
        (Keypoint.RightShoulder, Keypoint.RightElbow, 0.027f), (Keypoint.LeftShoulder, Keypoint.LeftElbow, 0.027f),
        (Keypoint.RightElbow, Keypoint.RightWrist, 0.022f), (Keypoint.LeftElbow, Keypoint.LeftWrist, 0.022f),
        (Keypoint.RightHip, Keypoint.RightKnee, 0.042f), (Keypoint.LeftHip, Keypoint.LeftKnee, 0.042f),
        (Keypoint.RightKnee, Keypoint.RightAnkle, 0.028f), (Keypoint.LeftKnee, Keypoint.LeftAnkle, 0.028f),
        (Keypoint.RightAnkle, Keypoint.RightToe, 0.02f), (Keypoint.LeftAnkle, Keypoint.LeftToe, 0.02f),
    ];

    public static Matte Draw(Keypoints keypoints, int width, int height)
    {
        var matte = new Matte(width, height);
        foreach ((Keypoint from, Keypoint to, float radius) in Capsules)
        {
            if (keypoints[from].Confidence <= 0 || keypoints[to].Confidence <= 0) continue;
            Vector2 begin = keypoints[from].Position, end = keypoints[to].Position;
            float heights = radius * keypoints.PersonHeight;
            if (from == Keypoint.HeadTop) begin += Vector2.Normalize(end - begin) * heights; // a capsule is round beyond its end
            Draw(matte, begin, end, heights);
        }
        return matte;
    }

    private static void Draw(Matte matte, Vector2 from, Vector2 to, float radius)
    {
        Vector2 along = to - from;
        for (int y = 0; y < matte.Height; y++)
            for (int x = 0; x < matte.Width; x++)
            {
                var place = new Vector2(x + 0.5f, y + 0.5f);
                float t = Math.Clamp(Vector2.Dot(place - from, along) / MathF.Max(along.LengthSquared(), 1e-6f), 0, 1);
                float cover = radius + 0.5f - Vector2.Distance(place, from + (along * t));
                matte[x, y] = MathF.Max(matte[x, y], Math.Clamp(cover, 0, 1));
            }
    }
}
