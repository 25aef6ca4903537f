namespace Impersonator.Bodies.Learning;

/// <summary>Which of SMPL-H's 52 joints each of MakeHuman's 163 bones belongs to.</summary>
internal static class RigMap
{
    /// <summary>[22] the bone whose head is the joint.</summary>
    private static readonly string[] BodyBones =
    [
        "spine05", "upperleg01.L", "upperleg01.R", "spine04", "lowerleg01.L", "lowerleg01.R", "spine03", "foot.L", "foot.R", "spine02",
        "toe2-1.L", "toe2-1.R", "neck01", "clavicle.L", "clavicle.R", "head", "upperarm01.L", "upperarm01.R", "lowerarm01.L", "lowerarm01.R",
        "wrist.L", "wrist.R",
    ];

    /// <summary>SMPL-H's finger order in MakeHuman's numbers: index, middle, pinky, ring, thumb.</summary>
    private static readonly int[] FingerNumbers = [2, 3, 5, 4, 1];

    /// <summary>[52] the bone whose head is the joint.</summary>
    public static string[] JointBones { get; } =
    [
        .. BodyBones,
        .. from side in (string[])["L", "R"] from finger in FingerNumbers from k in (int[])[1, 2, 3] select $"finger{finger}-{k}.{side}",
    ];

    /// <summary>[bones] the joint that moves each bone.</summary>
    public static int[] JointOfBone(IReadOnlyList<MakeHumanData.Bone> bones)
    {
        var jointOf = new int[bones.Count];
        for (int b = 0; b < bones.Count; b++)
        {
            string name = bones[b].Name;
            int own = Array.IndexOf(JointBones, name);
            // Toes bend together; a breast or a pelvis half goes with what it hangs on.
            if (name.StartsWith("toe", StringComparison.Ordinal)) own = name.EndsWith(".L", StringComparison.Ordinal) ? Joint.LeftFoot : Joint.RightFoot;
            jointOf[b] = own >= 0 ? own : bones[b].Parent < 0 ? Joint.Pelvis : jointOf[bones[b].Parent];
        }
        return jointOf;
    }

    /// <summary>The part of the body that a joint's skin belongs to.</summary>
    public static BodyPart PartOf(int joint) => joint switch
    {
        Joint.Head => BodyPart.Head,
        Joint.LeftShoulder => BodyPart.LeftUpperArm,
        Joint.RightShoulder => BodyPart.RightUpperArm,
        Joint.LeftElbow => BodyPart.LeftLowerArm,
        Joint.RightElbow => BodyPart.RightLowerArm,
        Joint.LeftWrist or >= Joint.LeftHand and < Joint.RightHand => BodyPart.LeftHand,
        Joint.RightWrist or >= Joint.RightHand => BodyPart.RightHand,
        Joint.LeftHip => BodyPart.LeftUpperLeg,
        Joint.RightHip => BodyPart.RightUpperLeg,
        Joint.LeftKnee => BodyPart.LeftLowerLeg,
        Joint.RightKnee => BodyPart.RightLowerLeg,
        Joint.LeftAnkle or Joint.LeftFoot => BodyPart.LeftFoot,
        Joint.RightAnkle or Joint.RightFoot => BodyPart.RightFoot,
        _ => BodyPart.Torso,
    };
}
