using System.Numerics;
using Impersonator.Bodies;
using static Impersonator.Motions.Library.Channel;

namespace Impersonator.Motions.Library;

/// <summary>A motion in the making: keys, contacts and flights, turned into poses.</summary>
/// <remarks>
/// Feet on the ground are inverse kinematics, so they stand; arms and back are forward kinematics, so they swing. In a flight
/// the centre of mass flies its parabola and the pelvis goes where that puts it. If a standing foot is out of reach, the pelvis sinks.
/// </remarks>
internal sealed class MotionSketch
{
    /// <summary>Frames per second of authored motions.</summary>
    public const float Rate = 30;

    private const float Gravity = 9.81f, Degree = MathF.PI / 180;

    /// <summary>Half the distance between standing feet, metres.</summary>
    private const float Stance = 0.105f;

    /// <summary>Frames before the first and after the last that smoothing looks at.</summary>
    private const int Before = 6;

    private static readonly Lazy<Body> Performer = new(() => BodyModel.Default.Create(Shape.Average));

    private readonly KeyTrack[] _tracks = [.. Enumerable.Range(0, (int)Count).Select(_ => new KeyTrack())];
    private readonly List<(float From, float To)> _flights = [];
    private readonly List<(float From, float To, int Joint, float Height)> _holds = [];
    private readonly List<(float From, float To, int Side)> _contacts = [];
    private readonly Vector3[] _rest = Performer.Value.RestJoints;
    private readonly Vector3 _ballFromAnkle, _heelFromAnkle;

    /// <summary>Where an ankle shall be, and how its foot is turned, world space.</summary>
    private readonly record struct Foothold(Vector3 Ankle, Quaternion Foot);

    /// <param name="cyclic">The motion repeats: arms have no pose of their own at the start.</param>
    public MotionSketch(bool cyclic = false)
    {
        // A person at ease: arms a little off the body, elbows and fingers a little bent, feet a little outwards.
        foreach ((Channel channel, float value) in (ReadOnlySpan<(Channel, float)>)[
            (LeftArmOut, 9), (RightArmOut, 9), (LeftElbow, 14), (RightElbow, 14), (LeftFist, 22), (RightFist, 22), (LeftFootYaw, 7), (RightFootYaw, 7), (PelvisY, -0.012f)])
            if (!cyclic || channel >= LeftFist || channel == PelvisY) Key(0, channel, value);
        _ballFromAnkle = _rest[Joint.LeftFoot] - _rest[Joint.LeftAnkle];
        _heelFromAnkle = new Vector3(0, _ballFromAnkle.Y, -0.035f);
    }

    /// <summary>Times at which a foot stands flat or on its ball: 0 left, 1 right.</summary>
    public IReadOnlyList<(float From, float To, int Side)> Contacts => _contacts;

    /// <summary>Times at which nothing touches the ground; a cycle's may lie before its beginning or after its end.</summary>
    public IReadOnlyList<(float From, float To)> Flights => _flights;

    /// <summary>Times at which a joint carries the body.</summary>
    public IReadOnlyList<(float From, float To, int Joint, float Height)> Holds => _holds;

    /// <summary>Keys channels at a time.</summary>
    public MotionSketch At(float time, params ReadOnlySpan<(Channel Channel, float Value)> keys)
    {
        foreach ((Channel channel, float value) in keys) Key(time, channel, value);
        return this;
    }

    /// <summary>Keys a left channel and the right one next to it alike.</summary>
    public MotionSketch Both(float time, params ReadOnlySpan<(Channel Left, float Value)> keys)
    {
        foreach ((Channel left, float value) in keys)
        {
            Key(time, left, value);
            Key(time, left + 1, value);
        }
        return this;
    }

    public void Key(float time, Channel channel, float value) => _tracks[(int)channel].Add(time, value);

    /// <summary>A foot stands from one time to another.</summary>
    public MotionSketch Stands(int side, float from, float to)
    {
        _contacts.Add((from, to, side));
        return this;
    }

