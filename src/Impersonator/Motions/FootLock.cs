using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Motions.Library;

namespace Impersonator.Motions;

/// <summary>Plants feet that stand: what a change of proportions, or a noisy recording, lets slide stays where it is.</summary>
/// <remarks>
/// A standing foot turns about its heel while only that is down, else about its ball; over a stand that chain of pivots lies where
/// it is nearest to where the foot was. The pelvis follows the mean correction of the feet slowly, legs do the rest (<see cref="LegBend"/>);
/// a leg that would be overstretched lets the pelvis sink. Between stands corrections are bridged smoothly; in a
/// flight the centre of mass keeps its own way, so that what flies still falls as things fall.
/// </remarks>
internal sealed class FootLock
{
    /// <summary>Seconds in which a foot's correction fades, and its speed; over which the pelvis' is smoothed; which a flight lasts at least.</summary>
    private const float Fade = 0.3f, TipFade = 0.15f, Settle = 0.1f, Smoothing = 0.12f, ShortestFlight = 0.12f;

    /// <summary>A foot's heading may wander that much while it stands flat, radians; beyond, it turns on its ball.</summary>
    private const float Wander = 0.05f;

    /// <summary>Share of a leg's length up to which it may be stretched to reach its stand.</summary>
    private const float LongestStretch = 0.997f;

    /// <summary>Way of a standing foot in the original beyond which it is meant to slide, metres.</summary>
    private const float MeantSlide = 0.12f;

    /// <summary>How often the pelvis may give way: a knee whose foot is planted rises by less than the pelvis does.</summary>
    private const int MostLifts = 3;

    /// <summary>How far toes bend up, radians.</summary>
    private const float MostToeBend = 1.1f;

    private readonly Pose[] _poses;
    private readonly FootContacts _contacts;
    private readonly Vector3[] _rest;
    private readonly float _rate;
    private readonly GroundContact _body;
    private readonly Track[] _feet = new Track[2];

    private FootLock(Pose[] poses, FootContacts contacts, Vector3[] rest, float framesPerSecond)
        => (_poses, _contacts, _rest, _rate, _body) = (poses, contacts, rest, framesPerSecond, new GroundContact(rest));

    /// <summary>[F] of one foot: where its leg is before, and what is added to the ankle's place and, as axis times angle, to the foot's rotation.</summary>
    private sealed class Track(int frames)
    {
        public readonly Vector3[] Hip = new Vector3[frames], Ankle = new Vector3[frames], Shift = new Vector3[frames], Turn = new Vector3[frames];
        public readonly Quaternion[] Foot = new Quaternion[frames];
        public readonly bool[] Stands = new bool[frames];
    }

    /// <summary>The poses with standing feet planted on the ground y = 0.</summary>
    /// <param name="poses">The poses, already near the ground.</param>
    /// <param name="contacts">When feet stand.</param>
    /// <param name="rest">[52] rest places of the body.</param>
    /// <param name="framesPerSecond">Their rate.</param>
    /// <param name="cancellationToken">Stops between frames.</param>
    public static Pose[] Apply(Pose[] poses, FootContacts contacts, Vector3[] rest, float framesPerSecond, CancellationToken cancellationToken = default)
    {
        if (poses.Length < 2) return poses;
        var planting = new FootLock(poses, contacts, rest, framesPerSecond);
        planting.Measure(cancellationToken);
        for (int side = 0; side < 2; side++) planting.Plant(side);
        return planting.KeepAbove(planting.MoveRoot(), cancellationToken);
    }

    private void Measure(CancellationToken cancellationToken)
    {
        for (int side = 0; side < 2; side++) _feet[side] = new Track(_poses.Length);
        for (int f = 0; f < _poses.Length; f++)
        {
            if ((f & 63) == 0) cancellationToken.ThrowIfCancellationRequested();
            _body.Set(_poses[f]);
            for (int side = 0; side < 2; side++)
            {
                Track foot = _feet[side];
                (foot.Hip[f], foot.Ankle[f], foot.Foot[f]) = (_body.Places[Joint.LeftHip + side], _body.Places[Joint.LeftAnkle + side], _body.Rotations[Joint.LeftAnkle + side]);
            }
        }
    }

