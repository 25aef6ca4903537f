using System.Numerics;
using Impersonator.Bodies;

namespace Impersonator.Motions;

/// <summary>For each of our joints the turn from our rest frame into the axes of the foreign joint that drives it.</summary>
/// <remarks>
/// <c>ours(t) = foreign(t) · alignment</c>, both in world space. The alignment is found in a reference pose that both
/// skeletons can take: the file's rest pose if a person could stand like that, else a T-pose frame of the motion. Rest
/// poses of other files are no poses at all (every bone along x); there the alignment follows from where a joint's
/// neighbours lie in its own axes, and from the axis about which knees and elbows are seen to bend.
/// </remarks>
internal sealed class RestAlignment
{
    private const int MaxSamples = 240;

    private readonly SkeletonClip _clip;
    private readonly SkeletonMap _map;
    private readonly Vector3[] _rest;
    private readonly Quaternion[] _turns = [.. Enumerable.Repeat(Quaternion.Identity, Joint.Count)];

    private RestAlignment(SkeletonClip clip, SkeletonMap map, Vector3[] rest) => (_clip, _map, _rest) = (clip, map, rest);

    /// <summary>[52] the turns; identity where no foreign joint drives ours.</summary>
    public Quaternion[] Turns => _turns;

    /// <summary>The vertical of the reference pose in the file's world; null if there was none.</summary>
    public Vector3? ReferenceUp { get; private set; }

    /// <summary>Aligns a clip with our rest pose.</summary>
    /// <param name="clip">The motion.</param>
    /// <param name="map">Its joints.</param>
    /// <param name="rest">[52] our rest places.</param>
    /// <param name="up">The vertical of a motion whose rest pose tells none.</param>
    public static RestAlignment Of(SkeletonClip clip, SkeletonMap map, Vector3[] rest, Vector3 up)
    {
        var alignment = new RestAlignment(clip, map, rest);
        var stance = new Stance(map);
        if (clip.Rest is { } reference && stance.IsStanding(reference)) alignment.FromReference(reference, stance);
        else if (clip.Frames.FirstOrDefault(stance.IsTPose) is { } frame) alignment.FromReference(frame, stance);
        else alignment.FromMotion(up);
        return alignment;
    }

    private void FromReference(JointFrame[] reference, Stance stance)
    {
        Quaternion body = stance.BodyFrame(reference);
        ReferenceUp = Turning.NearestAxis(Vector3.Transform(Vector3.UnitY, body));
        var ours = new Quaternion[Joint.Count];
        for (int j = 0; j < Joint.Count; j++)
        {
            Quaternion parent = j == 0 ? body : ours[Skeleton.SmplH.Parents[j]];
            ours[j] = j switch
            {
                Joint.LeftAnkle or Joint.RightAnkle => FlatFoot(reference, body, j),
                Joint.LeftWrist or Joint.RightWrist => Palm(p => reference[p].Place, j) is { } palm ? palm * Quaternion.Conjugate(Palm(j)) : parent,
                _ when Next(j) is var next and >= 0 && _map.Place[j] >= 0 && _map.Place[next] >= 0
                    && reference[_map.Place[next]].Place - reference[_map.Place[j]].Place is var bone && bone.LengthSquared() > 1e-12f
                    => Quaternion.Normalize(Turning.Swing(Vector3.Transform(_rest[next] - _rest[j], parent), bone) * parent),
                _ => parent,
            };
            if (_map.Carrier[j] >= 0) _turns[j] = Quaternion.Normalize(Quaternion.Conjugate(reference[_map.Carrier[j]].Turn) * ours[j]);
        }
    }

    /// <summary>A standing foot is flat, however high a rig sets its ankle: only its heading is taken from the file.</summary>
    private Quaternion FlatFoot(JointFrame[] reference, Quaternion body, int ankle)
    {
        int toe = _map.Place[ankle + (Joint.LeftFoot - Joint.LeftAnkle)];
        if (toe < 0) return body;
        Quaternion bodyFromWorld = Quaternion.Conjugate(body);
        float theirs = HeadingOf(Vector3.Transform(reference[toe].Place - reference[_map.Place[ankle]].Place, bodyFromWorld));
        float ours = HeadingOf(_rest[ankle + (Joint.LeftFoot - Joint.LeftAnkle)] - _rest[ankle]);
        return Quaternion.Normalize(body * Quaternion.CreateFromAxisAngle(Vector3.UnitY, theirs - ours));

        // A toe right under the ankle has no heading.
        static float HeadingOf(Vector3 foot) => foot.Z > 0.3f * MathF.Abs(foot.Y) ? MathF.Atan2(foot.X, foot.Z) : 0;
    }

