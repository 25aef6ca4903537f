using Impersonator.Bodies;
using Impersonator.Files;
using Impersonator.Imaging;

namespace Impersonator.Recovery;

/// <summary>A body that moves must have been seen down to its knees.</summary>
internal static class HalfBodies
{
    private static readonly Keypoint[] Lower = [Keypoint.RightKnee, Keypoint.LeftKnee, Keypoint.RightAnkle, Keypoint.LeftAnkle];

    /// <summary>Refuses keypoints that show an upper body only.</summary>
    /// <exception cref="InputException">Knees and ankles are all unknown.</exception>
    public static void Refuse(Keypoints keypoints, Photo photo)
    {
        if (Lower.All(k => keypoints[k].Confidence == 0))
            throw new InputException($"{photo.Name}: only the upper body is in the picture (no knee, no ankle); give a photo that shows the person down to the feet.");
    }
}
