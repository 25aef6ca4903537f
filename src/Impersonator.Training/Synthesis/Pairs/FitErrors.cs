using System.Collections.Immutable;
using System.Numerics;
using Impersonator.Bodies;
using Impersonator.Recovery;
using Impersonator.Rendering;
using static Impersonator.Bodies.Joint;

namespace Impersonator.Training.Synthesis.Pairs;

/// <summary>Makes of a true person one as the fit finds it in a photo: right in the picture, wrong in depth.</summary>
/// <remarks>
/// Shape, distance and lens are guessed, the trunk leans a little; a limb whose length is wrong must lean toward or away from the camera for its
/// end to lie where it is seen. Spreads are those of fits to painted photos of standing people, see docs/training.
/// </remarks>
internal sealed class FitErrors(Dice dice)
{
    /// <summary>Of shape coefficients, standard deviations: the first ones, all others.</summary>
    private static readonly float[] ShapeSpread = [0.8f, 0.85f, 0.9f, 0.8f, 0.9f, 0.6f, 0.8f, 0.8f];

    private const float OtherShapeSpread = 0.35f, ZoomMean = -0.2f, ZoomSpread = 0.28f, MostLean = 1.15f;

    /// <summary>How far seen places are off, shares of the person's height.</summary>
    private const float PlaceSpread = 0.004f;

    /// <summary>How far a limb follows what its wrong length asks for.</summary>
    private const float Follow = 0.85f;

    private static readonly (int Joint, int End, float Twist)[] Limbs =
    [
        (LeftHip, LeftKnee, 6), (RightHip, RightKnee, 6), (LeftKnee, LeftAnkle, 6), (RightKnee, RightAnkle, 6),
        (LeftShoulder, LeftElbow, 13), (RightShoulder, RightElbow, 13), (LeftElbow, LeftWrist, 26), (RightElbow, RightWrist, 26),
    ];

    private readonly Quaternion[] _true = new Quaternion[Count], _turns = new Quaternion[Count];
    private readonly Vector3[] _truePlaces = new Vector3[Count], _places = new Vector3[Count];

    /// <summary>The person with errors.</summary>
    /// <param name="person">The truth; of the default body model.</param>
    /// <param name="share">0 none … 1 as large as those of the fit.</param>
    public Person Of(Person person, float share)
    {
        if (share <= 0) return person;
        Shape shape = new([.. person.Shape.Coefficients.Select((c, k) => c + (share * dice.Normal(k < ShapeSpread.Length ? ShapeSpread[k] : OtherShapeSpread)))]);
        Body truth = BodyModel.Default.Create(person.Shape), body = BodyModel.Default.Create(shape);
        Kinematics.Forward(Skeleton.SmplH, truth.RestJoints, person.Pose, _true, _truePlaces);
        float zoom = MathF.Exp(share * (ZoomMean + dice.Normal(ZoomSpread))), blur = share * PlaceSpread * person.Keypoints.PersonHeight;
        Camera before = person.Camera, after = before with { FocalLength = before.FocalLength * zoom };
        Trunk(body, before, share);
        Place(body, before, after, blur);
        foreach ((int joint, int end, float twist) in Limbs) Limb(body, before, after, joint, end, share, twist, blur);
        foreach (int hand in (ReadOnlySpan<int>)[LeftWrist, RightWrist]) _turns[hand] = _turns[hand - 2] * person.Pose.Rotations[hand] * About(10 * share, 10 * share, 10 * share);
        foreach (int foot in (ReadOnlySpan<int>)[LeftAnkle, RightAnkle]) _turns[foot] = _true[foot] * About(7 * share, 7 * share, 6 * share);
        var local = ImmutableArray.CreateBuilder<Quaternion>(Count);
        for (int j = 0; j < Count; j++)
        {
            bool free = j is >= BodyCount or LeftFoot or RightFoot;
            int parent = Skeleton.SmplH.Parents[j];
            local.Add(free ? person.Pose.Rotations[j] : parent < 0 ? _turns[j] : Quaternion.Normalize(Quaternion.Conjugate(_turns[parent]) * _turns[j]));
        }
        var seen = person.Keypoints.Observations.Select(o => o with { Position = o.Position + new Vector2(dice.Normal(blur), dice.Normal(blur)) });
        return new Person(new Keypoints([.. seen]), shape, new Pose(local.MoveToImmutable(), _places[Pelvis]), after);
    }

    private Quaternion About(float x, float y, float z)
    {
        Vector3 turn = new Vector3(dice.Normal(x), dice.Normal(y), dice.Normal(z)) * (MathF.PI / 180);
        float angle = turn.Length();
        return angle < 1e-6f ? Quaternion.Identity : Turn.About(turn / angle, angle);
    }

