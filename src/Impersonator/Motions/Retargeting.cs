using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Files;

namespace Impersonator.Motions;

/// <summary>Carries a motion over from its file's skeleton to our 52 joints.</summary>
/// <remarks>
/// Every joint takes the world rotation of the foreign joint that drives it, turned by the difference of the two rest
/// poses (<see cref="RestAlignment"/>), so limbs point where the file's limbs point. The hips' travel is scaled by leg
/// length, which makes the file's unit irrelevant; the vertical is found from how the body stands; the ground is put under
/// what stands on it, and feet that stand in the file stand still (<see cref="FootLock"/>). The motion starts above the origin, facing +Z.
/// </remarks>
public sealed class Retargeting
{
    /// <summary>Bend of a hand at ease, radians.</summary>
    private const float RelaxedBend = 0.38f;

    /// <summary>Mean turn of the limbs from a first frame to the second that no motion makes, radians.</summary>
    private const float CalibrationJump = 0.5f;

    private readonly SkeletonClip _clip;
    private readonly SkeletonMap _map;
    private readonly Body _body;
    private readonly Quaternion[] _alignment;
    private readonly Quaternion _upright;

    internal Quaternion Upright => _upright;

    private Retargeting(SkeletonClip clip, Body body)
    {
        (_clip, _body, _map) = (clip, body, SkeletonMap.Of(clip));
        RestAlignment alignment = RestAlignment.Of(clip, _map, body.RestJoints, clip.Up ?? FindUp(null));
        _alignment = alignment.Turns;
        _upright = Turning.Swing(clip.Up ?? FindUp(alignment.ReferenceUp), Vector3.UnitY);
        if (BeginsInCalibration()) _clip = clip.From(1);
    }

    /// <summary>Many captures begin with one frame in a T-pose, by which the exporter measured the actor; it belongs to no motion.</summary>
    private bool BeginsInCalibration()
    {
        if (_clip.Frames.Length < 4) return false;
        float jump = Change(0);
        return jump > CalibrationJump && jump > 4 * Change(1);

        float Change(int frame)
        {
            int[] limbs = [.. Enumerable.Range(0, Joint.LeftHand).Where(j => RestAlignment.Next(j) >= 0)];
            return limbs.Average(j => Turning.Angle(Bone(frame, j), Bone(frame + 1, j)));
        }

        Vector3 Bone(int frame, int joint) => _clip.Frames[frame][_map.Place[RestAlignment.Next(joint)]].Place - _clip.Frames[frame][_map.Place[joint]].Place;
    }

    /// <summary>The motion on our skeleton.</summary>
    public Motion Motion { get; private set; } = null!;

    /// <summary>The family of skeletons that the file was recognised as.</summary>
    public string Family => _map.Anchors.Family;

    /// <summary>Mean angle between our limbs (thighs, shins, upper arms, forearms) and the file's over all frames, degrees.</summary>
    public float LimbError { get; private set; }

    /// <summary>When the feet stand in the file.</summary>
    internal FootContacts Contacts { get; private set; } = null!;

    /// <summary>How far feet slide while they stand in the file.</summary>
    public FootSlide Slide { get; private set; } = null!;

    /// <summary>How far they would slide had they not been planted.</summary>
    public FootSlide SlideBefore { get; private set; } = null!;

