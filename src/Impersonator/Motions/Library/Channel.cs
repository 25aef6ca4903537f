namespace Impersonator.Motions.Library;

/// <summary>What an author can key. Angles in degrees, places in metres; arms and legs come left first, right next.</summary>
internal enum Channel
{
    /// <summary>Pelvis from where it stands: to the left, up, forward.</summary>
    PelvisX, PelvisY, PelvisZ,

    /// <summary>Pelvis: turn to the left, bow forward, lean to the right.</summary>
    PelvisYaw, PelvisPitch, PelvisRoll,

    /// <summary>Back, over its three joints: bow, turn to the left, lean to the right.</summary>
    SpinePitch, SpineYaw, SpineRoll,

    /// <summary>Head and neck together: nod, turn to the left, lean to the right.</summary>
    HeadPitch, HeadYaw, HeadRoll,

    /// <summary>Shoulder raised.</summary>
    LeftShrug, RightShrug,

    /// <summary>Arm from hanging: forward, sideways, turned about itself (thumb outwards).</summary>
    LeftArmSwing, RightArmSwing, LeftArmOut, RightArmOut, LeftArmTwist, RightArmTwist,

    /// <summary>Elbow bend, wrist bend towards the palm, forearm turned (thumb outwards), fingers curled.</summary>
    LeftElbow, RightElbow, LeftWrist, RightWrist, LeftForearm, RightForearm, LeftFist, RightFist,

    /// <summary>1: the index finger points, whatever the others do.</summary>
    LeftPointing, RightPointing,

    /// <summary>Foot on or over the ground: outwards, up, forward, toes outwards, heel up.</summary>
    LeftFootX, RightFootX, LeftFootY, RightFootY, LeftFootZ, RightFootZ, LeftFootYaw, RightFootYaw, LeftFootPitch, RightFootPitch,

    /// <summary>Foot turned to the left about its ball, which stays where it is.</summary>
    LeftPivot, RightPivot,

    /// <summary>Knee pushed outwards from over the foot.</summary>
    LeftKneeOut, RightKneeOut,

    /// <summary>1: the leg follows the next four instead of its foot.</summary>
    LeftLegFree, RightLegFree,

    /// <summary>Free leg: hip forward, sideways; knee bend; toes pointed.</summary>
    LeftHip, RightHip, LeftHipOut, RightHipOut, LeftKnee, RightKnee, LeftPoint, RightPoint,

    /// <summary>How many.</summary>
    Count,
}