    /// <summary>Nothing touches the ground between two times.</summary>
    public MotionSketch Flies(float from, float to)
    {
        _flights.Add((from, to));
        return this;
    }

    /// <summary>A joint touches the ground where it is at the first time; the whole body moves so that it stays there.</summary>
    /// <param name="joint">Which.</param>
    /// <param name="height">Its height when it touches, metres.</param>
    /// <param name="from">From when, seconds; holds are given in order.</param>
    /// <param name="to">Until when.</param>
    public MotionSketch Hold(int joint, float height, float from, float to)
    {
        _holds.Add((from, to, joint, height));
        return this;
    }

    /// <summary>Poses from 0 to a time.</summary>
    public Motion Finish(string name, float duration)
    {
        int count = (int)MathF.Round(duration * Rate) + 1;
        var poses = new Pose[count];
        Foothold[] feet = [.. Enumerable.Range(-Before, count + (2 * Before)).SelectMany(f => (Foothold[])[FootAt(0, f / Rate), FootAt(1, f / Rate)])];
        float[] sinking = SmoothSinking(feet, count);
        for (int f = 0; f < count; f++) poses[f] = PoseAt(f / Rate, sinking[f], feet.AsSpan(2 * (f + Before), 2));
        KeepAboveGround(poses);
        Hold(poses);
        if (_holds.Count > 0) KeepAboveGround(poses);
        foreach ((float from, float to) in _flights)
            if (from >= 0 && to <= duration + 1e-3f) Fly(poses, from, to);
        return new Motion(name, Rate, Performer.Value.HipHeight, poses);
    }

    private float this[Channel channel, float time] => _tracks[(int)channel].At(time);

    private static Quaternion About(Vector3 axis, float degrees) => Quaternion.CreateFromAxisAngle(axis, degrees * Degree);

    /// <summary>Turn to the left, then bow, then lean to the right: as a person would say it.</summary>
    private static Quaternion Turn(float pitch, float yaw, float roll) => About(Vector3.UnitY, yaw) * About(Vector3.UnitX, pitch) * About(Vector3.UnitZ, roll);

    /// <summary>How far the pelvis sinks in each frame: enough for every standing foot, and without a jerk.</summary>
    /// <remarks>The largest need of the frames around, then blurred no wider: never less than the need itself.</remarks>
    private float[] SmoothSinking(Foothold[] feet, int count)
    {
        ReadOnlySpan<float> blur = [1 / 64f, 6 / 64f, 15 / 64f, 20 / 64f, 15 / 64f, 6 / 64f, 1 / 64f];
        var need = new float[count + (2 * Before)];
        for (int k = 0; k < need.Length; k++)
        {
            float t = (k - Before) / Rate;
            if (!InFlight(t)) need[k] = Sinking(RootAt(t), PelvisAt(t), feet.AsSpan(2 * k, 2), t);
        }
        var sinking = new float[count];
        for (int f = 0; f < count; f++)
            for (int k = 0; k < blur.Length; k++) sinking[f] += blur[k] * need.AsSpan(f + k, blur.Length).ToArray().Max();
        return sinking;
    }

    private bool InFlight(float t) => _flights.Exists(flight => t > flight.From && t < flight.To);

    private Quaternion PelvisAt(float t) => Turn(this[PelvisPitch, t], this[PelvisYaw, t], this[PelvisRoll, t]);

    private Vector3 RootAt(float t) => new(this[PelvisX, t], _rest[0].Y + this[PelvisY, t], this[PelvisZ, t]);