    private void FromMotion(Vector3 up)
    {
        int step = Math.Max(1, _clip.Frames.Length / MaxSamples);
        JointFrame[][] samples = [.. _clip.Frames.Where((_, f) => f % step == 0)];
        Vector3 At(JointFrame[] frame, int joint) => frame[_map.Place[joint]].Place;
        Vector3 Middle(JointFrame[] frame, int left) => (At(frame, left) + At(frame, left + 1)) / 2;
        Vector3 Ours(int left) => (_rest[left] + _rest[left + 1]) / 2;
        Vector3 Across(JointFrame[] frame, int left) => At(frame, left) - At(frame, left + 1);

        // Pelvis and chest from the joints fixed to them.
        int spine = _map.Place[Joint.Spine1] >= 0 ? Joint.Spine1 : Joint.Spine3;
        float leg = Vector3.Distance(At(samples[0], Joint.LeftHip), At(samples[0], Joint.LeftKnee));
        bool spineTells = _map.Place[spine] >= 0 && Vector3.Distance(At(samples[0], spine), Middle(samples[0], Joint.LeftHip)) > 0.2f * leg;
        Align(Joint.Pelvis, f => Across(f, Joint.LeftHip), f => (spineTells ? At(f, spine) : Middle(f, Joint.LeftShoulder)) - Middle(f, Joint.LeftHip),
            Vector3.UnitX, spineTells ? _rest[spine] - Ours(Joint.LeftHip) : Vector3.UnitY);
        int above = _map.Place[Joint.Neck] >= 0 ? Joint.Neck : Joint.Head;
        int chest = _map.Carrier[Joint.Spine3] >= 0 ? Joint.Spine3 : Joint.Pelvis;
        if (chest == Joint.Spine3)
        {
            Vector3 Up(JointFrame[] f) => _map.Place[above] >= 0 ? At(f, above) - At(f, Joint.Spine3) : Middle(f, Joint.LeftShoulder) - Middle(f, Joint.LeftHip);
            Align(Joint.Spine3, f => Across(f, Joint.LeftShoulder), Up, Vector3.UnitX, _map.Place[above] >= 0 ? _rest[above] - _rest[Joint.Spine3] : Vector3.UnitY);
        }
        Vector3 Axis(JointFrame[] f, int joint, Vector3 axis) => Vector3.Transform(axis, f[_map.Carrier[joint]].Turn * _turns[joint]);
        void Follow(int joint, int leader)
        {
            if (_map.Carrier[joint] >= 0 && _map.Carrier[leader] >= 0)
                Align(joint, f => Axis(f, leader, Vector3.UnitX), f => Axis(f, leader, Vector3.UnitY), Vector3.UnitX, Vector3.UnitY);
        }
        // On average a spine lies between pelvis and chest, and head and collars stand as the chest does.
        foreach (int joint in (int[])[Joint.Spine1, Joint.Spine2])
            if (_map.Carrier[joint] >= 0)
                Align(joint, f => Axis(f, Joint.Pelvis, Vector3.UnitX) + Axis(f, chest, Vector3.UnitX), f => Axis(f, Joint.Pelvis, Vector3.UnitY) + Axis(f, chest, Vector3.UnitY), Vector3.UnitX, Vector3.UnitY);
        foreach (int joint in (int[])[Joint.Neck, Joint.Head, Joint.LeftCollar, Joint.RightCollar]) Follow(joint, chest);

        for (int side = 0; side < 2; side++)
        {
            int hip = Joint.LeftHip + side, knee = Joint.LeftKnee + side, ankle = Joint.LeftAnkle + side, foot = Joint.LeftFoot + side;
            Hinge(hip, knee, ankle, Vector3.UnitX, f => Axis(f, Joint.Pelvis, Vector3.UnitX));
            if (_map.Place[foot] >= 0 && SoleNormal(ankle, ankle, foot, up) is { } normal)
                // Rigs set ankle and toes at different heights, so their line says little: a foot that stands is flat.
                Align(ankle, f => Vector3.Transform(normal, f[_map.Carrier[ankle]].Turn), f => At(f, foot) - At(f, ankle), Vector3.UnitY, _rest[foot] - _rest[ankle]);
            else if (_map.Place[foot] >= 0) Align(ankle, f => At(f, foot) - At(f, ankle), f => Axis(f, knee, Vector3.UnitX), _rest[foot] - _rest[ankle], Vector3.UnitX);
            else Follow(ankle, knee);
            if (_map.Place[foot] >= 0 && SoleNormal(foot, ankle, foot, up) is { } toes)
                Align(foot, f => Vector3.Transform(toes, f[_map.Carrier[foot]].Turn), f => Axis(f, ankle, Vector3.UnitZ), Vector3.UnitY, Vector3.UnitZ);
            else Follow(foot, ankle);

            int shoulder = Joint.LeftShoulder + side, elbow = Joint.LeftElbow + side, wrist = Joint.LeftWrist + side;
            Vector3 bend = side == 0 ? -Vector3.UnitY : Vector3.UnitY;
            Hinge(shoulder, elbow, wrist, bend, f => Axis(f, chest, bend));
            (int middle, int index, int pinky) = Fingers(wrist);
            if (_map.Place[middle] >= 0 && _map.Place[index] >= 0 && _map.Place[pinky] >= 0)
                Align(wrist, f => At(f, middle) - At(f, wrist), f => At(f, index) - At(f, pinky), _rest[middle] - _rest[wrist], _rest[index] - _rest[pinky]);
            else Follow(wrist, elbow);
            for (int finger = index; finger < index + 15; finger++)
            {
                int next = Next(finger);
                if (next >= 0 && _map.Place[next] >= 0) Align(finger, f => At(f, next) - At(f, finger), f => Axis(f, wrist, Vector3.UnitZ), _rest[next] - _rest[finger], Vector3.UnitZ);
                else Follow(finger, Skeleton.SmplH.Parents[finger]);
            }
        }

        // Both bones of a limb turn about the axis it is seen to bend about; a limb that never bends takes the body's.
        void Hinge(int upper, int lower, int end, Vector3 ourAxis, Func<JointFrame[], Vector3> straight)
        {
            Vector3 Bend(JointFrame[] f) => Vector3.Cross(Vector3.Normalize(At(f, lower) - At(f, upper)), Vector3.Normalize(At(f, end) - At(f, lower)));
            bool bends = samples.Average(f => Bend(f).Length()) > 0.1f;
            Func<JointFrame[], Vector3> axis = bends ? Bend : straight;
            Align(upper, f => At(f, lower) - At(f, upper), axis, _rest[lower] - _rest[upper], ourAxis);
            Align(lower, f => At(f, end) - At(f, lower), axis, _rest[end] - _rest[lower], ourAxis);
        }

        void Align(int joint, Func<JointFrame[], Vector3> first, Func<JointFrame[], Vector3> second, Vector3 ourFirst, Vector3 ourSecond)
        {
            int carrier = _map.Carrier[joint];
            if (carrier < 0) return;
            Vector3 a = default, b = default;
            foreach (JointFrame[] frame in samples)
            {
                Quaternion inverse = Quaternion.Conjugate(frame[carrier].Turn);
                a += Vector3.Transform(first(frame), inverse);
                b += Vector3.Transform(second(frame), inverse);
            }
            if (a.LengthSquared() < 1e-12f) return;
            _turns[joint] = Quaternion.Normalize(Turning.Frame(a, b) * Quaternion.Conjugate(Turning.Frame(ourFirst, ourSecond)));
        }
    }

