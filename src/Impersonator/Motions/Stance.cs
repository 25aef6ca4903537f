using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Motions;

/// <summary>Judges whether a foreign pose is one in which a person could stand, and how it is turned.</summary>
internal sealed class Stance(SkeletonMap map)
{
    /// <summary>Rest poses within this angle of the world's axes are meant to stand on them, radians.</summary>
    private const float SnapAngle = 0.35f;

    /// <summary>The whole body's rotation from our rest (left +X, up +Y, facing +Z); snapped to the world's axes when near them.</summary>
    public Quaternion BodyFrame(JointFrame[] pose)
    {
        Vector3 left = Left(pose), up = Up(pose);
        Vector3 nearUp = Turning.NearestAxis(up), nearLeft = Turning.NearestAxis(left);
        bool snaps = Turning.Angle(up, nearUp) < SnapAngle && Turning.Angle(left, nearLeft) < SnapAngle && Vector3.Dot(nearUp, nearLeft) == 0;
        return snaps ? Turning.Frame(nearLeft, nearUp) : Turning.Frame(left, up);
    }

    /// <summary>Legs below, head above, left and right not crossed, toes to the front: a rest pose that means something.</summary>
    public bool IsStanding(JointFrame[] pose)
    {
        Vector3 left = Left(pose), up = Up(pose);
        if (!(left.LengthSquared() > 1e-12f) || !(up.LengthSquared() > 1e-12f)) return false;
        (left, up) = (Vector3.Normalize(left), Vector3.Normalize(up));
        if (MathF.Abs(Vector3.Dot(left, up)) > 0.35f) return false;
        Vector3 forward = Vector3.Cross(left, up);
        for (int side = 0; side < 2; side++)
        {
            if (Cosine(pose, Joint.LeftHip + side, Joint.LeftKnee + side, up) > -0.8f || Cosine(pose, Joint.LeftKnee + side, Joint.LeftAnkle + side, up) > -0.7f) return false;
            if (map.Place[Joint.LeftFoot + side] >= 0 && Cosine(pose, Joint.LeftAnkle + side, Joint.LeftFoot + side, forward) < -0.2f) return false;
            // Arms hang or are held out, never across the body.
            float outwards = Cosine(pose, Joint.LeftShoulder + side, Joint.LeftElbow + side, side == 0 ? left : -left);
            float down = -Cosine(pose, Joint.LeftShoulder + side, Joint.LeftElbow + side, up);
            if (outwards < 0.5f && down < 0.7f) return false;
        }
        Vector3 shoulders = Vector3.Normalize(Place(pose, Joint.LeftShoulder) - Place(pose, Joint.RightShoulder));
        if (Vector3.Dot(shoulders, left) < 0.9f) return false;
        return map.Place[Joint.Head] < 0 || Vector3.Dot(Place(pose, Joint.Head) - Middle(pose, Joint.LeftShoulder), up) > 0;
    }

    /// <summary>Standing, arms and legs straight, arms level.</summary>
    public bool IsTPose(JointFrame[] pose)
    {
        if (!IsStanding(pose)) return false;
        Vector3 left = Vector3.Normalize(Left(pose)), up = Vector3.Normalize(Up(pose));
        for (int side = 0; side < 2; side++)
        {
            Vector3 outwards = side == 0 ? left : -left;
            if (Cosine(pose, Joint.LeftShoulder + side, Joint.LeftElbow + side, outwards) < 0.96f || Cosine(pose, Joint.LeftElbow + side, Joint.LeftWrist + side, outwards) < 0.96f) return false;
            if (Cosine(pose, Joint.LeftHip + side, Joint.LeftKnee + side, up) > -0.96f || Cosine(pose, Joint.LeftKnee + side, Joint.LeftAnkle + side, up) > -0.96f) return false;
        }
        return true;
    }

    /// <summary>From the middle of the hips to the middle of the shoulders.</summary>
    public Vector3 Up(JointFrame[] pose) => Middle(pose, Joint.LeftShoulder) - Middle(pose, Joint.LeftHip);

    private Vector3 Left(JointFrame[] pose) => Place(pose, Joint.LeftHip) - Place(pose, Joint.RightHip);

    private Vector3 Place(JointFrame[] pose, int joint) => pose[map.Place[joint]].Place;

    private Vector3 Middle(JointFrame[] pose, int left) => (Place(pose, left) + Place(pose, left + 1)) / 2;

    private float Cosine(JointFrame[] pose, int from, int to, Vector3 direction)
    {
        Vector3 bone = Place(pose, to) - Place(pose, from);
        return bone.LengthSquared() > 1e-12f ? Vector3.Dot(Vector3.Normalize(bone), direction) : 0;
    }
}
