using System.Numerics;
using static Impersonator.Bodies.Joint;

namespace Impersonator.Training.Synthesis;

/// <summary>Invents poses for one body: families of everyday and rare poses by inverse kinematics, and poses from motions.</summary>
internal sealed partial class PoseMaker(ShapedBody body, PeoplePack pack, Dice dice)
{
    private readonly FigurePose _pose = new();
    private readonly Quaternion[] _global = new Quaternion[BodyCount];
    private readonly Vector3[] _place = new Vector3[BodyCount];

    /// <summary>The next pose; the object is reused.</summary>
    public FigurePose Make()
    {
        _pose.Clear();
        Fingers();
        float family = dice.Unit();
        if (pack.PoseCount > 0 && family < 0.17f) FromMotion();
        else if (family < 0.42f) Stand();
        else if (family < 0.52f) Walk();
        else if (family < 0.63f) Sit();
        else if (family < 0.68f) Crouch();
        else if (family < 0.71f) Bend();
        else if (family < 0.77f) Leap();
        else if (family < 0.885f) Legs();
        else if (family < 0.9f) Crawl();
        else if (family < 0.96f) HeadDown();
        else Free();
        if (dice.Chance(0.035f)) LieDown();
        return _pose;
    }

    private static float Degrees(float d) => d * MathF.PI / 180;

    private static int Hip(int side) => side > 0 ? LeftHip : RightHip;

    private static int Shoulder(int side) => side > 0 ? LeftShoulder : RightShoulder;

    private Vector3 Rest(int joint) => body.Joints[joint];

    private float Length(int from, int to) => Vector3.Distance(Rest(from), Rest(to));

    private float Angle(float lowDegrees, float highDegrees) => Degrees(dice.Range(lowDegrees, highDegrees));

    private float Wobble(float sigmaDegrees) => Degrees(dice.Normal(sigmaDegrees));

    private Quaternion Wobbles(float sigmaDegrees) => Turn.X(Wobble(sigmaDegrees)) * Turn.Y(Wobble(sigmaDegrees)) * Turn.Z(Wobble(sigmaDegrees));

    /// <summary>Forward kinematics of what is set so far, pelvis at the origin.</summary>
    private void Track()
    {
        for (int j = 0; j < BodyCount; j++)
        {
            int parent = Bodies.Skeleton.SmplH.Parents[j];
            _global[j] = parent < 0 ? _pose.Local[j] : _global[parent] * _pose.Local[j];
            _place[j] = parent < 0 ? Vector3.Zero : _place[parent] + Vector3.Transform(Rest(j) - Rest(parent), _global[parent]);
        }
    }

    /// <summary>Fingers curl towards the palm, each a little on its own; now and then a fist, a flat hand, a pointing finger.</summary>
    private void Fingers()
    {
        foreach (int side in (ReadOnlySpan<int>)[1, -1])
        {
            float curl = dice.Unit() switch { < 0.15f => 1.3f, < 0.3f => 0.05f, _ => dice.Range(0.1f, 0.6f) }, spread = dice.Normal(0.08f);
            int pointing = dice.Chance(0.08f) ? 0 : -1;
            for (int finger = 0; finger < 5; finger++)
            {
                float bend = finger == pointing ? 0.05f : curl + dice.Normal(0.12f);
                bool thumb = finger == 4;
                for (int k = 0; k < 3; k++)
                {
                    int joint = (side > 0 ? LeftHand : RightHand) + (3 * finger) + k;
                    // Palms face down in the T-pose; a thumb bends across the palm.
                    _pose.Local[joint] = thumb ? Turn.Y(-side * bend * 0.35f) * Turn.Z(-side * bend * 0.2f) : Turn.Z(-side * bend * (k == 0 ? 0.9f : 1.05f)) * (k == 0 ? Turn.Y(side * spread * (finger - 1.5f)) : Quaternion.Identity);
                }
            }
        }
    }