    /// <summary>Retargets a clip.</summary>
    /// <param name="clip">What a reader returned.</param>
    /// <param name="body">The body to make the motion for; the average one by default.</param>
    /// <param name="plantFeet">Whether feet that stand in the file stand still here too; else limbs point exactly where the file's do.</param>
    /// <param name="cancellationToken">Stops between frames.</param>
    /// <exception cref="InputException">It is not the skeleton of a person; says what was not found.</exception>
    public static Retargeting Of(SkeletonClip clip, Body? body = null, bool plantFeet = true, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clip);
        var retargeting = new Retargeting(clip, body ?? BodyModel.Default.Create(Shape.Average));
        retargeting.Apply(plantFeet, cancellationToken);
        return retargeting;
    }

    private void Apply(bool plantFeet, CancellationToken cancellationToken)
    {
        Vector3[] rest = _body.RestJoints;
        float scale = LegLength(rest) / MeanLegLength();
        if (!float.IsFinite(scale)) throw new InputException($"{_clip.Source}: its legs have no length; export the skeleton with bone offsets.");
        Vector3 hips = ((rest[Joint.LeftHip] + rest[Joint.RightHip]) / 2) - rest[0];
        var poses = new Pose[_clip.Frames.Length];
        for (int f = 0; f < poses.Length; f++)
        {
            if ((f & 63) == 0) cancellationToken.ThrowIfCancellationRequested();
            JointFrame[] frame = _clip.Frames[f];
            Quaternion[] world = WorldTurns(frame);
            Vector3 theirHips = (frame[_map.Anchors.Hip[0]].Place + frame[_map.Anchors.Hip[1]].Place) / 2;
            Vector3 root = (Vector3.Transform(theirHips, _upright) * scale) - Vector3.Transform(hips, world[0]);
            poses[f] = new Pose(Local(world), root);
        }
        // Our own skeleton comes back from a file as it was: grounded and turned by whoever made it.
        bool ours = _clip.JointNames.Order(StringComparer.Ordinal).SequenceEqual(Skeleton.SmplH.JointNames.Order(StringComparer.Ordinal));
        float[] hovering = ours ? new float[poses.Length] : GroundContact.Hovering(poses, rest, _clip.FramesPerSecond);
        for (int f = 0; f < poses.Length; f++) poses[f] = poses[f] with { Root = poses[f].Root - new Vector3(0, hovering[f], 0) };
        FootContacts contacts = Contacts = FindContacts(poses, rest, scale, hovering);
        SlideBefore = FootSlide.Of(poses, rest, contacts);
        if (!ours) poses = GroundContact.Grounded(poses, rest, _clip.FramesPerSecond, feetBend: plantFeet);
        if (!ours && plantFeet) poses = FootLock.Apply(poses, contacts, rest, _clip.FramesPerSecond, cancellationToken);
        var motion = new Motion(_clip.Name, _clip.FramesPerSecond, _body.HipHeight, poses);
        Motion = ours ? motion : motion.FromOrigin();
        Slide = FootSlide.Of(poses, rest, contacts);
        LimbError = MeasureLimbs(poses, rest);
    }

    /// <summary>When the feet stand in the file: its own ankles and toes, in metres of our body.</summary>
    private FootContacts FindContacts(Pose[] poses, Vector3[] rest, float scale, float[] hovering)
    {
        var body = new GroundContact(rest);
        var feet = new FootContacts.Foot[2][];
        for (int side = 0; side < 2; side++) feet[side] = new FootContacts.Foot[poses.Length];
        for (int f = 0; f < poses.Length; f++)
        {
            body.Set(poses[f]);
            for (int side = 0; side < 2; side++)
            {
                Vector3 Theirs(int place) => (Vector3.Transform(_clip.Frames[f][place].Place, _upright) * scale) - new Vector3(0, hovering[f], 0);
                Vector3 ankle = Theirs(_map.Anchors.Ankle[side]), ours = body.Places[Joint.LeftAnkle + side];
                int toe = _map.Place[Joint.LeftFoot + side];
                feet[side][f] = body.Foot(side) with { Heel = ankle + body.Sole(side, 0) - ours, Ball = toe >= 0 ? Theirs(toe) : ankle + body.Places[Joint.LeftFoot + side] - ours };
            }
        }
        return FootContacts.Find(feet, _clip.FramesPerSecond);
    }

    /// <summary>World rotations of our joints; where the file has no joint of that kind, ours lies between its neighbours.</summary>
    private Quaternion[] WorldTurns(JointFrame[] frame)
    {
        var world = new Quaternion[Joint.Count];
        for (int j = 0; j < world.Length; j++)
        {
            int carrier = _map.Carrier[j];
            world[j] = carrier >= 0 ? Quaternion.Normalize(_upright * frame[carrier].Turn * _alignment[j])
                : j < Joint.LeftHand ? Unmapped(j) : world[Skeleton.SmplH.Parents[j]] * (_map.HasFingers ? Quaternion.Identity : HandCurl.Of(j, RelaxedBend));
        }
        return world;

        Quaternion Unmapped(int joint)
        {
            (int before, int after, float share) = joint switch
            {
                Joint.Spine1 => (Joint.Pelvis, Joint.Spine3, 1 / 3f),
                Joint.Spine2 when _map.Carrier[Joint.Spine1] >= 0 => (Joint.Spine1, Joint.Spine3, 0.5f),
                Joint.Spine2 => (Joint.Pelvis, Joint.Spine3, 2 / 3f),
                Joint.Neck => (Joint.Spine3, Joint.Head, 0.5f),
                _ => (-1, -1, 0f),
            };
            Quaternion parent = world[Skeleton.SmplH.Parents[joint]];
            if (after < 0 || _map.Carrier[after] < 0) return parent;
            Quaternion to = Quaternion.Normalize(_upright * frame[_map.Carrier[after]].Turn * _alignment[after]);
            return Quaternion.Slerp(world[before], to, share);
        }
    }

    private static ImmutableArray<Quaternion> Local(Quaternion[] world)
    {
        var local = ImmutableArray.CreateBuilder<Quaternion>(world.Length);
        for (int j = 0; j < world.Length; j++)
            local.Add(j == 0 ? world[0] : Quaternion.Normalize(Quaternion.Conjugate(world[Skeleton.SmplH.Parents[j]]) * world[j]));
        return local.MoveToImmutable();
    }

    /// <summary>The reference pose's vertical if the motion agrees with it, else the axis along which the body stands most of the time.</summary>
    private Vector3 FindUp(Vector3? reference)
    {
        var stance = new Stance(_map);
        Vector3 mean = default;
        foreach (JointFrame[] frame in _clip.Frames)
        {
            Vector3 up = stance.Up(frame);
            if (up.LengthSquared() > 0) mean += Vector3.Normalize(up) / _clip.Frames.Length;
        }
        if (reference is { } axis && Vector3.Dot(mean, axis) > 0.3f) return axis;
        // Y up is the custom: somebody who lies down all the time has no say.
        return Vector3.Dot(mean, Vector3.UnitY) > 0.3f || mean.Length() < 0.2f ? Vector3.UnitY : Turning.NearestAxis(mean);
    }

    private static float LegLength(Vector3[] rest) => Enumerable.Range(0, 2).Average(side =>
        Vector3.Distance(rest[Joint.LeftHip + side], rest[Joint.LeftKnee + side]) + Vector3.Distance(rest[Joint.LeftKnee + side], rest[Joint.LeftAnkle + side]));

    /// <summary>Over frames, as some files move their joints apart.</summary>
    private float MeanLegLength()
    {
        SkeletonAnchors a = _map.Anchors;
        return _clip.Frames.Average(f => Enumerable.Range(0, 2).Average(side =>
            Vector3.Distance(f[a.Hip[side]].Place, f[a.Knee[side]].Place) + Vector3.Distance(f[a.Knee[side]].Place, f[a.Ankle[side]].Place)));
    }

    private float MeasureLimbs(Pose[] poses, Vector3[] rest)
    {
        var contact = new GroundContact(rest);
        double sum = 0;
        int count = 0;
        for (int f = 0; f < poses.Length; f++)
        {
            contact.Set(poses[f]);
            for (int j = 0; j < Joint.LeftHand; j++)
            {
                int next = RestAlignment.Next(j);
                if (next < 0) continue;
                Vector3 theirs = _clip.Frames[f][_map.Place[next]].Place - _clip.Frames[f][_map.Place[j]].Place;
                if (theirs.LengthSquared() < 1e-12f) continue;
                sum += Turning.Angle(Vector3.Transform(theirs, _upright), contact.Places[next] - contact.Places[j]);
                count++;
            }
        }
        return count == 0 ? 0 : float.RadiansToDegrees((float)(sum / count));
    }
}