    private Pose PoseAt(float t, float sinking, ReadOnlySpan<Foothold> feet)
    {
        var local = new Quaternion[Joint.Count];
        Array.Fill(local, Quaternion.Identity);
        Quaternion pelvis = local[Joint.Pelvis] = PelvisAt(t);
        Quaternion third = Turn(this[SpinePitch, t] / 3, this[SpineYaw, t] / 3, this[SpineRoll, t] / 3);
        local[Joint.Spine1] = local[Joint.Spine2] = local[Joint.Spine3] = third;
        local[Joint.Neck] = local[Joint.Head] = Turn(this[HeadPitch, t] / 2, this[HeadYaw, t] / 2, this[HeadRoll, t] / 2);
        for (int side = 0; side < 2; side++) Arm(local, side, t);

        Vector3 root = RootAt(t) - new Vector3(0, sinking, 0);
        for (int side = 0; side < 2; side++) Leg(local, root, pelvis, side, feet[side], t);
        return new Pose([.. local], root);
    }

    private void Arm(Quaternion[] local, int side, float t)
    {
        float sign = side == 0 ? 1 : -1;
        local[Joint.LeftCollar + side] = About(Vector3.UnitZ, sign * this[LeftShrug + side, t]);
        Quaternion hang = About(Vector3.UnitZ, -90 * sign);
        local[Joint.LeftShoulder + side] = Quaternion.Normalize(About(Vector3.UnitX, -this[LeftArmSwing + side, t]) * About(Vector3.UnitZ, sign * this[LeftArmOut + side, t])
            * About(Vector3.UnitY, sign * this[LeftArmTwist + side, t]) * hang);
        local[Joint.LeftElbow + side] = About(Vector3.UnitY, -sign * this[LeftElbow + side, t]) * About(Vector3.UnitX, -this[LeftForearm + side, t] / 2);
        local[Joint.LeftWrist + side] = About(Vector3.UnitX, -this[LeftForearm + side, t] / 2) * About(Vector3.UnitZ, -sign * this[LeftWrist + side, t]);
        int hand = side == 0 ? Joint.LeftHand : Joint.RightHand;
        float curl = this[LeftFist + side, t] * Degree, pointing = this[LeftPointing + side, t];
        for (int k = 0; k < 15; k++) local[hand + k] = HandCurl.Of(hand + k, k < 3 ? curl * (1 - (0.85f * pointing)) : curl);
    }

    /// <summary>Where the ankle is, and how the foot is turned: it tips over its ball when the heel is up, over its heel when the toes are.</summary>
    private Foothold FootAt(int side, float t)
    {
        float sign = side == 0 ? 1 : -1, pitch = this[LeftFootPitch + side, t];
        Quaternion placed = About(Vector3.UnitY, sign * this[LeftFootYaw + side, t]), yaw = About(Vector3.UnitY, this[LeftPivot + side, t]) * placed;
        Quaternion foot = yaw * About(Vector3.UnitX, pitch);
        Vector3 flat = new(sign * (Stance + this[LeftFootX + side, t]), _rest[Joint.LeftAnkle].Y + this[LeftFootY + side, t], _rest[Joint.LeftAnkle].Z + this[LeftFootZ + side, t]);
        flat += Vector3.Transform(_ballFromAnkle, placed) - Vector3.Transform(_ballFromAnkle, yaw);
        Vector3 pivot = pitch > 0 ? _ballFromAnkle : _heelFromAnkle;
        return new Foothold(flat + Vector3.Transform(pivot, yaw) - Vector3.Transform(pivot, foot), foot);
    }

    /// <summary>How far the pelvis must sink so that every standing foot is in reach.</summary>
    private float Sinking(Vector3 root, Quaternion pelvis, ReadOnlySpan<Foothold> feet, float t)
    {
        float sink = 0;
        for (int side = 0; side < 2; side++)
        {
            if (this[LeftLegFree + side, t] > 0.5f) continue;
            Vector3 hip = root + Vector3.Transform(_rest[Joint.LeftHip + side] - _rest[0], pelvis);
            float length = 0.997f * (Vector3.Distance(_rest[Joint.LeftHip], _rest[Joint.LeftKnee]) + Vector3.Distance(_rest[Joint.LeftKnee], _rest[Joint.LeftAnkle]));
            Vector3 ankle = feet[side].Ankle;
            float across = new Vector2(ankle.X - hip.X, ankle.Z - hip.Z).LengthSquared();
            float most = ankle.Y + MathF.Sqrt(MathF.Max(0, (length * length) - across));
            sink = MathF.Max(sink, hip.Y - most);
        }
        return sink;
    }