    /// <summary>An error in the camera's axes as a turn in the world.</summary>
    private Quaternion Seen(Camera camera, float x, float y, float z) => Quaternion.Conjugate(camera.Rotation) * About(x, y, z) * camera.Rotation;

    /// <summary>Leans the whole body, and each part of the trunk a little on its own.</summary>
    private void Trunk(Body body, Camera camera, float share)
    {
        Quaternion lean = Seen(camera, 5 * share, 6 * share, 2 * share);
        foreach (int j in (ReadOnlySpan<int>)[Pelvis, Spine1, Spine2, Spine3, Neck, Head, LeftCollar, RightCollar])
        {
            Quaternion own = j == Head ? Seen(camera, 4 * share, 6 * share, 2.5f * share) : j == Pelvis ? Seen(camera, 3 * share, 3 * share, 4 * share) : Seen(camera, 2 * share, 2 * share, 1.5f * share);
            _turns[j] = own * lean * _true[j];
        }
        Carry(body, Vector3.Zero);
    }

    /// <summary>Places of the trunk's joints and of where limbs begin.</summary>
    private void Carry(Body body, Vector3 root)
    {
        _places[Pelvis] = root;
        foreach (int j in (ReadOnlySpan<int>)[LeftHip, RightHip, Spine1, Spine2, Spine3, Neck, LeftCollar, RightCollar, Head, LeftShoulder, RightShoulder])
        {
            int parent = Skeleton.SmplH.Parents[j];
            _places[j] = _places[parent] + Vector3.Transform(body.RestJoints[j] - body.RestJoints[parent], _turns[parent]);
        }
    }

    /// <summary>Moves the trunk to where hips and neck are seen.</summary>
    private void Place(Body body, Camera before, Camera after, float blur)
    {
        Vector3 hips = (_truePlaces[LeftHip] + _truePlaces[RightHip]) / 2, mine = (_places[LeftHip] + _places[RightHip]) / 2;
        Vector3 trunk = Vector3.Transform(_places[Neck] - mine, after.Rotation), trueTrunk = Vector3.Transform(_truePlaces[Neck] - hips, before.Rotation);
        float lean = new Vector2(trunk.X, trunk.Y).Length() / MathF.Max(0.02f, new Vector2(trueTrunk.X, trueTrunk.Y).Length()), size = trunk.Length() / trueTrunk.Length();
        float depth = before.CameraFromWorld(hips).Z * (after.FocalLength / before.FocalLength) * Math.Clamp(lean, size / MostLean, size * MostLean);
        Vector2 seen = before.Project(hips) + new Vector2(dice.Normal(blur), dice.Normal(blur));
        Vector3 there = after.WorldFromCamera(new Vector3((seen - after.PrincipalPoint) * (depth / after.FocalLength), depth));
        Carry(body, there - mine);
    }

    /// <summary>Turns a limb so that its end lies where it is seen, as far as its length lets it.</summary>
    private void Limb(Body body, Camera before, Camera after, int joint, int end, float share, float twist, float blur)
    {
        Vector3 was = Vector3.Normalize(_truePlaces[end] - _truePlaces[joint]), root = after.CameraFromWorld(_places[joint]);
        float length = Vector3.Distance(body.RestJoints[joint], body.RestJoints[end]);
        Vector2 seen = before.Project(_truePlaces[end]) + new Vector2(dice.Normal(blur), dice.Normal(blur));
        Vector3 ray = Vector3.Normalize(new Vector3((seen - after.PrincipalPoint) / after.FocalLength, 1));
        float along = Vector3.Dot(ray, root), reach = (along * along) - root.LengthSquared() + (length * length), off = MathF.Sqrt(MathF.Max(0, reach));
        Vector3 wasSeen = Vector3.Transform(was, after.Rotation);
        Vector3 Toward(float t) => Vector3.Normalize((ray * t) - root);
        (Vector3 near, Vector3 far) = (Toward(along - off), Toward(along + off));
        bool nearer = Vector3.Dot(near, wasSeen) > Vector3.Dot(far, wasSeen);
        // Which way a limb leans is now and then mistaken where both look much the same.
        if (Vector3.Dot(near, wasSeen) > 0.85f && Vector3.Dot(far, wasSeen) > 0.85f && dice.Chance(0.12f * share)) nearer = !nearer;
        Vector3 now = Vector3.Normalize(Vector3.Lerp(wasSeen, nearer ? near : far, Follow));
        now = Vector3.Transform(now, Quaternion.Conjugate(after.Rotation));
        _turns[joint] = Turn.About(now, dice.Normal(twist * share) * MathF.PI / 180) * Turn.Between(was, now) * _true[joint];
        _places[end] = _places[joint] + Vector3.Transform(body.RestJoints[end] - body.RestJoints[joint], _turns[joint]);
    }
}