    private void Plant(int side)
    {
        Track foot = _feet[side];
        (int First, int Last)[] stands = [.. FootContacts.Runs(_poses.Length, f => _contacts.Stands(side, f)).Where(run => !IsMeant(side, run))];
        foreach ((int first, int last) in stands) Array.Fill(foot.Stands, true, first, last - first + 1);
        (int First, int Last)[] flat = [.. FootContacts.Runs(_poses.Length, f => foot.Stands[f] && _contacts.Flat(side, f))];
        foreach ((int first, int last) in flat) Flatten(foot, first, last);
        Bridge.Fill(foot.Turn, f => foot.Stands[f] && _contacts.Flat(side, f), Frames(TipFade), Frames(Settle));
        foreach ((int first, int last) in stands) Chain(side, first, last);
        Bridge.Fill(foot.Shift, f => foot.Stands[f], Frames(Fade), Frames(Settle));
    }

    private int Frames(float seconds) => Math.Max(1, (int)MathF.Round(seconds * _rate));

    private bool IsMeant(int side, (int First, int Last) run)
    {
        Vector3 low = new(float.PositiveInfinity), high = -low;
        for (int f = run.First; f <= run.Last; f++)
        {
            if (!_contacts.Ball(side, f)) continue;
            Vector3 ball = _feet[side].Ankle[f] + Vector3.Transform(Ball(side), _feet[side].Foot[f]);
            (low, high) = (Vector3.Min(low, ball), Vector3.Max(high, ball));
        }
        return new Vector2(high.X - low.X, high.Z - low.Z).Length() > MeantSlide;
    }

    /// <summary>A foot that stands flat has its sole on the ground and keeps its heading but for a turn on the ball.</summary>
    private static void Flatten(Track foot, int first, int last)
    {
        float reference = 0, sum = 0;
        for (int f = first; f <= last; f++)
        {
            float heading = Heading(foot.Foot[f]);
            if (f == first) reference = heading;
            sum += MathF.IEEERemainder(heading - reference, MathF.Tau);
        }
        float middle = reference + (sum / (last - first + 1));
        for (int f = first; f <= last; f++)
        {
            Quaternion level = Quaternion.Normalize(Turning.Swing(Vector3.Transform(Vector3.UnitY, foot.Foot[f]), Vector3.UnitY) * foot.Foot[f]);
            float off = MathF.IEEERemainder(Heading(level) - middle, MathF.Tau);
            Quaternion kept = Quaternion.CreateFromAxisAngle(Vector3.UnitY, -Math.Clamp(off, -Wander, Wander));
            foot.Turn[f] = Turning.Vector(Quaternion.Normalize(kept * level * Quaternion.Conjugate(foot.Foot[f])));
        }

        static float Heading(Quaternion foot)
        {
            Vector3 forward = Vector3.Transform(Vector3.UnitZ, foot);
            return MathF.Atan2(forward.X, forward.Z);
        }
    }

    /// <summary>From an ankle to its heel's sole, at rest.</summary>
    private Vector3 Heel(int side) => _body.RestSole(side, 0) - _rest[Joint.LeftAnkle + side];

    /// <summary>From an ankle to the joint of its toes, at rest: toes stay flat while a foot turns about its ball.</summary>
    private Vector3 Ball(int side) => _rest[Joint.LeftFoot + side] - _rest[Joint.LeftAnkle + side];

    private static Quaternion Turned(Track foot, int frame) => Quaternion.Normalize(Turning.Rotation(foot.Turn[frame]) * foot.Foot[frame]);

    private void Chain(int side, int first, int last)
    {
        Track foot = _feet[side];
        Vector3 place = foot.Ankle[first], mean = default;
        var places = new Vector3[last - first + 1];
        for (int f = first; f <= last; f++)
        {
            Quaternion turned = Turned(foot, f);
            if (f > first)
            {
                Vector3 pivot = _contacts.Ball(side, f) ? Ball(side) : Heel(side);
                place += Vector3.Transform(pivot, Turned(foot, f - 1)) - Vector3.Transform(pivot, turned);
            }
            place.Y = Standing(side, turned);
            places[f - first] = place;
            mean += (foot.Ankle[f] - place) / places.Length;
        }
        mean.Y = 0;
        for (int f = first; f <= last; f++) foot.Shift[f] = places[f - first] + mean - foot.Ankle[f];
    }