    private void Leg(Quaternion[] local, Vector3 root, Quaternion pelvis, int side, Foothold hold, float t)
    {
        (int hip, int knee, int ankle, int toe) = (Joint.LeftHip + side, Joint.LeftKnee + side, Joint.LeftAnkle + side, Joint.LeftFoot + side);
        float sign = side == 0 ? 1 : -1, free = Math.Clamp(this[LeftLegFree + side, t], 0, 1);
        (Vector3 place, Quaternion foot) = hold;
        Vector3 pole = Vector3.Transform(Vector3.UnitZ, About(Vector3.UnitY, this[LeftPivot + side, t] + (sign * (this[LeftFootYaw + side, t] + this[LeftKneeOut + side, t]))));
        Vector3 hipPlace = root + Vector3.Transform(_rest[hip] - _rest[0], pelvis);
        // A leg kicked up high points its knee up, not forwards.
        if (Vector3.Dot(Vector3.Normalize(place - hipPlace), pole) > 0.9f) pole = Vector3.UnitY;
        (Quaternion thigh, Quaternion shin) = LegSolver.Solve(hipPlace, place, _rest[knee] - _rest[hip], _rest[ankle] - _rest[knee], pole);
        Quaternion standing = Quaternion.Conjugate(pelvis) * thigh, bent = Quaternion.Conjugate(thigh) * shin, flat = Quaternion.Conjugate(shin) * foot;
        float heel = MathF.Max(0, this[LeftFootPitch + side, t]) * (1 - Math.Clamp(this[LeftFootY + side, t] / 0.14f, 0, 1));
        local[hip] = Quaternion.Slerp(standing, About(Vector3.UnitX, -this[LeftHip + side, t]) * About(Vector3.UnitZ, sign * this[LeftHipOut + side, t]), free);
        Quaternion bend = Quaternion.Slerp(bent, About(Vector3.UnitX, this[LeftKnee + side, t]), free);
        // After a whole turn of the body the same bend may come out negated.
        local[knee] = bend.W < 0 ? -bend : bend;
        local[ankle] = Quaternion.Slerp(flat, About(Vector3.UnitX, this[LeftPoint + side, t]), free);
        local[toe] = About(Vector3.UnitX, -heel * (1 - free));
    }

    private static Vector3[] Places(Pose pose)
    {
        var places = new Vector3[Joint.Count];
        Kinematics.Forward(Skeleton.SmplH, Performer.Value.RestJoints, pose, new Quaternion[Joint.Count], places);
        return places;
    }

    /// <summary>Free legs may point below the floor: the body rises by as much.</summary>
    private void KeepAboveGround(Pose[] poses)
    {
        for (int f = 0; f < poses.Length; f++)
        {
            float t = f / Rate, under = 0;
            if (InFlight(t)) continue;
            Vector3[] places = Places(poses[f]);
            for (int side = 0; side < 2; side++)
                under = MathF.Max(under, MathF.Max(_rest[Joint.LeftFoot].Y - places[Joint.LeftFoot + side].Y, (0.5f * _rest[Joint.LeftAnkle].Y) - places[Joint.LeftAnkle + side].Y));
            if (_holds.Count > 0) for (int side = 0; side < 2; side++) under = MathF.Max(under, 0.05f - places[Joint.LeftWrist + side].Y);
            poses[f] = poses[f] with { Root = poses[f].Root + new Vector3(0, under, 0) };
        }
    }

