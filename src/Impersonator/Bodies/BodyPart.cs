namespace Impersonator.Bodies;

/// <summary>Parts of the body; every vertex belongs to one. Left and right are the person's own.</summary>
public enum BodyPart : byte
{
#pragma warning disable CS1591 // The names say it.
    None = 0, Head = 1, Torso = 2, LeftUpperArm = 3, RightUpperArm = 4, LeftLowerArm = 5, RightLowerArm = 6, LeftHand = 7, RightHand = 8,
    LeftUpperLeg = 9, RightUpperLeg = 10, LeftLowerLeg = 11, RightLowerLeg = 12, LeftFoot = 13, RightFoot = 14,
#pragma warning restore CS1591
}