    /// <summary>Height of an ankle whose foot touches the ground with heel or ball.</summary>
    private float Standing(int side, Quaternion foot)
        => MathF.Max(-Vector3.Transform(Heel(side), foot).Y, _rest[Joint.LeftFoot + side].Y - Vector3.Transform(Ball(side), foot).Y);

    /// <summary>[F] what is added to the pelvis' place.</summary>
    private Vector3[] MoveRoot()
    {
        var mean = new Vector3[_poses.Length];
        for (int f = 0; f < mean.Length; f++)
        {
            int standing = (_feet[0].Stands[f] ? 1 : 0) + (_feet[1].Stands[f] ? 1 : 0);
            for (int side = 0; side < 2; side++)
                if (_feet[side].Stands[f]) mean[f] += _feet[side].Shift[f] / standing;
        }
        Bridge.Fill(mean, f => _feet[0].Stands[f] || _feet[1].Stands[f], Frames(Fade), Frames(Settle));
        Vector3[] root = Blur(mean, Frames(Smoothing));
        var sinking = new Vector3[_poses.Length];
        for (int f = 0; f < sinking.Length; f++) sinking[f] = new Vector3(0, Sinking(f, root[f]), 0);
        sinking = Blur(Largest(sinking, Frames(Smoothing)), Frames(Smoothing));
        for (int f = 0; f < root.Length; f++) root[f] -= sinking[f];
        return root;
    }

    /// <summary>Solves all frames; where a knee or the back would sink into the ground, the pelvis gives way.</summary>
    private Pose[] KeepAbove(Vector3[] root, CancellationToken cancellationToken)
    {
        var poses = new Pose[root.Length];
        for (int attempt = 0; ; attempt++)
        {
            var lift = new Vector3[root.Length];
            for (int f = 0; f < root.Length; f++)
            {
                if ((f & 63) == 0) cancellationToken.ThrowIfCancellationRequested();
                poses[f] = Solve(f, root[f]);
                _body.Set(poses[f]);
                lift[f].Y = MathF.Max(0, -GroundContact.Tolerance - _body.LowestBesidesFeet());
            }
            if (attempt == MostLifts || !lift.Any(v => v.Y > 1e-3f)) return Flown(poses);
            lift = Blur(Largest(lift, Frames(TipFade)), Frames(TipFade));
            for (int f = 0; f < root.Length; f++) root[f] += lift[f];
        }
    }

    /// <summary>In a flight legs settle too; the centre of mass flies as it did, but for a straight way from where it now takes off to where it lands.</summary>
    private Pose[] Flown(Pose[] poses)
    {
        foreach ((int first, int last) in FootContacts.Runs(poses.Length, f => !_contacts.Stands(0, f) && !_contacts.Stands(1, f)).ToArray())
        {
            if (first == 0 || last == poses.Length - 1 || last - first + 1 < ShortestFlight * _rate) continue;
            Vector3 off = Moved(first - 1), landed = Moved(last + 1);
            for (int f = first; f <= last; f++)
                poses[f] = poses[f] with { Root = poses[f].Root + Vector3.Lerp(off, landed, (float)(f - first + 1) / (last - first + 2)) - Moved(f) };
        }
        return poses;

        Vector3 Moved(int frame) => Centre(poses[frame]) - Centre(_poses[frame]);
        Vector3 Centre(Pose pose)
        {
            _body.Set(pose);
            return MotionSketch.CentreOfMass(_body.Places);
        }
    }

    /// <summary>How far the pelvis must sink so that every standing foot is in reach.</summary>
    private float Sinking(int frame, Vector3 root)
    {
        float sink = 0;
        for (int side = 0; side < 2; side++)
        {
            Track foot = _feet[side];
            if (!foot.Stands[frame]) continue;
            Vector3 hip = foot.Hip[frame] + root, ankle = foot.Ankle[frame] + foot.Shift[frame];
            float longest = Longest(side, frame), across = new Vector2(ankle.X - hip.X, ankle.Z - hip.Z).LengthSquared();
            sink = MathF.Max(sink, hip.Y - ankle.Y - MathF.Sqrt(MathF.Max(0, (longest * longest) - across)));
        }
        return sink;
    }

