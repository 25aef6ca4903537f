using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Recovery;

namespace Impersonator.Synthesis;

/// <summary>A motion as somebody performs it whose legs the photo does not show: in place, from the hips up.</summary>
/// <remarks>
/// Head, trunk and arms move as the motion says and the body turns with it; travel, leaps and tumbles are taken back to a sway, and legs stay
/// as the photo's priors have them. So the picture keeps the photo's framing and what lies below its edge, which is made up, stays below.
/// </remarks>
internal sealed class UpperBodyPerformance
{
    /// <summary>Most that the pelvis sways over the ground, rises and sinks, metres.</summary>
    private const float MostSway = 0.12f, MostRise = 0.03f, MostFall = 0.12f;

    /// <summary>Small leans stay; none is larger than about a quarter of a radian.</summary>
    private const float Lean = 0.35f;

    /// <summary>How far thighs that are seen may move from where the photo has them, radians.</summary>
    private const float MostThigh = 0.3f;

    /// <summary>Most that the start of the motion is moved so that head and shoulders begin where the photo has them, metres.</summary>
    private const float MostShift = 0.2f;

    private static readonly int[] BelowTheHips = [Joint.LeftKnee, Joint.RightKnee, Joint.LeftAnkle, Joint.RightAnkle, Joint.LeftFoot, Joint.RightFoot];

    private readonly Pose _photo;
    private readonly Vector3 _start, _from;
    private readonly bool _hips;

    private UpperBodyPerformance(Person person, Body body, Pose start)
    {
        (_photo, _start, _from, _hips) = (person.Pose, start.Root, person.Pose.Root, HalfBodies.ShowsHips(person.Keypoints));
        // The neck is seen for sure, the pelvis at best near the picture's edge.
        Vector3 shift = Neck(body, _photo) - Neck(body, At(start));
        shift.Y = MathF.Min(shift.Y, MostRise);
        _from += shift * MathF.Min(1, MostShift / MathF.Max(shift.Length(), 1e-6f));
    }

    /// <summary>For a person of whom only the upper body was seen; null for others.</summary>
    /// <param name="person">As in the photo.</param>
    /// <param name="body">Of its shape.</param>
    /// <param name="start">The motion's first pose, where the person stands.</param>
    public static UpperBodyPerformance? Of(Person person, Body body, Pose start) => HalfBodies.IsHalf(person.Keypoints) ? new UpperBodyPerformance(person, body, start) : null;

    /// <summary>A pose of the motion, brought back to what can be shown.</summary>
    public Pose At(Pose pose)
    {
        ImmutableArray<Quaternion>.Builder rotations = pose.Rotations.ToBuilder();
        rotations[Joint.Pelvis] = Upright(pose.Rotations[Joint.Pelvis]);
        foreach (int j in (ReadOnlySpan<int>)[Joint.LeftHip, Joint.RightHip])
            rotations[j] = _hips ? Towards(_photo.Rotations[j], pose.Rotations[j]) : _photo.Rotations[j];
        foreach (int j in BelowTheHips) rotations[j] = _photo.Rotations[j];
        Vector3 travel = pose.Root - _start;
        return new Pose(rotations.MoveToImmutable(), _from + new Vector3(Limited(travel.X, MostSway), Limited(travel.Y, travel.Y > 0 ? MostRise : MostFall), Limited(travel.Z, MostSway)));
    }

    /// <summary>The turn about the vertical as it is, the lean from it tamed: nobody falls, and who turns over stays upright.</summary>
    private static Quaternion Upright(Quaternion pelvis)
    {
        var turn = new Quaternion(0, pelvis.Y, 0, pelvis.W);
        if (turn.Length() < 1e-4f) return Quaternion.Identity;
        turn = Quaternion.Normalize(turn);
        Quaternion lean = Quaternion.Conjugate(turn) * pelvis;
        var axis = new Vector3(lean.X, lean.Y, lean.Z);
        float half = axis.Length();
        if (half < 1e-6f) return turn;
        float angle = 2 * MathF.Atan2(half, lean.W), sine = MathF.Sin(angle);
        return Quaternion.Normalize(turn * Quaternion.CreateFromAxisAngle(axis / half, Lean * sine / (Lean + MathF.Abs(sine))));
    }

    private static Quaternion Towards(Quaternion from, Quaternion to)
    {
        float angle = 2 * MathF.Acos(Math.Clamp(MathF.Abs(Quaternion.Dot(from, to)), 0, 1));
        return angle < 1e-4f ? from : Quaternion.Slerp(from, to, Limited(angle, MostThigh) / angle);
    }

    private static float Limited(float value, float most) => most * MathF.Tanh(value / most);

    private static Vector3 Neck(Body body, Pose pose)
    {
        var transforms = new Matrix4x4[body.Model.Skeleton.JointCount];
        Kinematics.PosedFromRest(body.Model.Skeleton, body.RestJoints, pose, transforms);
        return Vector3.Transform(body.RestJoints[Joint.Neck], transforms[Joint.Neck]);
    }
}
