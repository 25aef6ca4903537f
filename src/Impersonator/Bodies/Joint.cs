namespace Impersonator.Bodies;

/// <summary>Indices into <see cref="Skeleton.SmplH"/>; the first finger joints follow from <see cref="LeftHand"/> and <see cref="RightHand"/>.</summary>
public static class Joint
{
#pragma warning disable CS1591 // The names say it.
    public const int Pelvis = 0, LeftHip = 1, RightHip = 2, Spine1 = 3, LeftKnee = 4, RightKnee = 5, Spine2 = 6, LeftAnkle = 7,
        RightAnkle = 8, Spine3 = 9, LeftFoot = 10, RightFoot = 11, Neck = 12, LeftCollar = 13, RightCollar = 14, Head = 15,
        LeftShoulder = 16, RightShoulder = 17, LeftElbow = 18, RightElbow = 19, LeftWrist = 20, RightWrist = 21;
#pragma warning restore CS1591

    /// <summary>Joints of the body without fingers.</summary>
    public const int BodyCount = 22;

    /// <summary>All joints.</summary>
    public const int Count = 52;

    /// <summary>First of the 15 left finger joints (index, middle, pinky, ring, thumb; three each).</summary>
    public const int LeftHand = 22;

    /// <summary>First of the 15 right finger joints.</summary>
    public const int RightHand = 37;
}
