using System.Collections.Immutable;

namespace Impersonator.Bodies;

/// <summary>How the joints of the SMPL family's files map onto our 52.</summary>
/// <remarks>
/// SMPL has 24: 22 of the body and two hands, which become rigid with the wrists. SMPL-H's 52 are ours. SMPL-X has 55: jaw and
/// eyes, which become rigid with the head, stand before the fingers.
/// </remarks>
internal static class SmplJoints
{
    /// <summary>[file joint] our joint that moves its skin; default if there is no such skeleton.</summary>
    public static ImmutableArray<int> OursOf(int fileJoints)
    {
        IEnumerable<int> body = Enumerable.Range(0, Joint.BodyCount), fingers = Enumerable.Range(Joint.BodyCount, Joint.Count - Joint.BodyCount);
        return fileJoints switch
        {
            24 => [.. body, Joint.LeftWrist, Joint.RightWrist],
            52 => [.. body, .. fingers],
            55 => [.. body, Joint.Head, Joint.Head, Joint.Head, .. fingers],
            _ => default,
        };
    }

    /// <summary>The file joint at the place of one of ours; SMPL's hand joint for all of its fingers.</summary>
    public static int PlaceOf(int ours, int fileJoints) => fileJoints switch
    {
        24 when ours >= Joint.BodyCount => ours < Joint.RightHand ? 22 : 23,
        55 when ours >= Joint.BodyCount => ours + 3,
        _ => ours,
    };

    /// <summary>The parent that a file joint must have: a file of another skeleton is not what it says.</summary>
    public static int ParentOf(int fileJoint, int fileJoints)
    {
        if (fileJoint < Joint.BodyCount) return Skeleton.SmplH.Parents[fileJoint];
        return fileJoints switch
        {
            24 => fileJoint - 2,
            55 when fileJoint < 25 => Joint.Head,
            55 when Skeleton.SmplH.Parents[fileJoint - 3] is var parent => parent < Joint.BodyCount ? parent : parent + 3,
            _ => Skeleton.SmplH.Parents[fileJoint],
        };
    }
}