    /// <summary>Bends the back and turns the head; degrees forward, to the left side, and twist to the left.</summary>
    private void Torso(float forward, float side, float twist)
    {
        var whole = new Vector3(forward, twist, side);
        foreach (int joint in (ReadOnlySpan<int>)[Spine1, Spine2, Spine3])
        {
            Vector3 share = whole * dice.Range(0.2f, 0.46f);
            _pose.Local[joint] = Turn.Y(Degrees(share.Y)) * Turn.Z(-Degrees(share.Z)) * Turn.X(Degrees(share.X));
        }
        float nod = dice.Normal(13) - (forward * dice.Range(0, 0.5f)), look = dice.Normal(22), tilt = dice.Normal(7);
        if (dice.Chance(0.15f)) nod += dice.Range(10, 40);
        foreach (int joint in (ReadOnlySpan<int>)[Neck, Head])
            _pose.Local[joint] = Turn.Y(Degrees(Math.Clamp(look, -70, 70)) / 2) * Turn.X(Degrees(Math.Clamp(nod, -45, 45)) / 2) * Turn.Z(Degrees(tilt) / 2);
    }

    /// <summary>Points a limb's two halves along world directions; the middle joint is a hinge.</summary>
    private void Limb(int root, int middle, int end, Vector3 upper, Vector3 lower, float twist)
    {
        Vector3 restUpper = Vector3.Normalize(Rest(middle) - Rest(root)), restLower = Vector3.Normalize(Rest(end) - Rest(middle));
        // Knees bend backwards about +x, elbows forwards about the vertical.
        Vector3 restHinge = root is LeftHip or RightHip ? Vector3.UnitX : root == LeftShoulder ? -Vector3.UnitY : Vector3.UnitY;
        restHinge = Vector3.Normalize(restHinge - (restUpper * Vector3.Dot(restHinge, restUpper)));
        float restBend = MathF.Atan2(Vector3.Dot(Vector3.Cross(restUpper, restLower), restHinge), Vector3.Dot(restUpper, restLower));
        Vector3 hinge = Vector3.Cross(upper, lower);
        float bend = MathF.Atan2(hinge.Length(), Vector3.Dot(upper, lower));
        int parent = Bodies.Skeleton.SmplH.Parents[root];
        if (bend < 0.05f)
        {
            Quaternion free = Turn.Between(Vector3.Transform(restUpper, _global[parent]), upper);
            hinge = Vector3.Transform(Vector3.Transform(restHinge, _global[parent]), free);
        }
        hinge = Vector3.Normalize(hinge - (upper * Vector3.Dot(hinge, upper)));
        Quaternion turn = Turn.Frame(restUpper, restHinge, upper, hinge);
        _pose.Local[root] = Quaternion.Normalize(Quaternion.Conjugate(_global[parent]) * turn);
        _pose.Local[middle] = Turn.About(restHinge, bend - restBend) * Turn.About(restLower, twist);
        Track();
    }

    /// <summary>Brings a limb's end to a place (relative to the pelvis) by two-bone inverse kinematics.</summary>
    private void Reach(int root, int middle, int end, Vector3 target, Vector3 pole, float twist)
    {
        float upper = Length(root, middle), lower = Length(middle, end);
        Vector3 line = target - _place[root];
        float distance = Math.Clamp(line.Length(), MathF.Abs(upper - lower) + 0.06f, (upper + lower) * 0.999f);
        line = Vector3.Normalize(line);
        pole -= line * Vector3.Dot(pole, line);
        pole = pole.LengthSquared() < 1e-6f ? Vector3.Normalize(Vector3.Cross(line, Vector3.UnitX)) : Vector3.Normalize(pole);
        float along = ((upper * upper) - (lower * lower) + (distance * distance)) / (2 * distance);
        Vector3 joint = _place[root] + (line * along) + (pole * MathF.Sqrt(MathF.Max(0, (upper * upper) - (along * along))));
        Limb(root, middle, end, Vector3.Normalize(joint - _place[root]), Vector3.Normalize(_place[root] + (line * distance) - joint), twist);
    }

    /// <summary>A place in the pelvis-centred world from one in the chest's frame (metres of an average body from the middle of the shoulders; x to the left).</summary>
    private Vector3 FromChest(Vector3 offset) => ((_place[LeftShoulder] + _place[RightShoulder]) / 2) + Vector3.Transform(offset * ArmScale, _global[Spine3]);

    /// <summary>1 for an upper arm of 25 cm.</summary>
    private float ArmScale => Length(LeftShoulder, LeftElbow) / 0.25f;

    private void Hand(int side, Vector3 chestOffset, float poleSide, float poleDown, float poleBack)
    {
        // Hands before the body stay out of the belly.
        if (chestOffset.Z > 0.1f && chestOffset.Y < -0.08f && MathF.Abs(chestOffset.X) < 0.24f) chestOffset.Z = MathF.Max(chestOffset.Z, (body.BellyReach + dice.Range(0.02f, 0.06f)) / ArmScale);
        Vector3 pole = Vector3.Transform(new Vector3(side * poleSide, -poleDown, -poleBack) + dice.NormalVector(0.2f), _global[Spine3]);
        Reach(Shoulder(side), Shoulder(side) + 2, Shoulder(side) + 4, FromChest(chestOffset), pole, side * Wobble(30));
        Wrist(side);
    }

