namespace Impersonator.Bodies;

/// <summary>The 17 keypoints that photos are labelled with, in this order everywhere. Left and right are the person's own.</summary>
public enum Keypoint
{
#pragma warning disable CS1591 // The names say it.
    Nose, HeadTop, Neck, RightShoulder, RightElbow, RightWrist, LeftShoulder, LeftElbow, LeftWrist,
    RightHip, RightKnee, RightAnkle, LeftHip, LeftKnee, LeftAnkle, RightToe, LeftToe,
#pragma warning restore CS1591
}