    /// <summary>Moves the body so that held joints stay; between two holds it glides from one to the next, as fast at both ends as they are.</summary>
    private void Hold(Pose[] poses)
    {
        Vector3 shift = Vector3.Zero, speed = Vector3.Zero;
        int free = _holds.Count > 0 ? Math.Max(0, (int)MathF.Round(_holds[0].From * Rate) - 6) : poses.Length;
        foreach ((float from, float to, int joint, float height) in _holds)
        {
            int first = (int)MathF.Round(from * Rate), last = Math.Min((int)MathF.Round(to * Rate), poses.Length - 1);
            Vector3 before = shift, place = Places(poses[first])[joint], held = (place + shift) with { Y = height };
            Vector3 end = held - place, endSpeed = place - Places(poses[Math.Min(first + 1, last)])[joint];
            float steps = first - free + 1;
            for (int f = free; f <= last; f++)
            {
                Vector3 was = shift;
                shift = f >= first ? held - Places(poses[f])[joint] : Hermite(before, speed * steps, end, endSpeed * steps, (f - free + 1) / steps);
                if (f == last) speed = shift - was;
                poses[f] = poses[f] with { Root = poses[f].Root + shift };
            }
            free = last + 1;
        }
        for (int f = free; f < poses.Length; f++) poses[f] = poses[f] with { Root = poses[f].Root + shift };
    }

    /// <summary>The cubic with given ends and slopes there, at s in [0, 1].</summary>
    private static Vector3 Hermite(Vector3 from, Vector3 fromSlope, Vector3 to, Vector3 toSlope, float s)
        => from + (s * (fromSlope + (s * ((3 * (to - from)) - (2 * fromSlope) - toSlope + (s * (fromSlope + toSlope - (2 * (to - from))))))));

    private static void Fly(Pose[] poses, float from, float to)
    {
        int first = (int)MathF.Round(from * Rate), last = Math.Min((int)MathF.Round(to * Rate), poses.Length - 1);
        float time = (last - first) / Rate;
        Vector3 start = CentreOfMass(Places(poses[first])), end = CentreOfMass(Places(poses[last]));
        Vector3 velocity = ((end - start) / time) + new Vector3(0, Gravity * time / 2, 0);
        for (int f = first + 1; f < last; f++)
        {
            float t = (f - first) / Rate;
            Vector3 wanted = start + (velocity * t) - new Vector3(0, Gravity * t * t / 2, 0);
            poses[f] = poses[f] with { Root = poses[f].Root + wanted - CentreOfMass(Places(poses[f])) };
        }
    }

    /// <summary>Segment masses and their centres between two joints: Winter, "Biomechanics and Motor Control of Human Movement", table 4.1.</summary>
    internal static Vector3 CentreOfMass(ReadOnlySpan<Vector3> places)
    {
        ReadOnlySpan<(int From, int To, float Share, float Mass)> segments =
        [
            (Joint.Pelvis, Joint.Neck, 0.5f, 0.497f), (Joint.Neck, Joint.Head, 1.5f, 0.081f),
            (Joint.LeftShoulder, Joint.LeftElbow, 0.436f, 0.028f), (Joint.RightShoulder, Joint.RightElbow, 0.436f, 0.028f),
            (Joint.LeftElbow, Joint.LeftWrist, 0.682f, 0.022f), (Joint.RightElbow, Joint.RightWrist, 0.682f, 0.022f),
            (Joint.LeftHip, Joint.LeftKnee, 0.433f, 0.100f), (Joint.RightHip, Joint.RightKnee, 0.433f, 0.100f),
            (Joint.LeftKnee, Joint.LeftAnkle, 0.433f, 0.0465f), (Joint.RightKnee, Joint.RightAnkle, 0.433f, 0.0465f),
            (Joint.LeftAnkle, Joint.LeftFoot, 0.5f, 0.0145f), (Joint.RightAnkle, Joint.RightFoot, 0.5f, 0.0145f),
        ];
        Vector3 sum = Vector3.Zero;
        float mass = 0;
        foreach ((int from, int to, float share, float weight) in segments) (sum, mass) = (sum + (Vector3.Lerp(places[from], places[to], share) * weight), mass + weight);
        return sum / mass;
    }
}