    /// <summary>Arm by directions in the chest's frame: degrees away from hanging, where to (0 side, 90 front), and elbow bend.</summary>
    private void Arm(int side, float raise, float toFront, float bend, float roll)
    {
        float r = Degrees(raise), f = Degrees(toFront);
        var upper = new Vector3(side * MathF.Sin(r) * MathF.Cos(f), -MathF.Cos(r), MathF.Sin(r) * MathF.Sin(f));
        // Bends toward the front; roll turns the bend about the upper arm, outward for positive.
        Vector3 forward = Vector3.UnitZ - (upper * upper.Z);
        if (forward.LengthSquared() < 0.05f) forward = Vector3.UnitY - (upper * upper.Y);
        forward = Vector3.Transform(Vector3.Normalize(forward), Turn.About(upper, -side * Degrees(roll)));
        Vector3 lower = (upper * MathF.Cos(Degrees(bend))) + (forward * MathF.Sin(Degrees(bend)));
        Limb(Shoulder(side), Shoulder(side) + 2, Shoulder(side) + 4, Vector3.Transform(upper, _global[Spine3]), Vector3.Transform(lower, _global[Spine3]), side * Wobble(35));
        Wrist(side);
    }

    private void Wrist(int side) => _pose.Local[Shoulder(side) + 4] = dice.Chance(0.2f) ? Turn.Z(-side * Angle(-70, 70)) * Turn.Y(Angle(-30, 30)) * Turn.X(Wobble(20)) : Wobbles(13);

    private void Collar(int side, float lift, float forward)
    {
        _pose.Local[side > 0 ? LeftCollar : RightCollar] = Turn.Z(side * Degrees(lift)) * Turn.Y(-side * Degrees(forward));
        Track();
    }

    /// <summary>Degrees that an arm must stand off to pass the hips.</summary>
    private float HipClearance()
    {
        float shoulder = MathF.Abs(Rest(LeftShoulder).X), arm = Length(LeftShoulder, LeftElbow) + Length(LeftElbow, LeftWrist);
        return MathF.Asin(Math.Clamp((body.HipReach + 0.03f - shoulder) / arm, 0, 0.6f)) * 180 / MathF.PI;
    }

    private void HangArm(int side) => Arm(side, MathF.Abs(dice.Normal(6)) + MathF.Max(4, HipClearance() + 2), dice.Range(-30, 60), MathF.Abs(dice.Normal(14)) + 5, dice.Normal(18));

    /// <summary>A foot on a place: x to the left, z forward of the pelvis, drop below the hip as a share of the leg's length.</summary>
    private void Foot(int side, float x, float drop, float z, float outward)
    {
        float leg = Length(Hip(side), Hip(side) + 3) + Length(Hip(side) + 3, Hip(side) + 6);
        var pole = new Vector3(side * MathF.Sin(Degrees(outward)), 0, MathF.Cos(Degrees(outward)));
        Reach(Hip(side), Hip(side) + 3, Hip(side) + 6, new Vector3(x, -drop * leg, z), pole, 0);
    }

    /// <summary>Turns the feet towards flat on the ground, as far as ankles go.</summary>
    private void Feet(float flatness)
    {
        foreach (int ankle in (ReadOnlySpan<int>)[LeftAnkle, RightAnkle])
        {
            int knee = ankle - 3;
            Vector3 heading = Vector3.Transform(Vector3.UnitZ, _global[knee - 3]);
            Quaternion flat = Turn.Y(MathF.Atan2(heading.X, heading.Z));
            Quaternion local = Quaternion.Slerp(Quaternion.Identity, Quaternion.Conjugate(_global[knee]) * flat, flatness);
            Vector3 turn = Turn.AxisAngle(local);
            float limit = Degrees(45);
            _pose.Local[ankle] = (turn.Length() > limit ? Turn.About(Vector3.Normalize(turn), limit) : local) * Turn.X(Wobble(6)) * Turn.Y(Wobble(5));
            _pose.Local[ankle + 3] = Turn.X(-MathF.Abs(Wobble(8)));
        }
        Track();
    }
}