    /// <summary>A leg may be as long as it was, or nearly straight.</summary>
    private float Longest(int side, int frame)
    {
        float length = Vector3.Distance(_rest[Joint.LeftHip + side], _rest[Joint.LeftKnee + side]) + Vector3.Distance(_rest[Joint.LeftKnee + side], _rest[Joint.LeftAnkle + side]);
        return MathF.Max(LongestStretch * length, Vector3.Distance(_feet[side].Hip[frame], _feet[side].Ankle[frame]));
    }

    private static Vector3[] Blur(Vector3[] track, int reach)
    {
        var sum = new Vector3[track.Length];
        float total = 0;
        for (int k = -reach; k <= reach; k++)
        {
            // A raised cosine: no side lobes, ends at zero.
            float weight = 1 + MathF.Cos(MathF.PI * k / (reach + 1));
            total += weight;
            for (int f = 0; f < track.Length; f++) sum[f] += weight * track[Math.Clamp(f + k, 0, track.Length - 1)];
        }
        return [.. sum.Select(v => v / total)];
    }

    private static Vector3[] Largest(Vector3[] track, int reach)
        => [.. track.Select((_, f) => track[Math.Max(0, f - reach)..Math.Min(track.Length, f + reach + 1)].Aggregate(Vector3.Max))];

    private Pose Solve(int frame, Vector3 root)
    {
        Pose pose = _poses[frame];
        ImmutableArray<Quaternion>.Builder rotations = pose.Rotations.ToBuilder();
        _body.Set(pose);
        for (int side = 0; side < 2; side++)
        {
            (int hip, int knee, int ankle, int toe) = (Joint.LeftHip + side, Joint.LeftKnee + side, Joint.LeftAnkle + side, Joint.LeftFoot + side);
            Track foot = _feet[side];
            Quaternion turned = Turned(foot, frame);
            Vector3 wanted = foot.Ankle[frame] + foot.Shift[frame];
            wanted.Y = MathF.Max(wanted.Y, Standing(side, turned));
            (rotations[toe], float under) = LiftToes(side, wanted, turned, rotations[toe]);
            wanted.Y += under;
            Vector3 hinge = Vector3.Transform(Vector3.UnitX, _body.Rotations[hip]);
            (Quaternion thigh, Quaternion shin) = LegBend.Move(_body.Places[hip], _body.Places[knee], _body.Places[ankle], hinge, wanted - root, Longest(side, frame));
            thigh = Quaternion.Normalize(thigh * _body.Rotations[hip]);
            shin = Quaternion.Normalize(shin * _body.Rotations[knee]);
            rotations[hip] = Quaternion.Normalize(Quaternion.Conjugate(_body.Rotations[Joint.Pelvis]) * thigh);
            rotations[knee] = Quaternion.Normalize(Quaternion.Conjugate(thigh) * shin);
            rotations[ankle] = Quaternion.Normalize(Quaternion.Conjugate(shin) * turned);
        }
        return new Pose(rotations.MoveToImmutable(), pose.Root + root);
    }

    /// <summary>Toes bend up as far as the ground makes them; how far they stay under it, metres.</summary>
    private (Quaternion Toes, float Under) LiftToes(int side, Vector3 ankle, Quaternion foot, Quaternion toes)
    {
        Vector3 joint = ankle + Vector3.Transform(_rest[Joint.LeftFoot + side] - _rest[Joint.LeftAnkle + side], foot);
        Vector3 tip = _body.RestSole(side, 2) - _rest[Joint.LeftFoot + side], turned = Vector3.Transform(tip, foot * toes);
        if (joint.Y + turned.Y >= 0) return (toes, 0);
        // About the foot's own axis the tip's height is A·cos + B·sin of the angle.
        Vector3 axis = Vector3.Transform(-Vector3.UnitX, foot), along = axis * Vector3.Dot(axis, turned), across = turned - along;
        float a = across.Y, b = Vector3.Cross(axis, across).Y, size = MathF.Sqrt((a * a) + (b * b));
        if (size < 1e-4f) return (toes, -joint.Y - turned.Y);
        float angle = MathF.Asin(Math.Clamp((-joint.Y - along.Y) / size, -1, 1)) - MathF.Atan2(a, b);
        toes = Quaternion.Normalize(Quaternion.CreateFromAxisAngle(-Vector3.UnitX, Math.Clamp(MathF.IEEERemainder(angle, MathF.Tau), 0, MostToeBend)) * toes);
        return (toes, MathF.Max(0, -joint.Y - Vector3.Transform(tip, foot * toes).Y));
    }
}