    /// <summary>The vertical in a joint's own axes (ankle or toes) while the foot stands: low and still; null if it hardly ever does.</summary>
    private Vector3? SoleNormal(int joint, int ankle, int foot, Vector3 up)
    {
        JointFrame[][] frames = _clip.Frames;
        int toe = _map.Place[foot], heel = _map.Place[ankle];
        float leg = Vector3.Distance(frames[0][_map.Anchors.Hip[0]].Place, frames[0][_map.Anchors.Knee[0]].Place);
        float lowest = frames.Min(f => Vector3.Dot(f[toe].Place, up));
        Vector3 sum = default;
        int count = 0;
        for (int f = 1; f < frames.Length; f++)
        {
            // Both ends still, in thighs per second: a foot that rolls off turns about its toe.
            float speed = (Vector3.Distance(frames[f][toe].Place, frames[f - 1][toe].Place) + Vector3.Distance(frames[f][heel].Place, frames[f - 1][heel].Place)) * _clip.FramesPerSecond / leg;
            if (speed > 0.6f || Vector3.Dot(frames[f][toe].Place, up) - lowest > 0.12f * leg) continue;
            sum += Vector3.Transform(up, Quaternion.Conjugate(frames[f][_map.Carrier[joint]].Turn));
            count++;
        }
        // Frames that disagree (tiptoe here, heel there) show no sole.
        return count >= 4 && sum.Length() > 0.95f * count ? Vector3.Normalize(sum) : null;
    }

    /// <summary>The joint at the other end of a bone whose direction both skeletons share, −1 for joints of the torso and ends.</summary>
    internal static int Next(int joint) => joint switch
    {
        Joint.LeftHip or Joint.RightHip or Joint.LeftKnee or Joint.RightKnee => joint + 3,
        Joint.LeftShoulder or Joint.RightShoulder or Joint.LeftElbow or Joint.RightElbow => joint + 2,
        >= Joint.LeftHand => (joint - Joint.LeftHand) % 3 < 2 ? joint + 1 : -1,
        _ => -1,
    };

    private static (int Middle, int Index, int Pinky) Fingers(int wrist)
    {
        int index = wrist == Joint.LeftWrist ? Joint.LeftHand : Joint.RightHand;
        return (index + 3, index, index + 6);
    }

    private Quaternion Palm(int wrist)
    {
        (int middle, int index, int pinky) = Fingers(wrist);
        return Turning.Frame(_rest[middle] - _rest[wrist], _rest[index] - _rest[pinky]);
    }

    private Quaternion? Palm(Func<int, Vector3> place, int wrist)
    {
        (int middle, int index, int pinky) = Fingers(wrist);
        if (_map.Place[middle] < 0 || _map.Place[index] < 0 || _map.Place[pinky] < 0) return null;
        Vector3 along = place(_map.Place[middle]) - place(_map.Place[wrist]), across = place(_map.Place[index]) - place(_map.Place[pinky]);
        return Vector3.Cross(along, across).LengthSquared() > 1e-12f ? Turning.Frame(along, across) : null;
    }
}
